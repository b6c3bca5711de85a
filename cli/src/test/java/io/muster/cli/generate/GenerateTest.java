package io.muster.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.muster.cli.Muster;
import io.muster.cli.MusterRun;
import io.muster.cli.terminal.Person;
import io.muster.cli.terminal.Terminal;
import io.muster.contracts.command.Operation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenerateTest {
  /**
   * The first people of seed 1, in every version: files of an older client must fit a newer one.
   */
  private static final List<String> FIRST =
      List.of("amani.auma@contoso.com", "brooke.harris@contoso.com", "lorenzo.longo@contoso.com");

  @Test
  void the_same_seed_gives_the_same_bytes() {
    String once = generate("--operation", "add", "--rows", "500", "--seed", "7").out();

    assertThat(generate("--operation", "add", "--rows", "500", "--seed", "7").out())
        .isEqualTo(once);
    assertThat(generate("--operation", "add", "--rows", "500", "--seed", "8").out())
        .isNotEqualTo(once);
  }

  @Test
  void the_first_people_never_change() {
    assertThat(names(generate("--operation", "add", "--rows", "3"))).isEqualTo(FIRST);
  }

  @Test
  void every_operation_gets_the_same_people() {
    List<String> added = names(generate("--operation", "add", "--rows", "200"));

    for (Operation operation : Operation.values()) {
      assertThat(names(generate("--operation", operation.word(), "--rows", "200")))
          .as(operation.word())
          .isEqualTo(added);
    }
  }

  @Test
  void a_shorter_file_is_the_beginning_of_a_longer_one() {
    String shorter = generate("--operation", "add", "--rows", "10").out();

    assertThat(generate("--operation", "add", "--rows", "20").out()).startsWith(shorter);
  }

  @Test
  void cells_with_commas_and_quotes_are_quoted() {
    List<NamedCsvRecord> rows = rows(generate("--operation", "add", "--rows", "2000"));

    assertThat(rows).hasSize(2000).allMatch(row -> row.getFieldCount() == 12);
    assertThat(rows).anyMatch(row -> row.getField("JobTitle").contains(","));
    assertThat(rows).anyMatch(row -> row.getField("JobTitle").contains("\""));
  }

  @Test
  void passwords_and_licenses_come_when_asked_for() {
    List<NamedCsvRecord> rows =
        rows(
            generate(
                "--operation",
                "enable",
                "--rows",
                "50",
                "--with-passwords",
                "--license",
                "E3",
                "--license",
                "F1"));

    assertThat(rows).allMatch(row -> row.getField("Licenses").equals("E3;F1"));
    assertThat(rows.stream().map(row -> row.getField("Password")).distinct()).hasSize(50);
  }

  @Test
  void set_changes_some_properties_of_the_people_whom_add_made() {
    List<NamedCsvRecord> added = rows(generate("--operation", "add", "--rows", "50"));
    List<NamedCsvRecord> set = rows(generate("--operation", "set", "--rows", "50"));

    assertThat(set.get(0).getHeader()).containsExactly("UserPrincipalName", "JobTitle", "Office");
    for (int i = 0; i < set.size(); i++) {
      assertThat(set.get(i).getField("JobTitle")).isNotEqualTo(added.get(i).getField("JobTitle"));
    }
  }

  @Test
  void what_needs_no_more_than_names_gets_no_more() {
    for (String operation : List.of("remove", "restore", "disable", "set-password", "enable")) {
      assertThat(rows(generate("--operation", operation, "--rows", "2")).get(0).getHeader())
          .as(operation)
          .containsExactly("UserPrincipalName");
    }
  }

  @Test
  void set_licenses_names_the_exact_set_of_every_row() {
    List<NamedCsvRecord> rows =
        rows(generate("--operation", "set-licenses", "--rows", "5", "--license", "E3"));

    assertThat(rows).hasSize(5).allMatch(row -> row.getField("Licenses").equals("E3"));
  }

  @Test
  void what_an_operation_does_not_read_is_wrong_usage() {
    assertThat(generate("--operation", "remove", "--rows", "1", "--with-passwords").exitCode())
        .isEqualTo(2);
    assertThat(generate("--operation", "set", "--rows", "1", "--license", "E3").exitCode())
        .isEqualTo(2);
    assertThat(generate("--operation", "add", "--rows", "-1").exitCode()).isEqualTo(2);
    assertThat(generate("--operation", "add", "--rows", "1", "--domain", "a b").exitCode())
        .isEqualTo(2);
  }

  @Test
  void json_is_one_document_of_the_same_people() {
    MusterRun run = generate("--operation", "add", "--rows", "3", "--json");

    assertThat(run.json()).hasSize(3);
    assertThat(run.json().get(0).path("UserPrincipalName").asText()).isEqualTo(FIRST.get(0));
  }

  @Test
  void a_reader_that_has_seen_enough_is_no_failure() {
    assertThat(into("Broken pipe")).isEqualTo("0 ");
  }

  @Test
  void a_full_disk_is_a_failure_and_is_told() {
    assertThat(into("No space left on device")).startsWith("2 ").contains("No space left");
  }

  private static String into(String error) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(error);
          }
        };
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(),
            broken,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false,
            () -> 80,
            Map.of(),
            Person.nobody());
    int exitCode = Muster.run(terminal, "generate", "--operation", "add", "--rows", "100000");
    return exitCode + " " + err.toString(StandardCharsets.UTF_8);
  }

  private static MusterRun generate(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "generate";
    System.arraycopy(args, 0, all, 1, args.length);
    return MusterRun.of(all);
  }

  private static List<NamedCsvRecord> rows(MusterRun run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
    return CsvReader.builder().ofNamedCsvRecord(run.out()).stream().toList();
  }

  private static List<String> names(MusterRun run) {
    return rows(run).stream().map(row -> row.getField("UserPrincipalName")).toList();
  }
}
