package io.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.system.Gateway.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files as administrators really have them: templates as they stand, broken rows, broken files. */
class FilesAsTheyAreST {
  private final RunningSystem system = RunningSystem.shared();

  @Test
  void bothMicrosoft365FilesMakeChrisTheSecondSaysThatHeIsThere() {
    Gateway admin = system.as("m365", "tenant-admin");

    JsonNode first = done(admin, file("m365-add-multiple-users-15-columns.csv"));
    JsonNode second = done(admin, file("m365-add-multiple-users-16-columns.csv"));

    assertThat(first.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(first.path("file").path("unknownColumns")).isEmpty();
    JsonNode chris = admin.get("/v1/users/chris@contoso.com").expect(200).json();
    assertThat(chris.path("state").asText()).isEqualTo("DISABLED");
    assertThat(chris.path("displayName").asText()).isEqualTo("Chris Green");
    assertThat(chris.path("postalCode").asText()).isEqualTo("98052");
    assertThat(second.path("state").asText()).isEqualTo("FAILED");
    assertThat(second.path("failures").get(0).path("code").asText())
        .isEqualTo("USER_ALREADY_EXISTS");
  }

  @Test
  void headerOnlyTemplatesSucceedWithNoRows() {
    Gateway admin = system.as("headers", "tenant-admin");

    for (String name :
        List.of("entra-bulk-create-header-only.csv", "m365-username-16-columns-header-only.csv")) {
      JsonNode job = done(admin, file(name));
      assertThat(job.path("state").asText()).as(name).isEqualTo("SUCCEEDED");
      assertThat(job.path("rows").path("total").asLong()).as(name).isZero();
    }
  }

  @Test
  void entrasTemplateIsFineButItsPasswordIsNot() {
    Gateway admin = system.as("entra", "tenant-admin");

    JsonNode job = done(admin, file("entra-bulk-create.csv"));

    assertThat(job.path("state").asText()).isEqualTo("FAILED");
    assertThat(job.path("rows").path("total").asLong()).isEqualTo(1);
    assertThat(job.path("failures").get(0).path("code").asText()).isEqualTo("PASSWORD_TOO_WEAK");
    assertThat(job.toString()).doesNotContain("Password1!");
    assertThat(admin.get("/v1/users/alain@contoso.com").status()).isEqualTo(404);
  }

  @Test
  void aPasswordThatFailedWithItsRowHasToBeEnteredAgain() {
    Gateway admin = system.as("withpw", "tenant-admin");

    JsonNode job =
        done(
            admin,
            "UserPrincipalName,DisplayName,UsageLocation,Password\np@withpw.com,P,XX,Vorn-Lapi-92-Xk4\n"
                .getBytes(StandardCharsets.UTF_8));

    String path = "/v1/jobs/" + job.path("id").asText() + "/failures.csv";
    String failures = admin.get(path).expect(200).text();
    assertThat(failures).contains("(enter again)").doesNotContain("Vorn-Lapi-92-Xk4");
    JsonNode again = done(admin, failures.replace("XX", "US").getBytes(StandardCharsets.UTF_8));
    assertThat(again.path("failures").get(0).path("code").asText()).isEqualTo("MISSING_VALUE");
  }

  @Test
  void brokenRowsAreNamedAndTheGoodOnesDone() {
    Gateway admin = system.as("broken", "tenant-admin");
    String csv =
        String.join(
            "\r\n",
            "UserPrincipalName,DisplayName,UsageLocation",
            "good1@broken.com,Good One,US",
            "no at sign,Bad Name,US",
            "unclosed@broken.com,\"Open Quote,US",
            "good2@broken.com,\"Two, with comma\",DE",
            "extra@broken.com,Extra,US,too,many",
            "GOOD1@broken.com,Double,US",
            "nowhere@broken.com,No Where,XX",
            ",Nobody,US",
            "good3@broken.com,Good Three,",
            "");

    JsonNode job = done(admin, csv.getBytes(StandardCharsets.UTF_8));

    assertThat(job.path("state").asText()).isEqualTo("PARTIALLY_FAILED");
    assertThat(job.path("rows").path("total").asLong()).isEqualTo(9);
    assertThat(job.path("rows").path("succeeded").asLong()).isEqualTo(3);
    JsonNode rows =
        admin.get("/v1/jobs/" + job.path("id").asText() + "/rows?outcome=FAILED").json();
    List<String> failed = new ArrayList<>();
    for (JsonNode row : rows.path("items")) {
      failed.add(row.path("row").asLong() + " " + row.path("code").asText());
      assertThat(row.path("message").asText()).as("row %s", row.path("row")).isNotBlank();
    }
    assertThat(failed)
        .containsExactly(
            "2 INVALID_USER_PRINCIPAL_NAME",
            "3 MALFORMED_ROW",
            "5 MALFORMED_ROW",
            "6 DUPLICATE_ROW",
            "7 INVALID_VALUE",
            "8 MISSING_VALUE");
    assertThat(rows.path("items").get(3).path("message").asText()).contains("1");
    assertThat(rows.path("items").get(4).path("message").asText()).contains("UsageLocation");
    assertThat(admin.get("/v1/users").json().path("items")).hasSize(3);
  }

  @Test
  void aFileUnusableAsAWholeIsRefusedAndLeavesNothingBehind() throws IOException {
    Gateway admin = system.as("unusable", "tenant-admin");
    long before = spools();

    assertThat(admin.upload("operation=add", new byte[0]).expect(422).code())
        .isEqualTo("EMPTY_FILE");
    assertThat(admin.upload("operation=add", "Colour,Size\nred,4\n").expect(422).code())
        .isEqualTo("NO_HEADER");
    byte[] binary = new byte[5000];
    new java.util.Random(1).nextBytes(binary);
    assertThat(admin.upload("operation=add", binary).expect(422).code())
        .isIn("UNREADABLE_FILE", "NO_HEADER");
    byte[] zip = {'P', 'K', 3, 4, 20, 0, 6, 0, 8, 0, 0, 0, 33, 0};
    assertThat(admin.upload("operation=add", zip).expect(422).code()).isEqualTo("UNREADABLE_FILE");
    Answer unknown = admin.upload("operation=frobnicate", "UPN\na@b.com\n").expect(400);
    assertThat(unknown.json().path("field").asText()).isEqualTo("operation");

    assertThat(admin.get("/v1/jobs").json().path("items")).isEmpty();
    assertThat(spools()).isEqualTo(before);
  }

  @Test
  void encodingsAndDelimitersAreRecognised() {
    Gateway admin = system.as("encodings", "tenant-admin");
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, Charset.forName("windows-1252"), StandardCharsets.UTF_16)) {
      String local = charset.name().replace("-", "").toLowerCase(java.util.Locale.ROOT);
      String csv = "User name;Display name\r\n" + local + "@encodings.com;Jürgen Müßig\r\n";

      JsonNode job = done(admin, csv.getBytes(charset));

      assertThat(job.path("state").asText()).as(charset.name()).isEqualTo("SUCCEEDED");
      assertThat(job.path("file").path("delimiter").asText()).isEqualTo(";");
      assertThat(
              admin
                  .get("/v1/users/" + local + "@encodings.com")
                  .json()
                  .path("displayName")
                  .asText())
          .as(charset.name())
          .isEqualTo("Jürgen Müßig");
    }
  }

  private static JsonNode done(Gateway admin, byte[] file) {
    return admin.awaitEnd(
        admin.upload("operation=add", file).expect(202).json().path("id").asText());
  }

  private static byte[] file(String name) {
    try (InputStream in = FilesAsTheyAreST.class.getResourceAsStream("/data/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Files below the data folder that uploads make. */
  private long spools() throws IOException {
    try (Stream<Path> files = Files.walk(system.data())) {
      return files
          .filter(file -> file.toString().contains("spool"))
          .filter(Files::isRegularFile)
          .count();
    }
  }
}
