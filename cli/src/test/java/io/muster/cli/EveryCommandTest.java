package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

class EveryCommandTest {
  private static final CommandLine MUSTER =
      new CommandLine(new Muster(io.muster.cli.terminal.Terminal.ofProcess()));

  @TestFactory
  Stream<DynamicTest> every_command_has_help_with_examples_and_json() {
    return all(MUSTER)
        .map(
            command ->
                DynamicTest.dynamicTest(
                    command.getCommandSpec().qualifiedName(),
                    () -> {
                      assertThat(command.getCommandSpec().findOption("--json")).isNotNull();
                      assertThat(command.getCommandSpec().findOption("--help")).isNotNull();
                      assertThat(command.getCommandSpec().usageMessage().footer())
                          .anyMatch(line -> line.startsWith("  muster "));
                      assertThat(command.getUsageMessage().lines())
                          .allMatch(line -> line.length() <= 120);
                    }));
  }

  @Test
  void help_exits_0() {
    assertThat(MusterRun.of("--help").exitCode()).isZero();
    assertThat(MusterRun.of("import", "--help").out()).contains("Usage: muster import");
  }

  @Test
  void the_version_is_told_also_as_json() {
    assertThat(MusterRun.of("--version").out()).startsWith("muster ").contains(", Java ");
    assertThat(MusterRun.of("-V").exitCode()).isZero();
    assertThat(MusterRun.of("--json", "--version").json().path("version").asText()).isNotEmpty();
  }

  @Test
  void an_unknown_command_is_wrong_usage_also_as_json() {
    MusterRun run = MusterRun.of("frobnicate", "--json");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.json().path("code").asText()).isEqualTo("WRONG_USAGE");
  }

  @Test
  void a_noun_alone_lists_its_verbs() {
    MusterRun run = MusterRun.of("job");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("list", "show", "watch");
  }

  private static Stream<CommandLine> all(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(EveryCommandTest::all));
  }
}
