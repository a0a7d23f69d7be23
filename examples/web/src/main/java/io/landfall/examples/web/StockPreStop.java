package io.landfall.examples.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What the {@code preStop} hook of a stock application does, in an image that has neither {@code curl} nor {@code sleep}:
 * for the comparison only.
 */
public final class StockPreStop {

    private StockPreStop() {}

    /** Takes the seconds to sleep and, if Dubbo is to leave its registries before, the URL that makes it do so. */
    public static void main(String[] args) throws Exception {
        if (args.length > 1) {
            HttpRequest offline = HttpRequest.newBuilder(URI.create(args[1]))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            HttpClient.newHttpClient().send(offline, BodyHandlers.discarding());
        }
        TimeUnit.SECONDS.sleep(Long.parseLong(args[0]));
    }
}
