package io.landfall.config;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;

/** A {@link SnapshotStore} seen by two processes, and what tests put into it. */
public abstract class StoreUnderTest {

    /** Of the tests of one store; any will do. */
    protected static final SnapshotId BASE = SnapshotId.of("orders", "1.4.2");

    protected static final SnapshotId FIRST = BASE.hot(1);
    protected static final SnapshotId SECOND = BASE.hot(2);

    protected static final Instant CREATED = Instant.parse("2026-02-03T04:05:06Z");

    protected SnapshotStore store;

    /** The same data, as another process has it. */
    protected SnapshotStore other;

    /** One more instance on the data of this test, which is empty at its beginning. */
    protected abstract SnapshotStore open();

    @BeforeEach
    void openTwice() {
        store = open();
        other = open();
    }

    /** With one file of this text. */
    protected static Snapshot snapshot(SnapshotId id, String text) {
        return Snapshot.builder(id)
                .created(CREATED)
                .author("lin")
                .comment("more pools")
                .file(SnapshotFile.of("application.yaml", text))
                .build();
    }

    /** Every kind of file: of bytes, in parts, secret, empty, with names that are no keys. */
    protected static Snapshot rich(SnapshotId id) {
        Random random = new Random(42);
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        byte[] large = new byte[2 * 1024 * 1024 + 17];
        random.nextBytes(large);
        byte[] key = new byte[1024 * 1024];
        random.nextBytes(key);
        return Snapshot.builder(id)
                .created(CREATED)
                .author("林")
                .comment("more\npools \"and\" 落地")
                .source(Map.of("application", "20260203040506-0a1b"))
                .file(SnapshotFile.of("application.yaml", "名: 值\n"))
                .file(SnapshotFile.of(new FileName("bytes.bin"), all))
                .file(SnapshotFile.of(new FileName("large.bin"), large))
                .file(SnapshotFile.of("empty.txt", ""))
                .file(SnapshotFile.of("manifest.json", "{}"))
                .file(SnapshotFile.of("live", "not the pointer"))
                .file(SnapshotFile.of("a/b/c d_p0001", "odd"))
                .file(SnapshotFile.of(".hidden/_", "odd too"))
                .file(SnapshotFile.of("配置/数据库.properties", "url=x"))
                .file(SnapshotFile.of("db.properties", "password=x\nuser=y\n").withSecretKeys(List.of("password")))
                .file(SnapshotFile.of(new FileName("tls/key.bin"), key).withSecretKeys(List.of(SnapshotFile.WHOLE)))
                .build();
    }

    protected static StoredSnapshot listed(Snapshot snapshot, Optional<SnapshotId> live) {
        return new StoredSnapshot(snapshot.id(), snapshot.manifest().created(), true, live);
    }

    protected static List<Boolean> together(Callable<Boolean> one, Callable<Boolean> two) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            CountDownLatch both = new CountDownLatch(2);
            Future<Boolean> first = threads.submit(() -> after(both, one));
            Future<Boolean> second = threads.submit(() -> after(both, two));
            return List.of(first.get(1, TimeUnit.MINUTES), second.get(1, TimeUnit.MINUTES));
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean after(CountDownLatch both, Callable<Boolean> work) throws Exception {
        both.countDown();
        both.await();
        return work.call();
    }
}
