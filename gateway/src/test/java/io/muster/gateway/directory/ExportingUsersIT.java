package io.muster.gateway.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import io.muster.gateway.BulkIngestStandIn;
import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.LicenseServiceStandIn;
import io.muster.gateway.UserServiceStandIn;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class ExportingUsersIT {
  private static final String TENANT = "exporting";
  private static final String HEADER = "\uFEFFUserPrincipalName,State,DisplayName";

  private final UserServiceStandIn users = UserServiceStandIn.shared();
  private final LicenseServiceStandIn licenses = LicenseServiceStandIn.shared();

  @AfterEach
  void forgetTheFile() {
    users.forget("/v1/users");
  }

  @Test
  void addsLicensesToTheFileThatUserServiceStreams() {
    licenses.holds("=ada@exporting.example", "[{\"sku\":\"E3\"},{\"sku\":\"VISIO\"}]");
    licenses.holds("gone@exporting.example", "[{\"sku\":\"E3\"}]");
    streams(
        HEADER
            + "\r\n'=ada@exporting.example,ACTIVE,\"Ada \"\"A\"\" L.\"\r\n"
            + "eve@exporting.example,ACTIVE,''=Eve\r\n"
            + "gone@exporting.example,REMOVED,Gone\r\n"
            + "bob@exporting.example,DISABLED,\"two\r\nlines\"\r\n",
        true);

    byte[] csv =
        Callers.as(TENANT, "rita", "reader")
            .accept("text/csv")
            .get("/v1/users?state=ACTIVE")
            .then()
            .statusCode(200)
            .contentType("text/csv")
            .header("Content-Disposition", equalTo("attachment; filename=\"users.csv\""))
            .extract()
            .asByteArray();

    assertThat(new String(csv, StandardCharsets.UTF_8))
        .isEqualTo(
            HEADER
                + ",Licenses\r\n'=ada@exporting.example,ACTIVE,\"Ada \"\"A\"\" L.\",E3;VISIO\r\n"
                + "eve@exporting.example,ACTIVE,''=Eve,\r\n"
                + "gone@exporting.example,REMOVED,Gone,\r\n"
                + "bob@exporting.example,DISABLED,\"two\r\nlines\",\r\n");
  }

  @Test
  void asksForLicensesAFewHundredUsersAtATime() {
    StringBuilder file = new StringBuilder(HEADER).append("\r\n");
    for (int user = 0; user < 1_201; user++) {
      file.append("u").append(user).append("@exporting.example,ACTIVE,U\r\n");
    }
    licenses.holds("u1200@exporting.example", "[{\"sku\":\"E5\"}]");
    streams(file.toString(), true);
    licenses.asked().clear();

    String csv =
        Callers.admin(TENANT).accept("text/csv").get("/v1/users").then().extract().asString();

    assertThat(csv.lines()).hasSize(1_202);
    assertThat(csv).endsWith("u1200@exporting.example,ACTIVE,U,E5\r\n");
    assertThat(licenses.asked()).hasSize(3);
  }

  @Test
  void breaksTheFileOffWhenUserServiceDoes() {
    StringBuilder file = new StringBuilder(HEADER).append("\r\n");
    for (int user = 0; user < 5_000; user++) {
      file.append("u").append(user).append("@exporting.example,ACTIVE,Some longer name\r\n");
    }
    streams(file.toString(), false);

    for (int tries = 0; tries < 10; tries++) {
      assertThatThrownBy(
              () -> Callers.admin(TENANT).accept("text/csv").get("/v1/users").asByteArray())
          .as("a file that looks whole but isn't")
          .isNotNull();
    }
  }

  @Test
  void aRefusalOfUserServiceIsAProblemAndNoFile() {
    users.onPath(
        "/v1/users",
        exchange ->
            BulkIngestStandIn.answer(
                exchange,
                400,
                "{\"code\":\"INVALID_REQUEST\",\"title\":\"x\",\"status\":400,\"field\":\"state\"}"
                    .getBytes(StandardCharsets.UTF_8)));

    Callers.admin(TENANT)
        .accept("text/csv")
        .get("/v1/users?state=x")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo("state"));
  }

  @Test
  void whoTakesAnythingGetsJson() {
    users.knows("/v1/users", "{\"items\":[],\"next\":null}");

    for (String accept : new String[] {"*/*", "application/json, text/csv;q=0.5"}) {
      Callers.admin(TENANT)
          .accept(accept)
          .get("/v1/users")
          .then()
          .statusCode(200)
          .contentType("application/json");
    }
  }

  private void streams(String file, boolean whole) {
    users.onPath(
        "/v1/users",
        exchange -> {
          assertThat(exchange.getRequestHeaders().getFirst("Accept")).isEqualTo("text/csv");
          byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/csv; charset=utf-8");
          // One byte more is promised than comes.
          exchange.sendResponseHeaders(200, whole ? bytes.length : bytes.length + 1);
          exchange.getResponseBody().write(bytes);
          exchange.getResponseBody().flush();
          exchange.close();
        });
  }
}
