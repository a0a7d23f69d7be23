package io.landfall.shutdown.dubbo;

import java.time.Duration;
import org.apache.dubbo.common.stream.StreamObserver;

/** What the tests call over triple: streams, which end long after the call that began them has returned. */
public interface Streamer {

    /** How long {@link #ticks} goes on. */
    Duration LASTS = Duration.ofSeconds(3);

    /** A tick now, and the last one later. */
    void ticks(String name, StreamObserver<String> ticks);

    /** Answers every word until the caller ends it. */
    StreamObserver<String> echo(StreamObserver<String> echoes);
}
