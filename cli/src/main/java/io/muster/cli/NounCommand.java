package io.muster.cli;

import picocli.CommandLine.ParameterException;

/** A noun alone ({@code muster job}) does nothing; it needs a verb. */
public abstract class NounCommand extends MusterCommand {
  @Override
  public final Integer call() {
    throw new ParameterException(
        spec().commandLine(),
        "Say what to do: " + String.join(", ", spec().subcommands().keySet()));
  }
}
