package io.muster.cli.deadletter;

import io.muster.cli.NounCommand;
import picocli.CommandLine.Command;

/** {@code muster dead-letter}. */
@Command(
    name = "dead-letter",
    description = "Messages that no service could read: where they are, why, and once more.",
    subcommands = {DeadLetterList.class, DeadLetterShow.class, DeadLetterRedrive.class},
    footer = {"  muster dead-letter list", "  muster dead-letter redrive 01990a3c-..."})
public final class DeadLetterNoun extends NounCommand {
  static final String PATH = "/v1/dead-letters";
}
