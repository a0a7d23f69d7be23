package io.landfall.examples.load.http;

import io.landfall.examples.load.Answer;
import io.landfall.examples.load.Arguments;
import io.landfall.examples.load.AsyncCall;
import io.landfall.examples.load.LoadProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * A plain HTTP client under open-loop load, as a process of its own.
 *
 * <p>Arguments beside those of {@link LoadProcess}: {@code --url}, in which <code>{millis}</code> stands for the work
 * asked for, and {@code --timeout} (milliseconds). A provider names itself in the header {@value #PROVIDER_HEADER}.
 */
public final class HttpLoad {

    /** The response header with the name of the process that did the work. */
    public static final String PROVIDER_HEADER = "X-Provider";

    private HttpLoad() {}

    /** Ends with exit code 0 when every call is accounted for. */
    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.parse(args);
        LoadProcess process = new LoadProcess(arguments);
        AsyncCall call = call(arguments.required("url"), Duration.ofMillis(arguments.number("timeout", 15_000)));
        arguments.requireNoOthers();
        System.exit(process.run(call, new HttpLossNames()));
    }

    /** @param url with <code>{millis}</code> where the work asked for goes */
    static AsyncCall call(String url, Duration timeout) {
        HttpClient client = HttpClient.newHttpClient();
        return workMillis -> client.sendAsync(
                        HttpRequest.newBuilder(URI.create(url.replace("{millis}", String.valueOf(workMillis))))
                                // A GET would be sent again when its connection breaks, which hides a lost call.
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .timeout(timeout)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .thenApply(HttpLoad::answer);
    }

    private static Answer answer(HttpResponse<Void> response) {
        if (response.statusCode() / 100 != 2) {
            throw new HttpStatusException(response.statusCode());
        }
        return new Answer(response.headers().firstValue(PROVIDER_HEADER).orElse("unnamed"));
    }
}
