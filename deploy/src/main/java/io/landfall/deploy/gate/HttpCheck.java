package io.landfall.deploy.gate;

import io.landfall.deploy.release.Gate;
import io.landfall.deploy.release.GateCheck;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.Verdict;
import io.landfall.deploy.release.WorkloadView;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Asks a page. Anything but a 2xx fails, a redirect too; no answer at all is {@link Verdict.Unknown}. For several threads. */
public final class HttpCheck implements GateCheck {

    private final Asking asking;

    /** Waits for so long for one answer. */
    public HttpCheck(Duration timeout) {
        asking = new Asking(timeout);
    }

    @Override
    public Optional<Verdict> check(Gate gate, ReleaseOrder order, WorkloadView seen) {
        return gate instanceof Gate.Http http ? Optional.of(ask(http.address())) : Optional.empty();
    }

    private Verdict ask(URI address) {
        try {
            int status = asking.get(address).statusCode();
            boolean well = status >= HttpURLConnection.HTTP_OK && status < HttpURLConnection.HTTP_MULT_CHOICE;
            return well
                    ? new Verdict.Passed()
                    : new Verdict.Failed(Asking.place(address) + address.getPath() + " answers " + status);
        } catch (IOException failed) {
            return new Verdict.Unknown(String.valueOf(failed.getMessage()));
        }
    }
}
