package io.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many users by SCIM: in one request, and page by page. */
class ScimBulkST {
  private static final String USERS = "/scim/v2/Users";

  private final RunningSystem system = RunningSystem.shared();

  @Test
  void aBulkIsOneJobWhoseOperationsStandOnEachOther() {
    Gateway admin = system.as("scim-bulk", "tenant-admin");

    JsonNode done =
        bulk(
            admin,
            "",
            post("m", "boss@scim-bulk.com", ""),
            post(
                "w",
                "worker@scim-bulk.com",
                ",\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{\"manager\":{\"value\":\"bulkId:m\"}}"),
            patch("bulkId:w", "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Clerk\"}"),
            patch("bulkId:w", "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Lead\"}"),
            post("x", "no name", ""),
            patch("nobody", "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"x\"}"));

    assertThat(statuses(done)).containsExactly("201", "201", "200", "200", "400", "404");
    assertThat(done.path("Operations").get(4).path("response").path("scimType").asText())
        .isEqualTo("invalidValue");
    assertThat(done.path("Operations").get(1).path("bulkId").asText()).isEqualTo("w");
    JsonNode boss = at(admin, done.path("Operations").get(0));
    JsonNode worker = at(admin, done.path("Operations").get(1));
    assertThat(worker.path("title").asText()).isEqualTo("Lead");
    assertThat(
            worker
                .path("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")
                .path("manager")
                .path("value")
                .asText())
        .isEqualTo(boss.path("id").asText());
    JsonNode jobs = admin.get("/v1/jobs?source=SCIM").json().path("items");
    assertThat(jobs).hasSize(1);
    assertThat(jobs.get(0).path("rows").path("total").asLong()).isEqualTo(5);
  }

  @Test
  void behindTheErrorsThatAreAllowedNothingIsBegun() {
    Gateway admin = system.as("scim-stop", "tenant-admin");
    bulk(admin, "", post("a", "taken@scim-stop.com", ""));

    JsonNode stopped =
        bulk(
            admin,
            "\"failOnErrors\":1,",
            post("b", "first@scim-stop.com", ""),
            post("c", "taken@scim-stop.com", ""),
            post("d", "never@scim-stop.com", ""));

    assertThat(statuses(stopped)).containsExactly("201", "409");
    assertThat(stopped.path("Operations").get(1).path("response").path("scimType").asText())
        .isEqualTo("uniqueness");
    assertThat(
            list(admin, "filter=" + encoded("userName eq \"never@scim-stop.com\""))
                .path("totalResults")
                .asInt())
        .isZero();
    assertThat(list(admin, "").path("totalResults").asInt()).isEqualTo(2);
  }

  @Test
  void pagesByIndexAndByCursorShowEveryUserOnce() {
    Gateway admin = system.as("scim-pages", "tenant-admin");
    String[] all = new String[7];
    for (int i = 0; i < all.length; i++) {
      all[i] = post("b" + i, "u" + i + "@scim-pages.com", "");
    }
    assertThat(statuses(bulk(admin, "", all))).containsOnly("201");

    List<String> byIndex = new ArrayList<>();
    for (int start = 1; start <= 7; start += 3) {
      JsonNode page = list(admin, "count=3&startIndex=" + start);
      assertThat(page.path("totalResults").asInt()).isEqualTo(7);
      page.path("Resources").forEach(user -> byIndex.add(user.path("userName").asText()));
    }
    List<String> byCursor = new ArrayList<>();
    for (String filter : List.of("", "filter=" + encoded("userName sw \"u\"") + "&")) {
      String cursor = "";
      do {
        JsonNode page = list(admin, filter + "count=3&cursor=" + cursor);
        page.path("Resources").forEach(user -> byCursor.add(user.path("userName").asText()));
        cursor = page.path("nextCursor").asText("");
      } while (!cursor.isEmpty());
    }

    assertThat(byIndex).hasSize(7).doesNotHaveDuplicates().isSorted();
    assertThat(byCursor).hasSize(14).hasSameElementsAs(byIndex);
    JsonNode projected = list(admin, "attributes=userName&count=1").path("Resources").get(0);
    assertThat(projected.has("displayName")).isFalse();
    assertThat(projected.has("id")).isTrue();
    assertThat(refusal(admin, "cursor=nonsense")).isEqualTo("invalidCursor");
    assertThat(refusal(admin, "filter=" + encoded("title eq \"x\""))).isEqualTo("invalidFilter");
    assertThat(refusal(admin, "filter=" + encoded("userName eq"))).isEqualTo("invalidFilter");
  }

  @Test
  void whatIsTooLargeIsRefusedWhole() {
    Gateway admin = system.as("scim-large", "tenant-admin");
    String[] many = new String[1_001];
    for (int i = 0; i < many.length; i++) {
      many[i] = "{\"method\":\"DELETE\",\"path\":\"/Users/x\"}";
    }

    Gateway.Answer operations = call(admin, "POST", "/scim/v2/Bulk", request("", many)).expect(413);
    Gateway.Answer bytes =
        call(admin, "POST", "/scim/v2/Bulk", " ".repeat(1024 * 1024 + 1)).expect(413);

    assertThat(operations.json().path("status").asText()).isEqualTo("413");
    assertThat(bytes.json().path("schemas").get(0).asText()).endsWith(":Error");
  }

  private static String post(String bulkId, String userName, String more) {
    return """
        {"method":"POST","path":"/Users","bulkId":"%s","data":{
         "schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%s","displayName":"N"%s}}"""
        .formatted(bulkId, userName, more);
  }

  private static String patch(String user, String operation) {
    return """
        {"method":"PATCH","path":"/Users/%s","data":{
         "schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[%s]}}"""
        .formatted(user, operation);
  }

  private static String request(String more, String... operations) {
    return """
        {"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],%s"Operations":[%s]}"""
        .formatted(more, String.join(",", operations));
  }

  private static JsonNode bulk(Gateway admin, String more, String... operations) {
    return call(admin, "POST", "/scim/v2/Bulk", request(more, operations)).expect(200).json();
  }

  private static List<String> statuses(JsonNode done) {
    List<String> statuses = new ArrayList<>();
    done.path("Operations").forEach(each -> statuses.add(each.path("status").asText()));
    return statuses;
  }

  private static JsonNode at(Gateway admin, JsonNode operation) {
    String location = operation.path("location").asText();
    return admin.get(location.substring(location.indexOf("/scim/"))).expect(200).json();
  }

  private static JsonNode list(Gateway admin, String query) {
    return admin.get(USERS + "?" + query).expect(200).json();
  }

  private static String refusal(Gateway admin, String query) {
    return admin.get(USERS + "?" + query).expect(400).json().path("scimType").asText();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Gateway.Answer call(Gateway admin, String method, String path, String body) {
    return admin.call(
        method,
        path,
        BodyPublishers.ofString(body),
        "Content-Type",
        "application/scim+json; charset=utf-8");
  }
}
