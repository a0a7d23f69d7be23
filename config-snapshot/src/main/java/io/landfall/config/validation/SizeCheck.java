package io.landfall.config.validation;

import io.landfall.config.FileCheck;
import io.landfall.config.SnapshotFile;
import io.landfall.config.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Whether files are small enough for what stores and distributes them.
 *
 * @param largestFile in bytes
 * @param largestTotal of all files together, in bytes
 */
public record SizeCheck(long largestFile, long largestTotal) implements FileCheck {

    /** 16 MiB for a file, 64 MiB for all. */
    public static final SizeCheck STANDARD = new SizeCheck(16L << 20, 64L << 20);

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public SizeCheck {
        if (largestFile <= 0 || largestTotal <= 0) {
            throw new IllegalArgumentException(
                    "Files of " + largestFile + " bytes, " + largestTotal + " in all: both must be positive");
        }
    }

    @Override
    public List<Violation> check(SnapshotFile file) {
        return file.size() <= largestFile
                ? List.of()
                : List.of(tooLarge(file.name().path(), "it has", file.size(), largestFile));
    }

    @Override
    public List<Violation> checkTogether(Collection<SnapshotFile> files) {
        List<Violation> violations = new ArrayList<>(FileCheck.super.checkTogether(files));
        long total = files.stream().mapToLong(SnapshotFile::size).sum();
        if (total > largestTotal) {
            violations.add(tooLarge("all files", "together they have", total, largestTotal));
        }
        return violations;
    }

    private static Violation tooLarge(String place, String have, long size, long limit) {
        return new Violation(
                place,
                have + " " + size + " bytes, more than " + limit,
                "leave out what is no configuration, or fetch it at the start");
    }
}
