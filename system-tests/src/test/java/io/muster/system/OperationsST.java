package io.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Everything that can be done to a user, one at a time and by file. */
class OperationsST {
  private final RunningSystem system = RunningSystem.shared();

  @Test
  void aUsersLifeBySingleCalls() {
    Gateway admin = system.as("life", "tenant-admin");
    admin.seats("E3", 5);
    admin.seats("E5", 5);
    String user = "/v1/users/chris@life.com";
    admin
        .post(
            "/v1/users",
            "{\"userPrincipalName\":\"chris@life.com\",\"displayName\":\"Chris\",\"department\":\"IT\"}")
        .expect(201);

    JsonNode enabled = admin.post(user + "/enable", "{\"licenses\":[\"E3\"]}").expect(200).json();
    assertThat(enabled.path("password").asText()).isNotBlank();
    assertThat(enabled.path("state").asText()).isEqualTo("ACTIVE");
    JsonNode set =
        admin.patch(user, "{\"department\":\"Sales\",\"jobTitle\":\"Clerk\"}").expect(200).json();
    assertThat(set.path("department").asText()).isEqualTo("Sales");
    assertThat(admin.patch(user, "{\"userPrincipalName\":\"other@life.com\"}").expect(422).code())
        .isEqualTo("IMMUTABLE");
    assertThat(skus(admin.put(user + "/licenses", "{\"licenses\":[\"E5\"]}").expect(200).json()))
        .isEqualTo("E5");
    assertThat(assigned(admin, "E3")).isZero();
    String generated =
        admin.put(user + "/password", "{}").expect(200).json().path("password").asText();
    assertThat(ActivationST.verify(admin, "chris@life.com", generated).path("valid").asBoolean())
        .isTrue();
    JsonNode given =
        admin
            .put(
                user + "/password",
                "{\"password\":\"Vorn-Lapi-92-Xk4\",\"mustChangePassword\":false}")
            .expect(200)
            .json();
    assertThat(given.has("password")).isFalse();
    assertThat(
            ActivationST.verify(admin, "chris@life.com", "Vorn-Lapi-92-Xk4")
                .path("mustChange")
                .asBoolean())
        .isFalse();
    assertThat(admin.post(user + "/disable", "").expect(200).json().path("state").asText())
        .isEqualTo("DISABLED");
    assertThat(assigned(admin, "E5")).isZero();
    admin.post(user + "/enable", "{\"licenses\":[\"E3\",\"E5\"]}").expect(200);
    JsonNode removed = admin.delete(user).expect(200).json();
    assertThat(removed.path("state").asText()).isEqualTo("REMOVED");
    assertThat(removed.path("purgeAt").asText()).isNotBlank();
    assertThat(assigned(admin, "E3") + assigned(admin, "E5")).isZero();
    assertThat(admin.post(user + "/enable", "").expect(409).code()).isEqualTo("USER_REMOVED");
    JsonNode restored = admin.post(user + "/restore", "").expect(200).json();
    assertThat(restored.path("state").asText()).isEqualTo("ACTIVE");
    assertThat(restored.path("licenses")).isEmpty();
    assertThat(restored.path("message").asText()).contains("E3", "E5");
    assertThat(admin.delete("/v1/users/nobody@life.com").expect(404).code())
        .isEqualTo("USER_NOT_FOUND");
    assertThat(
            admin.get("/v1/audit?user=chris@life.com&limit=100").expect(200).json().path("items"))
        .extracting(entry -> entry.path("operation").asText())
        .contains(
            "ADD", "ENABLE", "SET", "SET_LICENSES", "SET_PASSWORD", "DISABLE", "REMOVE", "RESTORE");
  }

