package io.muster.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deployment.Program;
import io.muster.deployment.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsScriptTest {
  private static final Pattern CREATED =
      Pattern.compile("create secret generic (\\S+) --namespace here .*username=(\\S+) ");

  @Test
  void itMakesTheSecretsThatTheDatabasesRolesNameWithTheirUserNames(@TempDir Path folder)
      throws IOException {
    Program.require("openssl");
    Manifests manifests = Manifests.of(Manifests.render("base"));
    standIn(folder);

    Program.Ended made =
        Program.run(
            Repository.ROOT,
            Map.of("PATH", folder + ":" + System.getenv("PATH")),
            List.of("bash", "k8s/secrets", "here"));

    assertThat(made.code()).as(made.output()).isZero();
    Set<String> secrets = new TreeSet<>();
    Matcher created = CREATED.matcher(made.output());
    while (created.find()) {
      secrets.add(created.group(1));
      assertThat(created.group(2).replace('_', '-'))
          .isEqualTo(created.group(1).replace("-db-", "-"));
    }
    assertThat(secrets).isEqualTo(Wiring.rolesSecrets(manifests));
    assertThat(Wiring.MADE_BY_THE_SCRIPT)
        .allSatisfy(
            secret ->
                assertThat(made.output())
                    .contains("create secret generic " + secret + " --namespace here"));
  }

  /** A kubectl that has no secret and tells what it was asked to do. */
  private static void standIn(Path folder) throws IOException {
    Path kubectl = folder.resolve("kubectl");
    Files.writeString(
        kubectl,
        "#!/usr/bin/env bash\n"
            + "[ \"$1\" != get ] || exit 1\n"
            + "[ \"$1\" != create ] || cat >/dev/null\n"
            + "echo \"$@\"\n");
    assertThat(kubectl.toFile().setExecutable(true)).isTrue();
  }
}
