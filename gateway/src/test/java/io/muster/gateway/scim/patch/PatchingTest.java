package io.muster.gateway.scim.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.command.AccountProperty;
import io.muster.gateway.scim.user.ScimJson;
import io.muster.gateway.scim.user.ScimUrns;
import io.muster.gateway.scim.user.WantedUser;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A PATCH by the RFC, and as Entra ID and Okta send it. */
class PatchingTest {
  private static final ObjectNode USER =
      json(
          """
          {"schemas":["%s","%s"],"id":"1","userName":"b@x.com","active":true,
           "displayName":"Babs","title":"Guide","name":{"givenName":"Barbara","familyName":"Jensen"},
           "emails":[{"value":"b@example.com","type":"work","primary":true}],
           "phoneNumbers":[{"value":"1","type":"work"},{"value":"2","type":"mobile"}],
           "%s":{"department":"Tours"},"%s":{"licenses":["E3","VISIO"],"protected":false}}"""
              .formatted(ScimUrns.USER, ScimUrns.ENTERPRISE, ScimUrns.ENTERPRISE, ScimUrns.MUSTER));

  @Test
  void entraIdUpdatesAUsersMultiValuedProperties() {
    // learn.microsoft.com, "Develop a SCIM endpoint": Update User [Multi-valued properties]
    WantedUser wanted =
        patched(
            """
            {"op":"Replace","path":"emails[type eq \\"work\\"].value","value":"updatedEmail@microsoft.com"},
            {"op":"Replace","path":"name.familyName","value":"updatedFamilyName"}""");

    assertThat(value(wanted, AccountProperty.ALTERNATE_EMAIL))
        .contains("updatedEmail@microsoft.com");
    assertThat(value(wanted, AccountProperty.LAST_NAME)).contains("updatedFamilyName");
    assertThat(value(wanted, AccountProperty.FIRST_NAME)).contains("Barbara");
  }

  @Test
  void entraIdDisablesAUserByTextAndByBoolean() {
    assertThat(patched("{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}").active())
        .isFalse();
    assertThat(patched("{\"op\":\"Replace\",\"path\":\"active\",\"value\":false}").active())
        .isFalse();
    assertThat(patched("{\"op\":\"Add\",\"path\":\"active\",\"value\":\"True\"}").active())
        .isTrue();
  }

  @Test
  void entraIdAddsValuesThatAreNotThereYet() {
    WantedUser wanted =
        patched(
            """
            {"op":"Add","path":"phoneNumbers[type eq \\"fax\\"].value","value":"3"},
            {"op":"Add","path":"addresses[type eq \\"work\\"].locality","value":"Hollywood"},
            {"op":"Add","path":"preferredLanguage","value":"en"},
            {"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber","value":"701984"},
            {"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":"m@x.com"}""");

    assertThat(value(wanted, AccountProperty.FAX)).contains("3");
    assertThat(value(wanted, AccountProperty.OFFICE_PHONE)).contains("1");
    assertThat(value(wanted, AccountProperty.CITY)).contains("Hollywood");
    assertThat(value(wanted, AccountProperty.EMPLOYEE_ID)).contains("701984");
    assertThat(value(wanted, AccountProperty.DEPARTMENT)).contains("Tours");
    assertThat(wanted.manager()).isEqualTo("m@x.com");
  }

  @Test
  void anOperationWithoutAPathMayHavePathsForNames() {
    WantedUser wanted =
        patched(
            """
            {"op":"Add","value":{"displayName":"Bjfe","name.givenName":"Bjorn","active":"False",
             "emails[type eq \\"work\\"].value":"bj@example.com",
             "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department":"Sales"}},
            {"op":"replace","value":{"urn:ietf:params:scim:schemas:extension:muster:2.0:User":{"unit":"Rome"}}}""");

    assertThat(value(wanted, AccountProperty.DISPLAY_NAME)).contains("Bjfe");
    assertThat(value(wanted, AccountProperty.FIRST_NAME)).contains("Bjorn");
    assertThat(value(wanted, AccountProperty.ALTERNATE_EMAIL)).contains("bj@example.com");
    assertThat(value(wanted, AccountProperty.DEPARTMENT)).contains("Sales");
    assertThat(value(wanted, AccountProperty.UNIT)).contains("Rome");
    assertThat(wanted.active()).isFalse();
  }

