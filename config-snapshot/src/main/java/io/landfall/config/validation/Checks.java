package io.landfall.config.validation;

import io.landfall.config.FileCheck;
import io.landfall.config.SnapshotFile;
import io.landfall.config.Violation;
import java.util.Collection;
import java.util.List;

/** Several checks as one, which says everything that any of them finds. */
public final class Checks {

    private Checks() {}

    /** {@link SizeCheck#STANDARD} and {@link FormatCheck}. */
    public static FileCheck standard() {
        return all(SizeCheck.STANDARD, new FormatCheck());
    }

    /** Each of these, in this order. */
    public static FileCheck all(FileCheck... checks) {
        return new All(List.of(checks));
    }

    private record All(List<FileCheck> checks) implements FileCheck {

        @Override
        public List<Violation> check(SnapshotFile file) {
            return checks.stream().flatMap(c -> c.check(file).stream()).toList();
        }

        @Override
        public List<Violation> checkTogether(Collection<SnapshotFile> files) {
            return checks.stream().flatMap(c -> c.checkTogether(files).stream()).toList();
        }
    }
}
