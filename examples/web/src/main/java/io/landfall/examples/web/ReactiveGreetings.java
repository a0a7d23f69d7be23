package io.landfall.examples.web;

import java.time.Duration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** On WebFlux. */
@RestController
final class ReactiveGreetings {

    private final Provider provider;

    ReactiveGreetings(Provider provider) {
        this.provider = provider;
    }

    @PostMapping("/greetings")
    Mono<ResponseEntity<String>> greet(@RequestParam("millis") long millis) {
        return Mono.delay(Duration.ofMillis(millis)).map(worked -> provider.answer());
    }
}
