package io.muster.deployment.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deployment.Program;
import io.muster.deployment.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code compose/secrets}, run in folders of its own. */
class ComposeSecretsTest {
  @Test
  void theSecretsScriptMakesWhatTheFileAsksForAndKeepsWhatIsThere(@TempDir Path folder)
      throws IOException {
    Program.require("openssl");

    assertThat(faultsOfSecrets(Repository.text("compose/secrets"), folder)).isEmpty();
  }

  @Test
  void aFaultOfTheSecretsScriptIsFound(@TempDir Path folder) throws IOException {
    Program.require("openssl");

    assertThat(secretsWith("LICENSE_SERVICE GATEWAY;", "GATEWAY;", folder.resolve("1")))
        .contains("nobody makes LICENSE_SERVICE_APP_PASSWORD");
    assertThat(
            secretsWith("for role in POSTGRES ", "for role in POSTGRES ROOT ", folder.resolve("2")))
        .containsExactly("nobody asks for ROOT_PASSWORD");
    assertThat(secretsWith("grep -q \"^$1=\" .env ||", "", folder.resolve("3")))
        .containsExactly("what was there has changed");
    assertThat(secretsWith("umask 077", "umask 022", folder.resolve("4")))
        .contains(".env is rw-r--r--");
    assertThat(secretsWith("openssl rand -hex 24", "echo secret", folder.resolve("5")))
        .containsExactly("two have the same password");
    assertThat(secretsWith("genpkey ", "genpkey -quiet ", folder.resolve("7")))
        .contains("unknown option -quiet");
    assertThat(secretsWith("chmod 644 ", ": ", folder.resolve("6")))
        .containsExactly(".muster-compose/issuer-public.pem is rw-------");
  }

  private Set<String> secretsWith(String right, String wrong, Path folder) throws IOException {
    String script = Repository.text("compose/secrets");
    assertThat(script).contains(right);
    return faultsOfSecrets(script.replace(right, wrong), folder);
  }

  /** What is wrong with a script that makes secrets, run twice in a folder of its own. */
  private Set<String> faultsOfSecrets(String text, Path folder) throws IOException {
    Path script = folder.resolve("compose/secrets");
    Files.createDirectories(script.getParent());
    Files.writeString(script, text);
    Set<String> wrong = new TreeSet<>();

    Map<String, String> beside = Map.of("PATH", anOlderOpenssl(folder) + System.getenv("PATH"));
    String printed = Program.run(folder, beside, List.of("bash", script.toString())).output();
    Path env = folder.resolve(".env");
    String first = Files.exists(env) ? Files.readString(env) : "";
    Program.run(folder, beside, List.of("bash", script.toString()));

    Set<String> made = variables(first);
    Set<String> missing = new ComposeFile(Repository.text("docker-compose.yml")).variables();
    missing.stream().filter(v -> !made.contains(v)).forEach(v -> wrong.add("nobody makes " + v));
    made.stream().filter(v -> !missing.contains(v)).forEach(v -> wrong.add("nobody asks for " + v));
    if (first.isEmpty()) {
      wrong.add(printed.strip());
      return wrong;
    }
    if (!Files.readString(env).equals(first)) {
      wrong.add("what was there has changed");
    }
    if (first.lines().map(line -> line.replaceFirst(".*?=", "")).distinct().count()
        < first.lines().count()) {
      wrong.add("two have the same password");
    }
    // The services' user, who is somebody else, reads the last one; nobody else the others.
    Map.of(
            ".env", "rw-------",
            ".muster-compose/issuer-private.pem", "rw-------",
            ".muster-compose/issuer-public.pem", "rw-r--r--")
        .forEach(
            (name, mode) -> {
              String is = mode(folder.resolve(name));
              if (!is.equals(mode)) {
                wrong.add(name + " is " + is);
              }
            });
    assertThat(printed).contains("passwords are in .env");
    return wrong;
  }

  /** LibreSSL, which is macOS's openssl, has no {@code -quiet}. */
  private static String anOlderOpenssl(Path folder) throws IOException {
    Path shim = folder.resolve("bin/openssl");
    Files.createDirectories(shim.getParent());
    Files.writeString(
        shim,
        """
        #!/usr/bin/env bash
        for option in "$@"; do
          [ "$option" != -quiet ] || { echo "unknown option $option" >&2; exit 1; }
        done
        export PATH=${PATH#*:}
        exec openssl "$@"
        """);
    assertThat(shim.toFile().setExecutable(true)).isTrue();
    return shim.getParent() + ":";
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      return "not there";
    }
  }

  private static Set<String> variables(String env) {
    return env.lines()
        .map(line -> line.substring(0, line.indexOf('=')))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
