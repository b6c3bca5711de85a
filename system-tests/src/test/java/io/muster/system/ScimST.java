package io.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** SCIM in the words of those that provision by it. */
class ScimST {
  private static final String USERS = "/scim/v2/Users";
  private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
  private static final String MUSTER = "urn:ietf:params:scim:schemas:extension:muster:2.0:User";

  private final RunningSystem system = RunningSystem.shared();

  @Test
  void licensesAreTheExactSetAndAllOrNothing() {
    Gateway admin = system.as("scim-seats", "tenant-admin");
    admin.seats("E3", 1);
    admin.seats("E5", 1);
    String first = create(admin, "a@scim-seats.com", "E3");
    assertThat(first).isNotBlank();

    Gateway.Answer refused =
        scim(admin, "POST", USERS, user("b@scim-seats.com", "\"E5\", \"E3\"")).expect(409);

    assertThat(refused.json().path("detail").asText()).contains("E3");
    assertThat(find(admin, "userName eq \"b@scim-seats.com\"")).isEmpty();
    assertThat(admin.get("/v1/subscriptions/E5").json().path("assignedSeats").asLong()).isZero();

    JsonNode changed =
        patch(
            admin,
            first,
            """
            {"op":"replace","path":"%s:licenses","value":["E5"]},
            {"op":"replace","path":"title","value":"Lead"}"""
                .formatted(MUSTER));
    assertThat(changed.path(MUSTER).path("licenses")).hasSize(1);
    assertThat(changed.path(MUSTER).path("licenses").get(0).asText()).isEqualTo("E5");
    assertThat(changed.path("title").asText()).isEqualTo("Lead");
    // A change that fails half is taken back whole.
    admin.seats("E3", 1);
    create(admin, "c@scim-seats.com", "E3");
    scim(
            admin,
            "PATCH",
            USERS + "/" + first,
            """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[
             {"op":"add","path":"%s:licenses","value":["E3"]},
             {"op":"replace","path":"title","value":"Nobody"}]}"""
                .formatted(MUSTER))
        .expect(409);
    JsonNode after = scim(admin, "GET", USERS + "/" + first, null).expect(200).json();
    assertThat(after.path("title").asText()).isEqualTo("Lead");
    assertThat(after.path(MUSTER).path("licenses")).hasSize(1);
  }

