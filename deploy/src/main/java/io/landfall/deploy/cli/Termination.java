package io.landfall.deploy.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The process being told to end, and everything being put away before it does. */
interface Termination extends AutoCloseable {

    /** Returns when the process is told to end. */
    void await() throws InterruptedException;

    /** All is put away. */
    @Override
    void close();

    /** SIGTERM, or Ctrl-C. */
    static Termination bySignal() {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch away = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(told, away), "landfall-termination"));
        return new Termination() {
            @Override
            public void await() throws InterruptedException {
                told.await();
            }

            @Override
            public void close() {
                away.countDown();
            }
        };
    }

    /** The JVM ends when this does; a lease that is not given back only costs its time. */
    private static void end(CountDownLatch told, CountDownLatch away) {
        told.countDown();
        try {
            if (!away.await(10, TimeUnit.SECONDS)) {
                Thread.currentThread().interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
