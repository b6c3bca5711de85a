package io.muster.cli;

import io.muster.cli.terminal.Results;
import io.muster.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command has: {@code --json}, {@code --help} and a place to print to. */
@Command(
    sortOptions = false,
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    usageHelpAutoWidth = true)
public abstract class MusterCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--json",
      order = 900,
      description = "Print one JSON document to standard output, and nothing else there.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      order = 1000,
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  /** True when the caller is a program. */
  protected final boolean json() {
    return json;
  }

  protected final CommandSpec spec() {
    return spec;
  }

  protected final Terminal terminal() {
    return muster().terminal;
  }

  /** Standard output. */
  protected final Results results() {
    return muster().results;
  }

  private Muster muster() {
    return (Muster) spec.root().userObject();
  }
}