  @Test
  void whatAnotherRoleOrTenantAsksIsRefusedInScimsWords() {
    Gateway admin = system.as("scim-roles", "tenant-admin");
    String id = create(admin, "a@scim-roles.com", null);

    Gateway.Answer reader = scim(system.as("scim-roles", "reader"), "GET", USERS, null).expect(403);
    Gateway.Answer stranger =
        scim(system.as("scim-other", "tenant-admin"), "GET", USERS + "/" + id, null).expect(404);
    Gateway.Answer nobody = scim(new Gateway(system.url(), null), "GET", USERS, null).expect(401);

    for (Gateway.Answer refused : List.of(reader, stranger, nobody)) {
      assertThat(refused.http().headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/scim+json");
      assertThat(refused.json().path("status").asText())
          .isEqualTo(Integer.toString(refused.status()));
    }
    assertThat(scim(admin, "GET", "/scim/v2/Nothing", null).status()).isEqualTo(404);
    Awaitility.await("the reader's call is in the audit")
        .atMost(Duration.ofSeconds(20))
        .until(() -> admin.get("/v1/audit?limit=100").text().contains("GET /scim/v2/Users"));
    Gateway other = system.as("scim-other", "tenant-admin");
    Awaitility.await("so is the other tenant's, in theirs")
        .atMost(Duration.ofSeconds(20))
        .until(() -> other.get("/v1/audit?limit=100").text().contains("/scim/v2/Users/{id}"));
    assertThat(admin.get("/v1/audit?limit=100").text()).doesNotContain("/scim/v2/Users/{id}");
  }

  @Test
  void theRfcsOwnExamplesAreTakenAsTheyStand() throws IOException {
    Gateway admin = system.as("scim-rfc", "tenant-admin");

    // RFC 7644, section 3.3
    Gateway.Answer created = scim(admin, "POST", USERS, example("rfc7644-3.3-post.json"));
    created.expect(201);
    assertThat(created.http().headers().firstValue("Location").orElse(""))
        .isEqualTo(created.json().path("meta").path("location").asText())
        .startsWith("http");
    assertThat(created.http().headers().firstValue("ETag").orElse(""))
        .isEqualTo(created.json().path("meta").path("version").asText());
    String one = USERS + "/" + created.json().path("id").asText();
    scim(admin, "POST", USERS, example("rfc7644-3.3-post.json")).expect(409);
    assertThat(find(admin, "userName eq \"bjensen\"")).hasSize(1);
    // RFC 7644, section 3.5.1
    JsonNode replaced =
        scim(admin, "PUT", one, example("rfc7644-3.5.1-put.json")).expect(200).json();
    assertThat(replaced.path("name").path("givenName").asText()).isEqualTo("Barbara");
    assertThat(replaced.path("emails").get(0).path("value").asText())
        .isEqualTo("bjensen@example.com");
    // RFC 7644, section 3.5.2, those of a user
    JsonNode added =
        scim(admin, "PATCH", one, example("rfc7644-3.5.2.1-add.json")).expect(200).json();
    assertThat(added.path("emails")).hasSize(1);
    assertThat(added.path("emails").get(0).path("value").asText())
        .as("the one for work stays, the one at home isn't kept")
        .isEqualTo("bjensen@example.com");
    JsonNode moved =
        scim(admin, "PATCH", one, example("rfc7644-3.5.2.3-replace.json")).expect(200).json();
    assertThat(moved.path("addresses").get(0).path("streetAddress").asText())
        .isEqualTo("911 Universal City Plaza");
    JsonNode street =
        scim(admin, "PATCH", one, example("rfc7644-3.5.2.3-replace-street.json"))
            .expect(200)
            .json();
    assertThat(street.path("addresses").get(0).path("streetAddress").asText())
        .isEqualTo("1010 Broadway Ave");
    assertThat(street.path("addresses").get(0).path("locality").asText()).isEqualTo("Hollywood");
    JsonNode mails =
        scim(admin, "PATCH", one, example("rfc7644-3.5.2.3-replace-all-emails.json"))
            .expect(200)
            .json();
    assertThat(mails.path("emails").get(0).path("value").asText()).isEqualTo("bjensen@example.com");
    JsonNode removed =
        scim(admin, "PATCH", one, example("rfc7644-3.5.2.2-remove-value.json")).expect(200).json();
    assertThat(removed.path("emails")).isEmpty();
    // RFC 7644, section 3.4.3
    scim(admin, "POST", USERS + "/.search", example("rfc7644-3.4.3-search.json")).expect(200);
    // RFC 7643, section 8.3: its password is too short for Muster, and so it says
    assertThat(
            scim(admin, "POST", USERS, example("rfc7643-8.3-enterprise-user.json"))
                .expect(400)
                .json()
                .path("detail")
                .asText())
        .contains("password");
    JsonNode full =
        scim(
                admin,
                "POST",
                USERS,
                example("rfc7643-8.3-enterprise-user.json")
                    .replace("t1meMa$heen", "t1meMa$heen-of-many-letters"))
            .expect(201)
            .json();
    assertThat(full.path("title").asText()).isEqualTo("Tour Guide");
    assertThat(full.path("phoneNumbers").get(0).path("value").asText()).isEqualTo("555-555-5555");
    assertThat(full.has("password")).isFalse();
  }

  @Test
  void theRfcsOwnBulksAreTakenAsTheyStand() throws IOException {
    // RFC 7644, section 3.7.2
    JsonNode managed =
        scim(
                system.as("scim-rfc-bulk", "tenant-admin"),
                "POST",
                "/scim/v2/Bulk",
                example("rfc7644-3.7.2-bulk-manager.json"))
            .expect(200)
            .json()
            .path("Operations");
    assertThat(managed).extracting(each -> each.path("status").asText()).containsOnly("201");
    JsonNode bob =
        system
            .as("scim-rfc-bulk", "tenant-admin")
            .get(pathOf(managed.get(1).path("location").asText()))
            .expect(200)
            .json();
    assertThat(
            managed
                .get(0)
                .path("location")
                .asText()
                .endsWith(
                    bob.path("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")
                        .path("manager")
                        .path("value")
                        .asText("none")))
        .isTrue();
    // Likewise, with a group, of which Muster has none
    JsonNode grouped =
        scim(
                system.as("scim-rfc-group", "tenant-admin"),
                "POST",
                "/scim/v2/Bulk",
                example("rfc7644-3.7.2-bulk-group.json"))
            .expect(200)
            .json()
            .path("Operations");
    assertThat(grouped)
        .extracting(each -> each.path("status").asText())
        .containsExactly("201", "400");
    assertThat(grouped.get(1).path("response").path("scimType").asText()).isEqualTo("invalidPath");
    // RFC 7644, section 3.7.3: the second one's user isn't there, and one error is enough
    JsonNode several =
        scim(
                system.as("scim-rfc-several", "tenant-admin"),
                "POST",
                "/scim/v2/Bulk",
                example("rfc7644-3.7.3-bulk.json"))
            .expect(200)
            .json()
            .path("Operations");
    assertThat(several)
        .extracting(each -> each.path("status").asText())
        .containsExactly("201", "404");
  }

  private static String pathOf(String location) {
    return location.substring(location.indexOf("/scim/"));
  }

  /**
   * An example of RFC 7643 or RFC 7644, code components of the IETF Trust under the Revised BSD
   * License.
   */
  private static String example(String name) throws IOException {
    try (InputStream in = ScimST.class.getResourceAsStream("/scim/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String create(Gateway admin, String name, String sku) {
    return scim(admin, "POST", USERS, user(name, sku == null ? "" : "\"" + sku + "\""))
        .expect(201)
        .json()
        .path("id")
        .asText();
  }

  private static String user(String name, String licenses) {
    return """
        {"schemas":["%s","%s"],"userName":"%s","displayName":"Somebody","active":true,
         "%s":{"licenses":[%s]}}"""
        .formatted(USER, MUSTER, name, MUSTER, licenses);
  }

  private static JsonNode patch(Gateway admin, String id, String operations) {
    return scim(
            admin,
            "PATCH",
            USERS + "/" + id,
            """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[%s]}"""
                .formatted(operations))
        .expect(200)
        .json();
  }

  private static JsonNode find(Gateway admin, String filter) {
    return scim(
            admin,
            "GET",
            USERS + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8),
            null)
        .expect(200)
        .json()
        .path("Resources");
  }

  private static Gateway.Answer scim(Gateway client, String method, String path, String body) {
    return client.call(
        method,
        path,
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
        "Content-Type",
        "application/scim+json; charset=utf-8");
  }
}
