package io.muster.gateway.scim.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.gateway.directory.UsersInMemory;
import io.muster.gateway.scim.user.ProvisioningUsers.Asking;
import io.muster.gateway.scim.user.ScimJson;
import io.muster.gateway.scim.user.ScimParts;
import io.muster.gateway.scim.user.ScimUrns;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each operation of a Bulk stands on what those before it leave. */
class PlanningABulkTest {
  private static final String ID = "01990f3c-7a10-7cc0-8a2e-5f6d1f0a9b12";
  private static final String MANAGER = ScimUrns.ENTERPRISE + ":manager";

  private final UsersInMemory users =
      new UsersInMemory(
          json(
              """
              {"id":"%s","userPrincipalName":"b@x.com","state":"ACTIVE","displayName":"B",
               "protected":false,"licenses":[{"sku":"E3"}]}\
              """
                  .formatted(ID)));

  @Test
  void aUserThatIsNewHereCanBeChangedAndNamedAsAManager() {
    List<String> planned =
        plan(
            0,
            post("m", "boss@x.com", ",\"active\":true"),
            post(
                "w",
                "w@x.com",
                ",\"%s\":{\"manager\":{\"value\":\"bulkId:m\"}}".formatted(ScimUrns.ENTERPRISE)),
            patch("bulkId:w", "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Clerk\"}"),
            patch("bulkId:w", "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Clerk\"}"),
            patch("bulkId:w", "{\"op\":\"replace\",\"path\":\"active\",\"value\":\"True\"}"),
            patch("bulkId:x", "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Clerk\"}"));

    assertThat(planned)
        .containsExactly(
            "boss@x.com ADD{\"displayName\":\"N\",\"blockSignIn\":false}",
            "w@x.com ADD{\"displayName\":\"N\",\"manager\":\"boss@x.com\"}",
            "w@x.com SET{\"jobTitle\":\"Clerk\"}",
            "w@x.com",
            "w@x.com ENABLE{}",
            "404");
  }

  @Test
  void aUserThatIsThereIsLookedUpOnceWithAllOthers() {
    List<String> planned =
        plan(
            0,
            patch(
                ID,
                """
                {"op":"replace","path":"%s:licenses","value":["E5"]},
                {"op":"add","path":"%s","value":"c@x.com"}\
                """
                    .formatted(ScimUrns.MUSTER, MANAGER)),
            patch(ID, "{\"op\":\"replace\",\"value\":{\"active\":\"False\"}}"),
            patch(ID, "{\"op\":\"replace\",\"value\":{\"active\":\"False\"}}"),
            "{\"method\":\"DELETE\",\"path\":\"/Users/" + ID + "\"}",
            "{\"method\":\"DELETE\",\"path\":\"/Users/" + ID + "\"}");

    assertThat(planned)
        .containsExactly(
            "b@x.com SET{\"manager\":\"c@x.com\"} SET_LICENSES{\"licenses\":[\"E5\"]}",
            "b@x.com DISABLE{}",
            "b@x.com",
            "b@x.com REMOVE{}",
            "404");
    assertThat(users.lookUps()).isEqualTo(1);
  }

  @Test
  void whatTheRfcsOwnExampleWritesOtherwiseIsTakenAsItIsMeant() {
    String bare =
        "{\"method\":\"PATCH\",\"path\":\"/Users/%s\",\"data\":%s}"
            .formatted(ID, "[{\"op\":\"add\",\"path\":\"title\",\"value\":\"Lead\"}]");

    String misspelt =
        post("m", "m@x.com", "")
            .replace("scim:schemas:core:2.0:User", "scim:api:messages:2.0:User");

    assertThat(plan(0, bare, bare.replaceAll("\\[.*]", "[]"), misspelt))
        .containsExactly(
            "b@x.com SET{\"jobTitle\":\"Lead\"}", "400", "m@x.com ADD{\"displayName\":\"N\"}");
  }

