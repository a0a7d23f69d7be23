package io.landfall.deploy.release;

/** A decision in words, for the log. */
final class Telling {

    private Telling() {}

    static String of(Decision decision) {
        if (decision instanceof Decision.Write write) {
            return of(write.progress(), write.replicas());
        }
        if (decision instanceof Decision.Note note) {
            return note.progress()
                    .hold()
                    .map(why -> "goes no further without a person: " + why)
                    .orElse("goes on");
        }
        if (decision instanceof Decision.End end) {
            return "leaves the workload: " + end.last().result() + ", "
                    + end.last().message();
        }
        return decision instanceof Decision.Conclude conclude
                ? "has ended: " + conclude.outcome().result() + ", "
                        + conclude.outcome().message()
                : other(decision);
    }

    private static String of(Progress progress, int replicas) {
        String back =
                progress.because().map(why -> " of the way back (" + why + ")").orElse("");
        return progress.settling()
                ? "waits for a clean count before batch " + progress.batch() + back
                : "admits batch " + progress.batch() + back + ": " + progress.allowed() + " of " + replicas + " pods"
                        + (progress.surge() > 0 ? ", " + progress.surge() + " on top" : "");
    }

    private static String other(Decision decision) {
        if (decision instanceof Decision.Prepare prepare) {
            return "applies what comes before: " + prepare.objects();
        }
        if (decision instanceof Decision.DeletePod delete) {
            return "deletes " + delete.name() + ", which holds up the others";
        }
        return decision instanceof Decision.HoldAutoscaler ? "holds the autoscaler" : "gives the autoscaler back";
    }
}
