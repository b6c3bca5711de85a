package io.muster.cli;

import io.muster.cli.terminal.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster completion}. */
@Command(
    name = "completion",
    description = {
      "Prints a script that makes the Tab key complete commands, options and their words."
    },
    footer = {
      "  muster completion bash > ~/.local/share/bash-completion/completions/muster",
      "  source <(muster completion bash)",
      "  muster completion zsh > ~/.muster-completion && echo 'source ~/.muster-completion' >>"
          + " ~/.zshrc"
    })
final class Completion extends MusterCommand {
  /** One script serves both: in zsh it switches bash's way of completing on. */
  enum Shell {
    BASH,
    ZSH
  }

  @Parameters(
      paramLabel = "SHELL",
      completionCandidates = Words.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  private Shell shell;

  /** As people type them. */
  static final class Words extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Words() {
      super(List.of("bash", "zsh"));
    }
  }

  @Override
  public Integer call() {
    CommandLine muster = spec().root().commandLine();
    CmdletNames.addTo(muster);
    String script = AutoComplete.bash("muster", muster);
    if (json()) {
      results()
          .json(
              Results.object()
                  .put("shell", shell.name().toLowerCase(Locale.ROOT))
                  .put("script", script));
    } else {
      results().text(script);
    }
    return ExitCode.DONE;
  }
}
