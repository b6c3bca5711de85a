package io.muster.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deployment.Program;
import io.muster.deployment.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code k8s/secrets}, beside a kubectl that tells what it was asked to do. */
class SecretsScriptTest {
  private static final Pattern CREATED =
      Pattern.compile("create secret generic (\\S+) --namespace here .*username=(\\S+) ");
  private static final Pattern READ = Pattern.compile("read \\d+ characters \\d+ lines");

  private final String script = Repository.text("k8s/secrets");
  private final Set<String> asked = new TreeSet<>();
  @TempDir private Path folder;

  @BeforeEach
  void askTheManifests() {
    Program.require("openssl");
    asked.addAll(Wiring.rolesSecrets(Manifests.of(Manifests.render("base"))));
  }

  @Test
  void itMakesTheSecretsThatTheDatabasesRolesNameWithTheirUserNames() throws IOException {
    assertThat(asked).hasSize(12);
    assertThat(faults(script)).isEmpty();
  }

  @Test
  void itLeavesAloneWhatIsThere() throws IOException {
    assertThat(run(script, true)).isEmpty();
    assertThat(run(with("      continue\n", "      :\n"), true))
        .contains("create secret generic gateway-db");
    assertThat(run(with("if ! kubectl get secret service-tokens", "if ! false"), true))
        .contains("create secret generic service-tokens");
  }

  @Test
  void faultsThatArePlantedAreFound() throws IOException {
    assertThat(faults(with("owner app finder", "owner app")))
        .hasSize(4)
        .contains("nobody makes user-service-db-finder");
    assertThat(faults(with("user-service license-service", "user-service licence-service")))
        .contains("nobody makes license-service-db-app", "nobody asks for licence-service-db-app");
    assertThat(faults(with("create secret generic service-tokens", "create secret generic tokens")))
        .containsExactly("nobody makes service-tokens");
    assertThat(faults(with("--from-file=keys=/dev/stdin", "--from-literal=keys=$(cat)")))
        .containsExactly("the key of service-tokens is an argument");
    assertThat(faults(with("${service//-/_}_$kind", "${service}_$kind")))
        .contains("user-service-db-app is for user-service_app");
    assertThat(faults(with("--from-file=password=/dev/stdin", "--from-literal=password=$(cat)")))
        .hasSize(12)
        .contains("the password of gateway-db-app is an argument");
    assertThat(faults(without(" | tr -d '\\n'")))
        .hasSize(13)
        .contains(
            "for gateway-db-app it read 49 characters 1 lines",
            "for service-tokens it read 49 characters 1 lines");
    assertThat(faults(without("cnpg.io/reload=true")))
        .hasSize(12)
        .contains("CloudNativePG doesn't follow gateway-db-app");
  }

  private String with(String right, String wrong) {
    assertThat(script).contains(right);
    return script.replace(right, wrong);
  }

  private String without(String part) {
    return with(part, "");
  }

  /** What is wrong with a script that found no secret. */
  private Set<String> faults(String script) throws IOException {
    String printed = run(script, false);
    Map<String, String> wrong = new TreeMap<>();
    Set<String> made = new TreeSet<>();
    for (String line : printed.split("(?=create secret)")) {
      Matcher created = CREATED.matcher(line);
      if (!created.find()) {
        continue;
      }
      String secret = created.group(1);
      made.add(secret);
      String user = created.group(2);
      if (!user.equals(secret.replace("-db-", "-").replace('-', '_'))) {
        wrong.put(secret, secret + " is for " + user);
      }
      Matcher read = READ.matcher(line);
      String size = read.find() ? read.group() : "read nothing";
      if (line.contains("literal=password")) {
        wrong.put(secret, "the password of " + secret + " is an argument");
      } else if (!size.equals("read 48 characters 0 lines")) {
        wrong.put(secret, "for " + secret + " it " + size);
      }
      if (!line.contains("label secret " + secret + " --namespace here cnpg.io/reload=true")) {
        wrong.put(secret, "CloudNativePG doesn't follow " + secret);
      }
    }
    Wiring.MADE_BY_THE_SCRIPT.forEach(
        secret -> faultOfAKey(printed, secret).ifPresent(fault -> wrong.put(secret, fault)));
    asked.stream()
        .filter(secret -> !made.contains(secret))
        .forEach(secret -> wrong.put(secret, "nobody makes " + secret));
    made.stream()
        .filter(secret -> !asked.contains(secret))
        .forEach(secret -> wrong.put(secret, "nobody asks for " + secret));
    return new TreeSet<>(wrong.values());
  }

  private static Optional<String> faultOfAKey(String printed, String secret) {
    int begin = printed.indexOf("create secret generic " + secret + " --namespace here");
    if (begin < 0) {
      return Optional.of("nobody makes " + secret);
    }
    String line = printed.substring(begin);
    if (line.lines().findFirst().orElseThrow().contains("literal=keys")) {
      return Optional.of("the key of " + secret + " is an argument");
    }
    Matcher read = READ.matcher(line);
    String size = read.find() ? read.group() : "read nothing";
    return size.equals("read 48 characters 0 lines")
        ? Optional.empty()
        : Optional.of("for " + secret + " it " + size);
  }

  /**
   * What it asks kubectl to change.
   *
   * @param there whether kubectl has every secret already
   */
  private String run(String script, boolean there) throws IOException {
    Path kubectl = folder.resolve("kubectl");
    Files.writeString(
        kubectl,
        """
        #!/usr/bin/env bash
        [ "$1" != get ] || exit %d
        echo "$@"
        [ "$1" != create ] || wc -mlw | awk '{ print "read " $3 " characters " $1 " lines" }'
        """
            .formatted(there ? 0 : 1));
    assertThat(kubectl.toFile().setExecutable(true)).isTrue();
    Program.Ended made =
        Program.run(
            Repository.ROOT,
            Map.of("PATH", folder + ":" + System.getenv("PATH")),
            List.of(
                "bash", Files.writeString(folder.resolve("secrets"), script).toString(), "here"));
    assertThat(made.code()).as(made.output()).isZero();
    return made.output();
  }
}
