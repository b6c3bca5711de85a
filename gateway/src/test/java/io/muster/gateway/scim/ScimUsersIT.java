package io.muster.gateway.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.gateway.BulkIngestStandIn;
import io.muster.gateway.Bus;
import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.Jobs;
import io.muster.gateway.UserServiceStandIn;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SCIM's users, with stand-ins for those who know and change them. */
@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class ScimUsersIT {
  private static final String TENANT = "scimmer";
  private static final String USERS = "/scim/v2/Users";
  private static final String ID = "01990f3c-7a10-7cc0-8a2e-5f6d1f0a9b12";
  private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:User";
  private static final String MUSTER = "urn:ietf:params:scim:schemas:extension:muster:2.0:User";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BlockingQueue<JsonNode> orders = new LinkedBlockingQueue<>();
  private ObjectNode barbara;

  @BeforeEach
  void barbaraIsThere() throws IOException {
    barbara =
        (ObjectNode)
            JSON.readTree(
                """
                {"id":"%s","userPrincipalName":"b@x.com","state":"DISABLED","displayName":"Barbara",
                 "externalId":"e-1","jobTitle":"Guide","credential":"NONE","protected":false,
                 "mustChangePassword":false,"createdAt":"2026-01-02T03:04:05Z",
                 "updatedAt":"2026-01-02T03:04:06Z"}"""
                    .formatted(ID));
    UserServiceStandIn.shared().onPath("/v1/users/lookup", this::lookUp);
    UserServiceStandIn.shared().knows("/v1/users/count", "{\"count\":1}");
  }

  @AfterEach
  void othersAskAnew() {
    UserServiceStandIn.shared().forget("/v1/users/lookup");
  }

  @Test
  void aNewUserIsOneRowOfAScimJobAndIsToldWithItsAddressAndVersion() throws Exception {
    rowsEndWith(job -> Bus.added(job, 1));

    asked()
        .body(
            """
            {"schemas":["%s"],"userName":"b@x.com","active":true,"externalId":"e-1","nickName":"Babs",
             "name":{"formatted":"Barbara J"},"password":"Xk4-Vorn-Lapi-92"}"""
                .formatted(CORE))
        .post(USERS)
        .then()
        .statusCode(201)
        .contentType(startsWith("application/scim+json"))
        .header("Location", endsWith("/scim/v2/Users/" + ID))
        .header("Location", startsWith("http"))
        .header("ETag", startsWith("W/\""))
        .body("id", equalTo(ID))
        .body("meta.resourceType", equalTo("User"))
        .body("meta.location", endsWith("/scim/v2/Users/" + ID))
        .body("externalId", equalTo("e-1"))
        .body("password", nullValue());

    JsonNode row = orders.take().get(0).path("rows").get(0);
    assertThat(row.path("operation").asText()).isEqualTo("add");
    assertThat(row.path("generate").asBoolean(true)).isFalse();
    assertThat(row.path("fields").path("displayName").asText()).isEqualTo("Barbara J");
    assertThat(row.path("fields").path("externalId").asText()).isEqualTo("e-1");
    assertThat(row.path("fields").path("blockSignIn").asBoolean(true)).isFalse();
    assertThat(row.path("fields").path("password").asText()).isEqualTo("Xk4-Vorn-Lapi-92");
  }

  @Test
  void whatAServiceRefusesIsToldInScimsWords() {
    rowsEndWith(job -> Bus.refused(job, 1, RowCode.USER_ALREADY_EXISTS, null));

    asked()
        .body("{\"schemas\":[\"%s\"],\"userName\":\"b@x.com\"}".formatted(CORE))
        .post(USERS)
        .then()
        .statusCode(409)
        .contentType(startsWith("application/scim+json"))
        .body("schemas", hasSize(1))
        .body("status", equalTo("409"))
        .body("scimType", equalTo("uniqueness"));
  }

  @Test
  void whatTheDoorRefusesIsA400() {
    ordersAreAnswered(
        """
        {"job":null,"taken":1,"refused":[{"order":0,"code":"PASSWORD_TOO_WEAK",
         "detail":"Password is on a common list.","field":"password"}]}""");

    asked()
        .body("{\"schemas\":[\"%s\"],\"userName\":\"b@x.com\"}".formatted(CORE))
        .post(USERS)
        .then()
        .statusCode(400)
        .body("scimType", equalTo("invalidValue"))
        .body("detail", containsString("common list"));
  }

  @Test
  void aPatchIsTheDifferenceAndNoneIsNoJob() throws Exception {
    rowsEndWith(job -> Bus.added(job, 1));

    patch("{\"op\":\"Replace\",\"path\":\"title\",\"value\":\"Guide\"}").then().statusCode(200);
    assertThat(orders).isEmpty();
    patch("{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"True\"}").then().statusCode(200);

    JsonNode rows = orders.take().get(0).path("rows");
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).path("operation").asText()).isEqualTo("enable");
  }

  @Test
  void aPutClearsWhatItLeavesOutButNotWholeExtensions() throws Exception {
    barbara.put("unit", "Rome").put("department", "Tours").put("state", "ACTIVE");
    barbara.putArray("licenses").addObject().put("sku", "E3");
    rowsEndWith(job -> Bus.added(job, 1));

    asked()
        .body(
            "{\"schemas\":[\"%s\"],\"userName\":\"B@x.com\",\"displayName\":\"Barbara\"}"
                .formatted(CORE))
        .put(USERS + "/" + ID)
        .then()
        .statusCode(200);

    JsonNode rows = orders.take().get(0).path("rows");
    assertThat(rows).as("active, licenses and password stay").hasSize(1);
    JsonNode fields = rows.get(0).path("fields");
    assertThat(fields.path("jobTitle").asText()).isEqualTo("-");
    assertThat(fields.path("externalId").asText()).isEqualTo("-");
    assertThat(fields.has("unit")).isFalse();
    assertThat(fields.has("department")).isFalse();
    asked()
        .body("{\"schemas\":[\"%s\"],\"userName\":\"other@x.com\"}".formatted(CORE))
        .put(USERS + "/" + ID)
        .then()
        .statusCode(400)
        .body("scimType", equalTo("mutability"));
  }

  @Test
  void versionsAreKeptTo() {
    String version = asked().get(USERS + "/" + ID).then().extract().header("ETag");

    asked().header("If-None-Match", version).get(USERS + "/" + ID).then().statusCode(304);
    asked().header("If-Match", "W/\"other\"").delete(USERS + "/" + ID).then().statusCode(412);
    asked()
        .header("If-Match", "W/\"other\"")
        .body("{\"schemas\":[\"%s\"],\"userName\":\"b@x.com\"}".formatted(CORE))
        .put(USERS + "/" + ID)
        .then()
        .statusCode(412);
    asked()
        .header("If-Match", "W/\"other\"")
        .body(patchBody("{\"op\":\"replace\",\"path\":\"title\",\"value\":\"x\"}"))
        .patch(USERS + "/" + ID)
        .then()
        .statusCode(412);
    assertThat(orders).isEmpty();
    barbara.put("jobTitle", "Lead");
    assertThat(asked().get(USERS + "/" + ID).header("ETag")).isNotEqualTo(version);
  }

  @Test
  void whoIsNotThereIsNotFoundAndALookUpOfNobodyIsAnEmptyList() {
    asked().get(USERS + "/nobody").then().statusCode(404).body("status", equalTo("404"));
    asked()
        .queryParam("filter", "userName eq \"nobody@x.com\"")
        .get(USERS)
        .then()
        .statusCode(200)
        .body("totalResults", equalTo(0))
        .body("Resources", hasSize(0));
    asked()
        .queryParam("filter", "externalId eq \"e-1\"")
        .queryParam("attributes", "userName," + MUSTER + ":credential")
        .get(USERS)
        .then()
        .body("totalResults", equalTo(1))
        .body("Resources[0].userName", equalTo("b@x.com"))
        .body("Resources[0].id", equalTo(ID))
        .body("Resources[0].title", nullValue());
  }

  @Test
  void whatIsLookedUpIsHeldAgainstTheWholeFilter() {
    for (String meant : List.of("title eq \"guide\"", "active eq false", "not (title eq \"x\")")) {
      found("externalId eq \"e-1\" and " + meant, 1);
    }
    for (String other : List.of("title eq \"x\"", "active eq true", "not (title pr)")) {
      found("externalId eq \"e-1\" and " + other, 0);
    }
    found("userName eq \"b@x.com\" or externalId eq \"e-1\"", 1);
  }

  private static void found(String filter, int users) {
    asked()
        .queryParam("filter", filter)
        .get(USERS)
        .then()
        .statusCode(200)
        .body("totalResults", equalTo(users))
        .body("Resources", hasSize(users));
  }

  @Test
  void whatIsAskedWronglyIsRefusedWithItsType() {
    String many = "userName eq \"b@x.com\"" + " and title pr".repeat(50);
    refused("filter", many, "invalidFilter");
    asked()
        .body(
            "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:SearchRequest\"],\"filter\":\"%s\"}"
                .formatted("b".repeat(8_193)))
        .post(USERS + "/.search")
        .then()
        .statusCode(400)
        .body("detail", containsString("8192 characters"));
    refused("startIndex", "100001", "invalidValue");
    refused("startIndex", "x", "invalidValue");
    refused("count", "x", "invalidCount");
    refused("cursor", "nonsense", "invalidCursor");
    asked().get(USERS + "?cursor=&startIndex=1").then().statusCode(400);
    asked().get("/scim/v2/Schemas?filter=id%20pr").then().statusCode(403);
    asked().get("/scim/v2/ResourceTypes?filter=id%20pr").then().statusCode(403);
    asked()
        .body("{\"userName\":\"b@x.com\"}")
        .post(USERS)
        .then()
        .statusCode(400)
        .body("scimType", equalTo("invalidSyntax"));
    asked()
        .body("{\"Operations\":[{\"op\":\"remove\",\"path\":\"title\"}]}")
        .patch(USERS + "/" + ID)
        .then()
        .statusCode(400)
        .body("scimType", equalTo("invalidSyntax"));
    asked()
        .body("{\"filter\":\"userName pr\"}")
        .post(USERS + "/.search")
        .then()
        .statusCode(400)
        .body("scimType", equalTo("invalidSyntax"));
    assertThat(orders).isEmpty();
  }

  private static void refused(String parameter, String value, String type) {
    asked()
        .queryParam(parameter, value)
        .get(USERS)
        .then()
        .statusCode(400)
        .body("scimType", equalTo(type));
  }

  @Test
  void everyRefusalSpeaksScim() {
    for (String path : List.of("/scim/v2/Nothing", "/scim/v2/ResourceTypes/Group")) {
      asked().get(path).then().statusCode(404).body("schemas[0]", endsWith(":Error"));
    }
    asked()
        .queryParam("filter", "title eq \"x\"")
        .get(USERS)
        .then()
        .statusCode(400)
        .body("scimType", equalTo("invalidFilter"));
    asked().body("{").post(USERS).then().statusCode(400).body("scimType", equalTo("invalidSyntax"));
    asked()
        .body(" ".repeat(1024 * 1024 + 1))
        .post("/scim/v2/Bulk")
        .then()
        .statusCode(413)
        .body("status", equalTo("413"));
    RestAssured.given().get(USERS).then().statusCode(401).body("status", equalTo("401"));
  }

  @Test
  void itDescribesItself() {
    asked()
        .get("/scim/v2/ServiceProviderConfig")
        .then()
        .statusCode(200)
        .body("patch.supported", equalTo(true))
        .body("bulk.maxOperations", equalTo(1000))
        .body("pagination.cursor", equalTo(true))
        .body("meta.location", endsWith("/scim/v2/ServiceProviderConfig"));
    asked()
        .get("/scim/v2/ResourceTypes/User")
        .then()
        .body("schemaExtensions", hasSize(2))
        .body("endpoint", equalTo("/Users"));
    asked().get("/scim/v2/Schemas").then().body("totalResults", equalTo(3));
    asked().get("/scim/v2/Schemas/" + MUSTER).then().body("id", equalTo(MUSTER));
  }

  private io.restassured.response.Response patch(String operation) {
    return asked().body(patchBody(operation)).patch(USERS + "/" + ID);
  }

  private static String patchBody(String operation) {
    return "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[%s]}"
        .formatted(operation);
  }

  private static RequestSpecification asked() {
    return Callers.admin(TENANT)
        .config(
            RestAssured.config()
                .encoderConfig(
                    EncoderConfig.encoderConfig()
                        .encodeContentTypeAs("application/scim+json", ContentType.TEXT)))
        .contentType("application/scim+json; charset=utf-8");
  }

  /** Barbara, for whoever asks by anything that she has. */
  private void lookUp(HttpExchange exchange) throws IOException {
    JsonNode wanted = JSON.readTree(exchange.getRequestBody());
    String field =
        switch (wanted.path("by").asText()) {
          case "ID" -> "id";
          case "USER_PRINCIPAL_NAME" -> "userPrincipalName";
          default -> "externalId";
        };
    ArrayNode items = JSON.createArrayNode();
    for (JsonNode value : wanted.path("values")) {
      if (value.asText().equals(barbara.path(field).asText())) {
        items.add(barbara);
      }
    }
    ObjectNode found = JSON.createObjectNode();
    found.set("items", items);
    BulkIngestStandIn.answer(exchange, 200, found.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void rowsEndWith(Function<JobSnapshot, RowResult> end) {
    BulkIngestStandIn.shared()
        .onPath(
            "/v1/orders",
            exchange -> {
              orders.add(JSON.readTree(exchange.getRequestBody()));
              JobSnapshot job = Jobs.single(Jobs.newId(), TENANT, "ada");
              try (Bus bus = new Bus()) {
                bus.send(List.of(end.apply(job)));
              }
              ObjectNode admitted = JSON.createObjectNode().put("taken", 1);
              admitted.putArray("refused");
              admitted.set("job", JSON.readTree(Jobs.json(job)));
              BulkIngestStandIn.answer(
                  exchange, 202, admitted.toString().getBytes(StandardCharsets.UTF_8));
            });
  }

  private static void ordersAreAnswered(String json) {
    BulkIngestStandIn.shared()
        .onPath(
            "/v1/orders",
            exchange -> {
              exchange.getRequestBody().readAllBytes();
              BulkIngestStandIn.answer(exchange, 202, json.getBytes(StandardCharsets.UTF_8));
            });
  }
}
