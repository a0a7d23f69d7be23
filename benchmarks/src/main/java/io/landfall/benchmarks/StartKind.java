package io.landfall.benchmarks;

import java.nio.file.Path;
import java.util.List;

/** A way to start the same program. */
enum StartKind {
    /** Without any agent; only for information. */
    PLAIN("no agent", Double.POSITIVE_INFINITY) {
        @Override
        List<String> options(Path folder, Path agent) {
            return List.of();
        }
    },

    /** What the others are compared with. */
    BASELINE("an agent that only sets a property", 1.0) {
        @Override
        List<String> options(Path folder, Path agent) {
            return List.of("-javaagent:" + folder.resolve(AgentStart.BASELINE_JAR));
        }
    },

    /** From a file. */
    PROPERTY("cat-ip-shim, property", 1.3) {
        @Override
        List<String> options(Path folder, Path agent) {
            return List.of("-javaagent:" + agent + "=file=" + folder.resolve(AgentStart.FILE));
        }
    },

    /** That, and a method of the program's main class rewritten. */
    METHOD("cat-ip-shim, property and method", 2.0) {
        @Override
        List<String> options(Path folder, Path agent) {
            return List.of("-javaagent:" + agent + "=file=" + folder.resolve(AgentStart.FILE) + ",method="
                    + EmptyMain.class.getName() + ".localIp");
        }
    };

    private final String title;
    private final double mostRatio;

    StartKind(String title, double mostRatio) {
        this.title = title;
        this.mostRatio = mostRatio;
    }

    String title() {
        return title;
    }

    /** Of the baseline's CPU time. */
    double mostRatio() {
        return mostRatio;
    }

    /** The JVM's, with the files that were made in the folder. */
    abstract List<String> options(Path folder, Path agent);
}
