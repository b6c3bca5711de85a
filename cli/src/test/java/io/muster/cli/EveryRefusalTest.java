package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.cli.service.ServiceCommand;
import io.muster.cli.stack.Token;
import io.muster.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A gateway that knows nothing refuses whatever is asked, and a closed one answers nothing. */
class EveryRefusalTest {
  /** Words for what a command can't do without. */
  private static final Map<String, String> VALUES =
      Map.of(
          "UPN",
          "chris@contoso.com",
          "ID",
          Jobs.ID,
          "OP",
          "add",
          "SKU",
          "E3",
          "TENANT",
          "contoso",
          "N",
          "1");

  /** Commands that take one of several options. */
  private static final Map<String, List<String>> CHOICES =
      Map.of(
          "muster user set", List.of("--fax", "1"),
          "muster user set-password", List.of("--generate"),
          "muster user set-licenses", List.of("--none"),
          "muster tenant set", List.of("--any-domain"));

  private final StandInGateway gateway = new StandInGateway();
  @TempDir Path folder;

  @AfterEach
  void stop() {
    gateway.close();
  }

  static Stream<CommandSpec> commands() {
    return leaves(new CommandLine(new Muster(Terminal.ofProcess())))
        .filter(spec -> spec.userObject() instanceof ServiceCommand)
        .filter(spec -> !(spec.userObject() instanceof Token));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void a_refusal_ends_with_3_and_is_one_document_with_json(CommandSpec command) throws IOException {
    MusterRun text = MusterRun.of(gateway.at(words(command)));
    MusterRun json = MusterRun.of(gateway.at(words(command, "--json")));

    assertThat(gateway.requests()).as(text.err()).isNotEmpty();
    assertThat(text.exitCode()).as(text.err()).isEqualTo(ExitCode.REFUSED);
    assertThat(text.out()).isEmpty();
    assertThat(text.err()).contains("NOT_FOUND").doesNotContain("Exception");
    assertThat(json.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(json.json().path("code").asText()).isEqualTo("NOT_FOUND");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void nobody_there_ends_with_4_and_is_one_document_with_json(CommandSpec command)
      throws IOException {
    gateway.close();

    MusterRun json = MusterRun.of(gateway.at(words(command, "--json")));

    assertThat(json.exitCode()).as(json.err()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(json.json().path("code").asText()).isEqualTo("UNREACHABLE");
  }

  private String[] words(CommandSpec command, String... more) throws IOException {
    List<String> words = new ArrayList<>(Arrays.asList(command.qualifiedName().split(" ")));
    words.remove(0);
    for (PositionalParamSpec positional : command.positionalParameters()) {
      if (positional.arity().min() > 0) {
        words.add(value(positional.paramLabel()));
      }
    }
    for (OptionSpec option : command.options()) {
      if (option.required() && option.group() == null) {
        words.addAll(List.of(option.longestName(), value(option.paramLabel())));
      }
    }
    words.addAll(CHOICES.getOrDefault(command.qualifiedName(), List.of()));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private String value(String label) throws IOException {
    return label.equals("FILE")
        ? Files.writeString(folder.resolve("u.csv"), "UserPrincipalName\na@b.c\n").toString()
        : VALUES.get(label);
  }

  private static Stream<CommandSpec> leaves(CommandLine command) {
    return command.getSubcommands().isEmpty()
        ? Stream.of(command.getCommandSpec())
        : command.getSubcommands().values().stream().flatMap(EveryRefusalTest::leaves);
  }
}
