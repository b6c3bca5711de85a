package io.muster.user.account;

import static io.muster.user.account.People.Person.named;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.user.UserServicePlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class AccountsCsvIT {
  private final People people = new People();

  @Test
  void theListIsAFileWithTheSameColumnsAlways() throws Exception {
    people.are(
        named("Ada@contoso.com", "Ada \"Countess\" Lovelace")
            .calledBy("Ada", "Lovelace")
            .at("Research", "north"),
        named("bob@contoso.com", "=cmd|' /C calc'!A0").in("DISABLED"),
        named("gone@contoso.com", "Gone").in("REMOVED"));

    Response csv = csv("reader", "");

    assertThat(csv.statusCode()).isEqualTo(200);
    assertThat(csv.contentType()).isEqualToIgnoringCase("text/csv; charset=utf-8");
    assertThat(csv.header("Content-Disposition")).contains("users.csv");
    assertThat(Arrays.copyOf(csv.asByteArray(), 3))
        .as("byte order mark")
        .containsExactly(0xEF, 0xBB, 0xBF);
    List<String> lines = lines(csv);
    assertThat(lines.get(0))
        .isEqualTo(
            "UserPrincipalName,DisplayName,FirstName,LastName,JobTitle,Department,Office,"
                + "OfficePhone,MobilePhone,Fax,AlternateEmail,StreetAddress,City,StateOrProvince,"
                + "PostalCode,Country,UsageLocation,EmployeeId,Manager,Unit,State,BlockSignIn,"
                + "Credential,MustChangePassword,Protected,CreatedAt,UpdatedAt,PurgeAt");
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1))
        .startsWith(
            "Ada@contoso.com,\"Ada \"\"Countess\"\" Lovelace\",Ada,Lovelace,,Research,,,,,,,,,,,,,,"
                + "north,ACTIVE,No,NONE,No,No,20");
    assertThat(lines.get(2)).startsWith("bob@contoso.com,'=cmd").contains(",DISABLED,Yes,NONE,");
  }

  @Test
  void filtersAndTheCallersUnitsCount() throws Exception {
    people.are(
        named("a@contoso.com", "Ada").at("Sales", "north"),
        named("b@contoso.com", "Ada").at("Sales", "south"),
        named("c@contoso.com", "Cy").at("Sales", "south"));

    assertThat(users(csv("reader", "query=ada"))).containsExactly("a@contoso.com", "b@contoso.com");
    assertThat(users(csv("reader", "unit=south")))
        .containsExactly("b@contoso.com", "c@contoso.com");
    assertThat(users(csv("password-admin", "query=ada", "south"))).containsExactly("b@contoso.com");
    assertThat(csv("hr-feed", "").statusCode()).isEqualTo(403);
    assertThat(csv("reader", "state=GONE").statusCode()).isEqualTo(400);
  }

  @Test
  void whoDoesNotAskForAFileGetsJson() throws Exception {
    people.are(named("a@contoso.com", "Ada"));

    for (String accept : List.of("*/*", "application/json", "text/html, */*;q=0.8")) {
      Response list =
          given().auth().oauth2(people.token("reader")).header("Accept", accept).get("/v1/users");
      assertThat(list.contentType()).as(accept).startsWith("application/json");
    }
  }

  @Test
  void manyPagesMakeOneFile() throws Exception {
    manyPeople(3_500, 10);

    List<String> users = users(csv("reader", ""));

    assertThat(users).hasSize(3_500).isSorted().doesNotHaveDuplicates();
  }

  /** More than sockets hold, so that the end is written after the database has failed. */
  @Test
  void aFileThatCanNotBeFinishedHasNoEnd() throws Exception {
    manyPeople(12_000, 1_000);
    // What isn't broken off on purpose looks whole every third time.
    for (int time = 0; time < 8; time++) {
      String answer = new String(readWhileTheDatabaseFails(), StandardCharsets.UTF_8);
      assertThat(answer.startsWith("HTTP/1.1 200")).isTrue();
      assertThat(answer.contains("transfer-encoding: chunked")).isTrue();
      assertThat(answer.contains("u12000@contoso.com")).as("whole").isFalse();
      assertThat(answer.endsWith("0\r\n\r\n")).as("ended as if it were whole").isFalse();
    }
  }

  private byte[] readWhileTheDatabaseFails() throws Exception {
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4_096);
      socket.connect(new InetSocketAddress("127.0.0.1", RestAssured.port));
      socket.setSoTimeout(30_000);
      String request =
          "GET /v1/users HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\nAuthorization: Bearer "
              + people.token("reader")
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.write(in.readNBytes(20_000));
      rename("account", "account_away");
      try {
        copyToTheEnd(in, all);
      } finally {
        rename("account_away", "account");
      }
      return all.toByteArray();
    }
  }

  private static void copyToTheEnd(InputStream in, ByteArrayOutputStream all) {
    try {
      in.transferTo(all);
    } catch (IOException e) {
      // A reset is an end of its own.
      assertThat(e).hasMessageContaining("reset");
    }
  }

  private void rename(String from, String to) throws Exception {
    try (var superuser =
            io.muster.localstack.testing.TestPlatform.shared().superuser("user-service");
        var statement = superuser.createStatement()) {
      statement.execute("ALTER TABLE " + from + " RENAME TO " + to);
    }
  }

  private void manyPeople(int people, int street) throws Exception {
    this.people.run(
        """
        INSERT INTO account (tenant_id, id, user_principal_name, upn_key, state, street_address,
            state_submission, state_row, credential_submission, credential_row,
            properties_submission, properties_row, created_at, updated_at)
        SELECT t.id, uuidv7(), n.name, n.name, 'ACTIVE', repeat('x', ?), 1, 1, 1, 1, 1, 1, now(), now()
        FROM (SELECT ? AS id) AS t, generate_series(1, ?) AS i,
             LATERAL (SELECT 'u' || lpad(i::text, 5, '0') || '@contoso.com') AS n (name)
        """
            .replace("repeat('x', ?)", "repeat('x', " + street + ")")
            .replace("(1, ?)", "(1, " + people + ")"));
  }

  private Response csv(String role, String query, String... units) {
    return given()
        .urlEncodingEnabled(false)
        .auth()
        .oauth2(people.token(role, units))
        .header("Accept", "text/csv")
        .get(query.isEmpty() ? "/v1/users" : "/v1/users?" + query);
  }

  private static List<String> lines(Response csv) {
    String text = new String(csv.asByteArray(), StandardCharsets.UTF_8).substring(1);
    assertThat(text).endsWith("\r\n");
    return List.of(text.split("\r\n"));
  }

  private static List<String> users(Response csv) {
    assertThat(csv.statusCode()).isEqualTo(200);
    return lines(csv).stream().skip(1).map(line -> line.substring(0, line.indexOf(','))).toList();
  }
}
