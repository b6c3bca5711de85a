package io.muster.gateway.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.problem.RequestRefused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SingleUserTest {
  @Test
  void passesColumnsOnAndLeavesNullsOut() {
    String json =
        """
        {"userPrincipalName":"chris@contoso.com","department":null,"blockSignIn":false,
         "licenses":["E3"]}""";

    assertThat(SingleUser.read(bytes(json)).toString())
        .isEqualTo(
            """
            {"userPrincipalName":"chris@contoso.com","blockSignIn":false,"licenses":["E3"]}""");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "displayName | {\"displayName\":5}",
        "displayNam | {\"displayNam\":\"x\"}",
        "blockSignIn | {\"blockSignIn\":1}",
        "licenses | {\"licenses\":\"E3\"}",
        "licenses | {\"licenses\":[3]}",
        "action | {\"action\":\"remove\"}",
        "userPrincipalName | {\"userPrincipalName\":[]}"
      })
  void namesTheFieldOfAWrongTypeOrName(String field, String json) {
    assertThatThrownBy(() -> SingleUser.read(bytes(json)))
        .isInstanceOfSatisfying(
            RequestRefused.class,
            refused -> {
              assertThat(refused.problem().code()).isEqualTo("INVALID_REQUEST");
              assertThat(refused.problem().field()).isEqualTo(field);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "\"x\"",
        "{",
        "{} {}",
        "{\"unit\":\"a\",\"unit\":\"b\"}",
        "null",
        "\u0000"
      })
  void refusesWhatIsNoObject(String json) {
    assertThatThrownBy(() -> SingleUser.read(bytes(json)))
        .isInstanceOfSatisfying(
            RequestRefused.class,
            refused -> assertThat(refused.problem().code()).isEqualTo("INVALID_REQUEST"));
  }

  @Test
  void takesTheNameWithoutTheBlanksAroundIt() {
    ObjectNode added = SingleUser.read(bytes("{\"userPrincipalName\":\" a@b.example\u00A0\"}"));
    ObjectNode named = SingleUser.read(new byte[0], "a@b.example ", SingleUser.NOTHING);

    assertThat(added.path("userPrincipalName").asText()).isEqualTo("a@b.example");
    assertThat(named.path("userPrincipalName").asText()).isEqualTo("a@b.example");
  }

  @Test
  void refusesBytesThatAreNoTextInAnyEncoding() {
    byte[] wrongOrder = {0, '{', 0, 0, 0, '}', 0, 0};
    byte[] beyondUnicode = {0, 0, 0, '{', 0x7F, 0, 0, 0, 0, 0, 0, '}'};

    for (byte[] body : List.of(wrongOrder, beyondUnicode)) {
      assertThatThrownBy(() -> SingleUser.read(body))
          .isInstanceOfSatisfying(
              RequestRefused.class,
              refused -> assertThat(refused.problem().code()).isEqualTo("INVALID_REQUEST"));
    }
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
