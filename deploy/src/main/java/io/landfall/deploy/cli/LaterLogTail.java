package io.landfall.deploy.cli;

import io.landfall.deploy.diagnosis.ContainerRun;
import io.landfall.deploy.diagnosis.LogTail;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Reads logs beside those who ask: a slow node holds nobody up. Says nothing until one is read. For several threads. */
final class LaterLogTail implements LogTail, AutoCloseable {

    private static final int RUNS = 500;
    private static final int WAITING = 50;

    private final LogTail logs;
    private final Map<ContainerRun, Optional<String>> read = new LinkedHashMap<>();
    private final ThreadPoolExecutor reader =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), LaterLogTail::thread);

    LaterLogTail(LogTail logs) {
        this.logs = logs;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "landfall-logs");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public synchronized Optional<String> apply(ContainerRun run) {
        Optional<String> known = read.get(run);
        if (known != null) {
            return known;
        }
        try {
            read.put(run, Optional.empty());
            reader.execute(() -> keep(run, logs.apply(run)));
        } catch (RejectedExecutionException full) {
            read.remove(run);
        }
        return Optional.empty();
    }

    private synchronized void keep(ContainerRun run, Optional<String> line) {
        read.put(run, line);
        if (read.size() > RUNS) {
            read.remove(read.keySet().iterator().next());
        }
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}
