package io.muster.gateway.submit;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import io.muster.contracts.command.AccountProperty;
import io.muster.contracts.command.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TemplatesTest {
  @ParameterizedTest
  @EnumSource(Operation.class)
  void hasAHeaderAndOneRowForEveryOperation(Operation operation) {
    List<List<String>> lines =
        CsvReader.builder().ofCsvRecord(Templates.of(operation).substring(1)).stream()
            .map(line -> line.getFields())
            .toList();

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("UserPrincipalName").hasSameSizeAs(lines.get(1));
  }

  @ParameterizedTest
  @EnumSource(names = {"ADD", "SET"})
  void offersEveryPropertyOfAnAccount(Operation operation) {
    String header = Templates.of(operation).lines().findFirst().orElseThrow();

    assertThat(header.split(","))
        .contains(
            AccountProperty.inFiles().stream().map(AccountProperty::column).toArray(String[]::new));
  }

  /** Bulk-ingest-service's tests read the same files as uploads. */
  @ParameterizedTest
  @EnumSource(Operation.class)
  void areTheOnesAmongTheExamples(Operation operation) throws IOException {
    Path examples = Path.of(System.getProperty("muster.home"), "examples", "templates");

    assertThat(Files.readString(examples.resolve(operation.word() + ".csv")))
        .isEqualTo(Templates.of(operation));
  }
}
