package io.muster.benchmarks.scenario;

import io.muster.cli.generate.People;
import io.muster.cli.generate.SampleFile;
import io.muster.cli.generate.WritingSamples;
import io.muster.contracts.command.Operation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Made-up people, always the same; no two crowds share a user principal name. */
public enum Crowd {
  /** Whom the scenarios are about. */
  MEASURED(1),
  /** Whose passwords stand in the file. */
  WITH_PASSWORDS(2),
  /** Who are there already. */
  THERE_ALREADY(3),
  /** Whom the services warm up with. */
  WARMING_UP(4);

  /** Of the local stack's tenant. */
  static final String DOMAIN = "contoso.com";

  private final long seed;

  Crowd(long seed) {
    this.seed = seed;
  }

  /**
   * Writes a file about its first people, by the generator of {@code muster generate}.
   *
   * @param passwords whether each row has one
   * @param licenses of each row
   */
  public Path file(
      Path folder, Operation operation, long rows, boolean passwords, List<String> licenses)
      throws IOException {
    Path file = Files.createTempFile(folder, operation.word() + "-", ".csv");
    WritingSamples samples =
        new WritingSamples(new People(seed), SampleFile.of(operation, DOMAIN, passwords, licenses));
    try (OutputStream out = Files.newOutputStream(file)) {
      samples.csv(rows, out);
    }
    return file;
  }
}
