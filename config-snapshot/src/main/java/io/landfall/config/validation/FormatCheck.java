package io.landfall.config.validation;

import io.landfall.config.FileCheck;
import io.landfall.config.FileFormat;
import io.landfall.config.SnapshotFile;
import io.landfall.config.Violation;
import java.util.List;

/**
 * Whether a file is what its name says: UTF-8, well-formed, no key twice in one place, none empty. YAML has no tags but its own, XML no
 * DTD. {@link FileFormat#TXT} may be anything.
 */
public final class FormatCheck implements FileCheck {

    @Override
    public List<Violation> check(SnapshotFile file) {
        return FileKeys.of(file).violations();
    }
}
