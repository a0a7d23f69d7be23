package io.landfall.config.spring;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** What a test prints and logs. Boot's own extension needs another JUnit on Boot 4 than on Boot 3. */
final class PrintedOutput implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream before = System.out;

    PrintedOutput() {}

    String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        printed.reset();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        System.setOut(before);
        before.print(text());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == PrintedOutput.class;
    }

    @Override
    public PrintedOutput resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return this;
    }
}