  @Test
  void oktaDeactivatesByAnObject() {
    // developer.okta.com, "SCIM 2.0": Update a specific User (PATCH)
    assertThat(patched("{\"op\":\"replace\",\"value\":{\"active\":false}}").active()).isFalse();
    assertThat(
            patched("{\"op\":\"replace\",\"value\":{\"password\":\"Xk4-Vorn-Lapi\"}}").password())
        .isEqualTo("Xk4-Vorn-Lapi");
  }

  @Test
  void valuesAreRemovedAllAtOnceOrOneByOne() {
    assertThat(value(patched("{\"op\":\"remove\",\"path\":\"title\"}"), AccountProperty.JOB_TITLE))
        .isEmpty();
    WantedUser phones =
        patched("{\"op\":\"remove\",\"path\":\"phoneNumbers[type eq \\\"mobile\\\"]\"}");
    assertThat(value(phones, AccountProperty.MOBILE_PHONE)).isEmpty();
    assertThat(value(phones, AccountProperty.OFFICE_PHONE)).contains("1");
    String licenses = "\"path\":\"" + ScimUrns.MUSTER + ":licenses";
    assertThat(patched("{\"op\":\"remove\"," + licenses + "[value eq \\\"E3\\\"]\"}").licenses())
        .containsExactly("VISIO");
    assertThat(patched("{\"op\":\"Remove\"," + licenses + "\",\"value\":[\"VISIO\"]}").licenses())
        .containsExactly("E3");
    assertThat(patched("{\"op\":\"remove\"," + licenses + "\"}").licenses()).isEmpty();
    assertThat(patched("{\"op\":\"add\"," + licenses + "\",\"value\":\"E5\"}").licenses())
        .containsExactly("E3", "VISIO", "E5");
  }

  @Test
  void whatIsNotTouchedIsAsItWas() {
    WantedUser wanted = patched("{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Lead\"}");

    assertThat(wanted.active()).isTrue();
    assertThat(wanted.licenses()).containsExactly("E3", "VISIO");
    assertThat(value(wanted, AccountProperty.ALTERNATE_EMAIL)).contains("b@example.com");
    assertThat(USER.path("title").asText()).isEqualTo("Guide");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'op':'replace','path':'id','value':'2'} | mutability",
        "{'op':'replace','path':'shoeSize','value':'42'} | invalidPath",
        "{'op':'replace','path':'name.first.second','value':'x'} | invalidPath",
        "{'op':'replace','path':'emails[type','value':'x'} | invalidPath",
        "{'op':'remove','path':'phoneNumbers[type eq \"pager\"]'} | noTarget",
        "{'op':'remove'} | noTarget",
        "{'op':'replace','value':'x'} | invalidValue",
        "{'op':'fly','path':'title'} | invalidSyntax",
        "{'op':'replace','path':'active','value':'perhaps'} | invalidValue",
        "{'op':'replace','path':'title','value':'-'} | invalidValue",
      })
  void whatCanNotBeIsRefusedInTheRfcsWords(String operation, String type) {
    assertThatThrownBy(
            () -> patched(operation.replace('\'', '"').replace("\"pager\"", "\\\"pager\\\"")))
        .isInstanceOfSatisfying(
            RequestRefused.class,
            refused -> assertThat(refused.problem().more()).containsEntry("scimType", type));
  }

  private static Optional<String> value(WantedUser wanted, AccountProperty property) {
    return wanted.properties().get(property);
  }

  private static WantedUser patched(String operations) {
    ObjectNode body = json("{\"Operations\":[" + operations + "]}");
    return WantedUser.of(Patching.apply(USER, PatchRequest.of(body)));
  }

  private static ObjectNode json(String text) {
    return ScimJson.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
