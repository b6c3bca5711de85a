package io.muster.bulkingest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What {@code muster template} hands out, uploaded as it is; the gateway's tests hold it to these.
 */
class TemplatesAreUnderstoodTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Operation.class)
  void asTheyAre(Operation operation) throws IOException {
    Path template =
        Path.of(
            System.getProperty("muster.home"), "examples", "templates", operation.word() + ".csv");

    try (Upload upload = new Upload(directory)) {
      Upload.Outcome outcome = upload.operation(operation).of(Files.readAllBytes(template));

      assertThat(outcome.rows()).hasSize(1);
      assertThat(outcome.row(1).refusal()).isNull();
      assertThat(outcome.row(1).operation()).isEqualTo(operation);
      assertThat(outcome.split().file().unknownColumns()).isEmpty();
      assertThat(outcome.split().notices()).isEmpty();
    }
  }
}
