package io.muster.cli.generate;

import io.muster.cli.CommandFailed;
import io.muster.cli.ExitCode;
import io.muster.cli.MusterCommand;
import io.muster.cli.submit.OperationWord;
import io.muster.cli.terminal.OutputLost;
import io.muster.contracts.command.Operation;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster generate}. */
@Command(
    name = "generate",
    description = {
      "Prints a sample file: made-up people of many cultures. The same seed gives the same people"
          + " whatever the operation, and the first rows of a longer file are those of a shorter"
          + " one. People of different seeds never collide."
    },
    footer = {
      "  muster generate --operation add --rows 100 > hires.csv",
      "  muster generate --operation enable --rows 100 --license E3 > starters.csv",
      "  muster generate --operation add --rows 1000000 --seed 7 | gzip > million.csv.gz"
    })
public final class Generate extends MusterCommand {
  @Option(
      names = "--operation",
      paramLabel = "OP",
      required = true,
      converter = OperationWord.class,
      completionCandidates = OperationWord.class,
      description = "What the file is for: ${COMPLETION-CANDIDATES}.")
  private Operation operation;

  @Option(names = "--rows", paramLabel = "N", required = true, description = "How many people.")
  private long rows;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "" + People.DEFAULT_SEED,
      description = "Which people, 0 or more. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--with-passwords",
      description = "Add a column of passwords (add, enable, set-password).")
  private boolean passwords;

  @Option(
      names = "--license",
      paramLabel = "SKU",
      description = "Add a column of subscriptions (add, enable, set-licenses). Repeatable.")
  private List<String> licenses = List.of();

  @Option(
      names = "--domain",
      paramLabel = "DOMAIN",
      defaultValue = "contoso.com",
      description = "Behind the @. Default: ${DEFAULT-VALUE}.")
  private String domain;

  @Override
  public Integer call() {
    check();
    WritingSamples samples =
        new WritingSamples(new People(seed), SampleFile.of(operation, domain, passwords, licenses));
    try {
      if (json()) {
        samples.json(rows, results().jsonStream());
      } else {
        samples.csv(rows, results().stream());
      }
      return ExitCode.DONE;
    } catch (IOException e) {
      throw new OutputLost(e);
    }
  }

  private void check() {
    if (rows < 0 || seed < 0) {
      throw CommandFailed.wrongUsage("--rows and --seed must be 0 or more.");
    }
    if (passwords && !SampleFile.takesPasswords(operation)) {
      throw CommandFailed.wrongUsage(operation.word() + " reads no passwords.");
    }
    if (!licenses.isEmpty() && !SampleFile.takesLicenses(operation)) {
      throw CommandFailed.wrongUsage(operation.word() + " reads no licenses.");
    }
    if (!domain.matches("[\\p{L}\\p{N}]([\\p{L}\\p{N}.-]{0,46}[\\p{L}\\p{N}])?")) {
      throw CommandFailed.wrongUsage("--domain must be a domain of 48 characters at most.");
    }
  }
}
