package io.landfall.shutdown;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What is waited for comes in milliseconds, and on a machine that does other work in seconds: Awaitility's own ten are not enough
 * where a whole application starts. Found by JUnit, here and in the modules that use these tests' classes.
 */
public final class PatientAwaits implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext tests) {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }
}
