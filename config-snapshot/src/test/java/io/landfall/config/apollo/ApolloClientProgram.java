package io.landfall.config.apollo;

import com.ctrip.framework.apollo.Config;
import com.ctrip.framework.apollo.ConfigFile;
import com.ctrip.framework.apollo.ConfigService;
import com.ctrip.framework.apollo.core.enums.ConfigFileFormat;
import java.io.IOException;

/** Apollo's own client in a process of its own, since it is full of statics: says what it reads, until its input ends. */
final class ApolloClientProgram {

    static final String MARK = ">> ";

    private ApolloClientProgram() {}

    public static void main(String[] arguments) throws IOException {
        Config config = ConfigService.getAppConfig();
        config.addChangeListener(e -> e.changedKeys()
                .forEach(k -> say("changed " + k + " " + e.getChange(k).getNewValue())));
        ConfigFile file = ConfigService.getConfigFile("db", ConfigFileFormat.YAML);
        say("source " + config.getSourceType());
        say("timeout " + config.getProperty("timeout", "none"));
        say("greeting " + config.getProperty("greeting", "none").replace("\n", "|"));
        say("yaml " + file.getContent().replace("\n", "|"));
        while (System.in.read() >= 0) {
            // Until whoever started us ends it, or ends.
        }
    }

    private static void say(String line) {
        System.out.println(MARK + line);
    }
}
