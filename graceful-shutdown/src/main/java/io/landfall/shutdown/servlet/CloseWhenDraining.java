package io.landfall.shutdown.servlet;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPhase;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * The response to a request that came before the drain: if the drain has begun when the response does, it is the last on its
 * connection.
 *
 * <p>Measured on a cluster: the longest request of a pod was answered, the client took the connection for its next request, and
 * the pod, now quiet, closed it under that one.
 */
final class CloseWhenDraining extends HttpServletResponseWrapper {

    private final Drain drain;

    private CloseWhenDraining(HttpServletResponse response, Drain drain) {
        super(response);
        this.drain = drain;
    }

    static ServletResponse of(ServletResponse response, Drain drain) {
        return response instanceof HttpServletResponse http ? new CloseWhenDraining(http, drain) : response;
    }

    /** RFC 9112, section 9.6. HTTP/2 has no such header, and its servers drop it. */
    static void askForNewConnection(ServletResponse response) {
        if (response instanceof HttpServletResponse http) {
            http.setHeader("Connection", "close");
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        headersAreDue();
        return super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        headersAreDue();
        return super.getWriter();
    }

    @Override
    public void flushBuffer() throws IOException {
        headersAreDue();
        super.flushBuffer();
    }

    @Override
    public void sendError(int status) throws IOException {
        headersAreDue();
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        headersAreDue();
        super.sendError(status, message);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        headersAreDue();
        super.sendRedirect(location);
    }

    /** A response without a body has not been begun by anything above. */
    void end() {
        headersAreDue();
    }

    private void headersAreDue() {
        if (drain.phase() != DrainPhase.SERVING && !isCommitted()) {
            askForNewConnection(this);
        }
    }
}
