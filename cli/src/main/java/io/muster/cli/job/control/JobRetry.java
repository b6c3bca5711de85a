package io.muster.cli.job.control;

import picocli.CommandLine.Command;

/** {@code muster job retry}. */
@Command(
    name = "retry",
    description = {
      "Tries a finished job's failed rows once more, without uploading them again, and prints the"
          + " new job's id. Left out are rows that were refused as the file was read (correct them:"
          + " muster job failures) and those that something newer has overtaken (SUPERSEDED)."
    },
    footer = {
      "  muster subscription set E3 --seats 600",
      "  muster job retry 01990a3c-... --watch",
      "  muster job retry 01990a3c-... --max-failures 100%%"
    })
public final class JobRetry extends ChildCommand {
  @Override
  public Integer call() {
    return start("retry");
  }
}
