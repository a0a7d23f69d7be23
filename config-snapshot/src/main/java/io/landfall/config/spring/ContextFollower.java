package io.landfall.config.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Follows what is live for as long as a context runs: from after everything else has started until before anything stops. */
final class ContextFollower implements SmartLifecycle {

    private final MountedSnapshot mounted;
    private final EnvironmentSwap swap;
    private volatile @Nullable Runnable end;

    ContextFollower(MountedSnapshot mounted, EnvironmentSwap swap) {
        this.mounted = mounted;
        this.swap = swap;
    }

    @Override
    public void start() {
        Runnable forget = mounted.live().add(swap);
        swap.catchUp();
        mounted.start();
        end = () -> {
            forget.run();
            mounted.stop();
        };
    }

    @Override
    public void stop() {
        Runnable last = end;
        end = null;
        if (last != null) {
            last.run();
        }
    }

    @Override
    public boolean isRunning() {
        return end != null;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
