package io.landfall.examples.web;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** On a servlet container, with a thread for each request. */
@RestController
final class Greetings {

    private final Provider provider;
    private final Work work;

    Greetings(Provider provider, Work work) {
        this.provider = provider;
        this.work = work;
    }

    /** A request that no client sends again by itself. */
    @PostMapping("/greetings")
    ResponseEntity<String> greet(@RequestParam("millis") long millis) throws Exception {
        work.take(millis);
        return provider.answer();
    }
}
