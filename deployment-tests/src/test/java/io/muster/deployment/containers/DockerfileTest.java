package io.muster.deployment.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deployment.Program;
import io.muster.deployment.Repository;
import io.muster.deployment.configuration.ServiceKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerfileTest {
  @Test
  void everyServiceHasOneThatKeepsTheRulesAndDiffersInFoldersOnly() {
    for (String service : ServiceKeys.services()) {
      assertThat(Dockerfile.faults(Repository.text(Dockerfile.of(service)))).as(service).isEmpty();
      assertThat(Dockerfile.common(service)).as(service).isEqualTo(Dockerfile.common("gateway"));
    }
  }

  @Test
  void aRuleThatIsBrokenIsNamed() {
    String asRoot = Repository.text(Dockerfile.of("gateway")).replace("USER 185", "USER root");

    assertThat(Dockerfile.faults(asRoot))
        .contains("ends as another user than 185")
        .anyMatch(fault -> fault.contains("isn't root"));
  }

  @Test
  void everyLineThatIsMissingIsNamed() {
    String whole = Repository.text(Dockerfile.of("gateway"));

    Dockerfile.RULES.forEach(
        (line, rule) ->
            assertThat(Dockerfile.faults(whole.replace(line, "\n")))
                .anyMatch(fault -> fault.contains(rule)));
  }

  @Test
  void theLinterFindsNothing() {
    assertThat(lint(ServiceKeys.services().stream().map(Dockerfile::of).toList()).code()).isZero();
  }

  @Test
  void theLinterFindsAFaultThatIsPlanted(@TempDir Path folder) throws IOException {
    Path planted = folder.resolve("Dockerfile");
    Files.writeString(planted, Repository.text(Dockerfile.of("gateway")) + "EXPOSE none\n");

    Program.Ended linted = lint(List.of(planted.toString()));

    assertThat(linted.code()).isNotZero();
    assertThat(linted.output()).contains("EXPOSE");
  }

  /** One version for everybody: a new rule shall not break an old commit. */
  private static Program.Ended lint(List<String> files) {
    Program.require("npx");
    List<String> command = new ArrayList<>(List.of("npx", "--yes", "dockerfilelint@1.8.0"));
    command.addAll(files);
    return Program.run(Repository.ROOT, Map.of(), command);
  }
}
