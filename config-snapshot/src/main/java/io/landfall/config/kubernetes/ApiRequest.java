package io.landfall.config.kubernetes;

/**
 * What is asked of the API server.
 *
 * @param verb as a Role has it, as the next one
 * @param resource {@code configmaps}
 * @param namespace where
 * @param subject for people: {@code ConfigMap shop/orders-config-1.4.2}
 */
record ApiRequest(String verb, String resource, String namespace, String subject) {

    /** Whether secrets may be quoted: by admission webhooks in their refusals, by parsers in their complaints. */
    boolean mayQuoteSecrets() {
        return resource.equals("secrets");
    }
}