  @Test
  void whatCanBeRefusedComesBeforeAPasswordThatStays() {
    List<String> planned =
        plan(
            0,
            patch(
                ID,
                """
                {"op":"replace","path":"password","value":"Xk4-Vorn-Lapi-92"},
                {"op":"replace","path":"%s:licenses","value":["E5"]},
                {"op":"replace","path":"title","value":"Clerk"}\
                """
                    .formatted(ScimUrns.MUSTER)));

    assertThat(planned)
        .containsExactly(
            "b@x.com SET{\"jobTitle\":\"Clerk\"} SET_LICENSES{\"licenses\":[\"E5\"]}"
                + " SET_PASSWORD{\"password\":\"Xk4-Vorn-Lapi-92\"}");
  }

  @Test
  void aNewPasswordHasToBeChangedUnlessItsPatchSaysOtherwiseWhateverHeldForTheOldOne() {
    String password = "{\"op\":\"replace\",\"path\":\"password\",\"value\":\"Xk4-Vorn-Lapi-92\"}";
    String stays =
        ",{\"op\":\"add\",\"path\":\"%s:mustChangePassword\",\"value\":false}"
            .formatted(ScimUrns.MUSTER);

    assertThat(plan(0, patch(ID, password), patch(ID, password + stays)))
        .containsExactly(
            "b@x.com SET_PASSWORD{\"password\":\"Xk4-Vorn-Lapi-92\"}",
            "b@x.com SET_PASSWORD{\"password\":\"Xk4-Vorn-Lapi-92\",\"mustChangePassword\":false}");
  }

  @Test
  void anOperationMayDemandAVersionWhichNoneHasThatWasChangedBefore() {
    String title = "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"%s\"}";
    String now =
        ScimParts.showing(users)
            .showWithoutManagers(users.lookUp("ID", List.of(ID), null).get(0), "http://x/scim/v2")
            .path("meta")
            .path("version")
            .asText();

    assertThat(
            plan(
                0,
                ofVersion("W/\"other\"", patch(ID, title.formatted("A"))),
                ofVersion(now, patch(ID, title.formatted("B"))),
                ofVersion(now, patch(ID, title.formatted("C")))))
        .containsExactly("412", "b@x.com SET{\"jobTitle\":\"B\"}", "412");
  }

  private static String ofVersion(String version, String operation) {
    return json(operation).put("version", version).toString();
  }

  @Test
  void behindSoManyErrorsNothingIsPlanned() {
    String none = "{\"method\":\"GET\",\"path\":\"/Users\"}";

    assertThat(plan(2, none, post("a", "a@x.com", ""), none, post("b", "b@x.com", "")))
        .containsExactly("400", "a@x.com ADD{\"displayName\":\"N\"}", "400");
  }

  private List<String> plan(int mostErrors, String... operations) {
    List<JsonNode> sent = new ArrayList<>();
    for (String each : operations) {
      sent.add(json(each));
    }
    return new PlanningABulk(users, ScimParts.showing(users), ScimParts.names())
        .plan(sent, mostErrors, new Asking("http://x/scim/v2", "Bearer t", null)).stream()
            .map(PlanningABulkTest::told)
            .toList();
  }

  private static String told(PlannedOperation planned) {
    if (planned.order() == null) {
      return planned.refusedFor(planned.refused(), "http://x").path("status").asText();
    }
    StringBuilder told = new StringBuilder(planned.order().userName());
    planned
        .order()
        .rows()
        .forEach(row -> told.append(' ').append(row.operation()).append(row.fields()));
    return told.toString();
  }

  private static String post(String bulkId, String userName, String more) {
    return """
    {"method":"POST","path":"/Users","bulkId":"%s","data":{
     "schemas":["%s"],"userName":"%s","displayName":"N"%s}}\
    """
        .formatted(bulkId, ScimUrns.USER, userName, more);
  }

  private static String patch(String user, String operations) {
    return """
    {"method":"PATCH","path":"/Users/%s","data":{"schemas":["%s"],"Operations":[%s]}}\
    """
        .formatted(user, ScimUrns.PATCH, operations);
  }

  private static ObjectNode json(String text) {
    return ScimJson.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
