package io.landfall.registry.dubbo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** All that Landfall logs while this is open, at every level. */
public final class OwnLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger ours = (Logger) LoggerFactory.getLogger("io.landfall");
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

    /** Listens from now on; the console hears nothing. */
    public OwnLog() {
        ours.setLevel(Level.TRACE);
        ours.setAdditive(false);
        ours.addAppender(this);
        start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        events.add(event);
    }

    /** Every line, and every line of every stack trace. */
    public List<String> all() {
        return events.stream()
                .map(event -> event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .toList();
    }

    /** The messages of warnings and errors. */
    public List<String> complaints() {
        return events.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** Whether anything was logged with a stack trace. */
    public boolean hasStackTraces() {
        return events.stream().anyMatch(event -> event.getThrowableProxy() != null);
    }

    @Override
    public void close() {
        ours.detachAppender(this);
        ours.setAdditive(true);
        ours.setLevel(null);
    }
}