  @Test
  void aFileMayHoldEveryOperation() {
    Gateway admin = system.as("mixed", "tenant-admin");
    admin.seats("E3", 5);
    ActivationST.add(admin, "mixed", 6);
    admin.run("operation=enable&license=E3", ActivationST.names("mixed", 1, 4));

    JsonNode job =
        admin.run(
            "operation=set",
            """
            UserPrincipalName,Action,Department,DisplayName,Licenses
            u1@mixed.com,,Sales,,
            u2@mixed.com,disable,,,
            u3@mixed.com,remove,,,
            u4@mixed.com,set-licenses,,,-
            u5@mixed.com,set-password,,,
            u6@mixed.com,enable,,,
            new@mixed.com,add,,New,
            u9@mixed.com,disable,,,
            u1@mixed.com,fly,,,
            """);

    assertThat(job.path("operation").asText()).isEqualTo("MIXED");
    assertThat(job.path("operations").path("DISABLE").asLong()).isEqualTo(2);
    assertThat(admin.rows(job, "FAILED")).containsExactly("8 USER_NOT_FOUND", "9 INVALID_VALUE");
    assertThat(assigned(admin, "E3")).isEqualTo(1);
    assertThat(admin.get("/v1/users/u2@mixed.com").json().path("state").asText())
        .isEqualTo("DISABLED");
    JsonNode restored = admin.run("operation=restore", "UPN\nu3@mixed.com\n");
    assertThat(restored.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(
            admin
                .get("/v1/jobs/" + restored.path("id").asText() + "/results.csv")
                .expect(200)
                .text())
        .contains("E3");
  }

  @Test
  void theCustomaryResetFileResetsPasswords() {
    Gateway admin = system.as("reset", "tenant-admin");
    admin.run("operation=add", "UPN,DisplayName\nchris@contoso.com,Chris\n");
    admin.run("operation=enable", "UPN\nchris@contoso.com\n");

    JsonNode alone = admin.run("operation=set-password", resetFile());
    admin.run("operation=add", "UPN,DisplayName\nalain@contoso.com,Alain\n");
    JsonNode both = admin.run("operation=set-password&allowDuplicate=true", resetFile());

    assertThat(alone.path("rows").path("succeeded").asLong()).isEqualTo(1);
    assertThat(admin.rows(alone, "FAILED")).containsExactly("2 USER_NOT_FOUND");
    assertThat(both.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(
            admin
                .get("/v1/jobs/" + both.path("id").asText() + "/credentials.csv")
                .expect(200)
                .text()
                .lines())
        .as("header, and alain's")
        .hasSize(2);
  }

  @Test
  void aPasswordAdminChangesOnlyTheirOwnPeople() {
    Gateway admin = system.as("shops", "tenant-admin");
    admin.run(
        "operation=add",
        """
        UPN,DisplayName,Unit,Protected
        a@shops.com,A,Rome,
        b@shops.com,B,Oslo,
        c@shops.com,C,Rome,yes
        d@shops.com,D,,
        """);
    Gateway delegate = system.delegate("shops", "Rome");

    JsonNode job =
        delegate.run(
            "operation=set-password",
            """
            UPN,Action
            a@shops.com,
            b@shops.com,
            c@shops.com,
            d@shops.com,
            nobody@shops.com,
            a@shops.com,remove
            """);

    assertThat(delegate.rows(job, "SUCCEEDED")).containsExactly("1 ");
    assertThat(delegate.rows(job, "FAILED"))
        .containsExactly(
            "2 OUTSIDE_YOUR_UNIT",
            "3 PROTECTED_ACCOUNT",
            "4 OUTSIDE_YOUR_UNIT",
            "5 USER_NOT_FOUND",
            "6 OPERATION_NOT_ALLOWED");
    assertThat(delegate.get("/v1/users").expect(200).json().path("items"))
        .extracting(user -> user.path("userPrincipalName").asText())
        .containsExactly("a@shops.com", "c@shops.com");
    assertThat(delegate.put("/v1/users/b@shops.com/password", "{}").status()).isIn(403, 404);
    assertThat(
            delegate
                .put("/v1/users/a@shops.com/password", "{}")
                .expect(200)
                .json()
                .path("password")
                .asText())
        .isNotBlank();
    assertThat(delegate.upload("operation=remove", "UPN\na@shops.com\n").expect(403).code())
        .isEqualTo("FORBIDDEN");
    for (String name : new String[] {"b", "c", "d"}) {
      assertThat(admin.get("/v1/users/" + name + "@shops.com").json().path("credential").asText())
          .isEqualTo("NONE");
    }
  }

  private static String skus(JsonNode user) {
    StringBuilder skus = new StringBuilder();
    user.path("licenses").forEach(license -> skus.append(license.path("sku").asText()));
    return skus.toString();
  }

  private static long assigned(Gateway admin, String sku) {
    return admin.get("/v1/subscriptions/" + sku).expect(200).json().path("assignedSeats").asLong();
  }

  private static String resetFile() {
    try (InputStream in = OperationsST.class.getResourceAsStream("/data/password-reset.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
