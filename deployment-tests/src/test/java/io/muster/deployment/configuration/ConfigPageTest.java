package io.muster.deployment.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deployment.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigPageTest {
  /** At home the page is written like the formatting is; CI only looks. */
  @Test
  void thePageTellsEveryKeyAsTheCodeHasIt() throws IOException {
    Path file = Repository.ROOT.resolve("docs/config.md");
    String page = Files.readString(file);

    String renewed = ConfigPage.renewed(page);

    if (System.getenv("CI") == null && !renewed.equals(page)) {
      Files.writeString(file, renewed);
    } else {
      assertThat(page)
          .as("run ./mvnw verify -pl deployment-tests -am -DskipITs and commit docs/config.md")
          .isEqualTo(renewed);
    }
  }

  @Test
  void aPageThatTellsAnotherDefaultIsRenewed() throws IOException {
    String page = ConfigPage.renewed(Files.readString(Repository.ROOT.resolve("docs/config.md")));
    String wrong = page.replaceFirst("(`muster.spool.shared` \\| [^|]*\\| )`false`", "$1`true`");

    assertThat(wrong).isNotEqualTo(page);
    assertThat(ConfigPage.renewed(wrong)).isEqualTo(page);
  }

  @Test
  void aKeyIsReadWithItsDefaultAndItsReason() {
    assertThat(ConfigSources.keysOf("bulk-ingest-service"))
        .filteredOn(key -> key.name().equals("muster.spool.shared"))
        .singleElement()
        .satisfies(
            key -> {
              assertThat(key.byDefault()).isEqualTo("false");
              assertThat(key.isRequired()).isFalse();
              assertThat(key.about()).isEqualTo("Where uploads are kept");
              assertThat(key.meaning()).contains("Needed for a second instance");
            });
  }

  @Test
  void aServiceMustBeToldWhatHasNoDefaultInItsOwnAndInSharedInterfaces() {
    assertThat(ServiceKeys.required("user-service"))
        .contains("MUSTER_SEALING_KEYSET", "MUSTER_PASSWORDS_PRIVATE_KEYS", "MUSTER_ACCESS_ISSUER")
        .doesNotContain("MUSTER_ACCESS_TENANTS");
  }

  @Test
  void everyKeyOfTheCodeIsReadFromAnInterface() {
    assertThat(Repository.files(Repository.ROOT, ".java"))
        .filteredOn(file -> file.toString().contains("/src/main/java/"))
        .filteredOn(file -> Repository.text(file.toString()).contains("@ConfigMapping(prefix"))
        .extracting(file -> Repository.ROOT.relativize(file).getName(0).toString())
        .as("modules with config interfaces, all of them on the page")
        .isSubsetOf(
            "bulk-ingest-service",
            "user-service",
            "license-service",
            "gateway",
            "service-chassis",
            "command-inbox");
  }
}
