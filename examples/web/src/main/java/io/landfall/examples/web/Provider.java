package io.landfall.examples.web;

import org.springframework.http.ResponseEntity;

/**
 * Who answers.
 *
 * @param name of the pod, or of the process
 */
record Provider(String name) {

    /** What the load driver counts answers by. */
    private static final String HEADER = "X-Provider";

    static Provider ofThisProcess() {
        return new Provider(System.getenv().getOrDefault("POD_NAME", "web"));
    }

    ResponseEntity<String> answer() {
        return ResponseEntity.ok().header(HEADER, name).body("hello");
    }
}
