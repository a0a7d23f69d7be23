package io.landfall.config;

/**
 * One thing that is wrong.
 *
 * @param place where: {@code application.yaml:12}, {@code ConfigMap shop/orders-config-1.4.2, key db.json}
 * @param problem what is wrong, without any value that may be a secret
 * @param remedy what to do
 */
public record Violation(String place, String problem, String remedy) {

    @Override
    public String toString() {
        return place + ": " + problem + "; " + remedy;
    }
}
