package io.landfall.deploy.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script that completes commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a script by which a shell completes commands and options.",
            "  source <(landfall completion bash)"
        })
final class CompletionCommand implements Runnable {

    /** Which shell; the one script detects in which it runs. */
    enum Shell {
        /** Bash. */
        bash,
        /** Zsh, by its emulation of Bash's completion. */
        zsh
    }

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.bash;

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        CommandLine program = spec.root().commandLine();
        if (shell == Shell.zsh) {
            program.getOut().println("autoload -U +X bashcompinit && bashcompinit");
        }
        program.getOut().println(AutoComplete.bash("landfall", program));
        program.getOut().flush();
    }
}
