package io.muster.user.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.Actor;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowRulesTest {
  private static final Map<String, String> ADA = Map.of("displayName", "Ada");

  @Test
  void aGoodRowIsNotRefused() {
    assertThat(RowRules.refuseAdd(add("tenant-admin", "ada@contoso.com", ADA))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"password-admin", "reader", "operator", "hr-feed"})
  void onlyATenantAdminAdds(String role) {
    assertThat(code(add(role, "ada@contoso.com", ADA))).isEqualTo(RowCode.OPERATION_NOT_ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada", "@contoso.com", "a\0@contoso.com", "a\uD800@contoso.com"})
  void namesThatNoColumnTakesAreRefused(String name) {
    assertThat(code(add("tenant-admin", name, ADA))).isEqualTo(RowCode.INVALID_USER_PRINCIPAL_NAME);
  }

  @Test
  void lengthIsCountedAsPeopleCount() {
    String fits = "\uD83D\uDE00".repeat(64);

    assertThat(
            RowRules.refuseAdd(
                add("tenant-admin", "a@b.c", Map.of("displayName", "A", "firstName", fits))))
        .isEmpty();
    Outcome refused =
        RowRules.refuseAdd(
                add("tenant-admin", "a@b.c", Map.of("displayName", "A", "firstName", fits + "x")))
            .orElseThrow();
    assertThat(refused.code()).isEqualTo(RowCode.INVALID_VALUE);
    assertThat(refused.detail()).contains("FirstName").contains("64");
  }

  @Test
  void ofSeveralBadValuesTheFirstColumnsIsNamed() {
    Outcome refused =
        RowRules.refuseAdd(
                add(
                    "tenant-admin",
                    "a@b.c",
                    Map.of("displayName", "A", "unit", "a\0", "lastName", "a\0", "city", "a\0")))
            .orElseThrow();

    assertThat(refused.detail()).contains("LastName");
  }

  @Test
  void whatIsNoPropertyIsNotJudged() {
    assertThat(
            RowRules.refuseAdd(
                add("tenant-admin", "a@b.c", Map.of("displayName", "A", "later", "a\0"))))
        .isEmpty();
  }

  @Test
  void aDisplayNameIsMadeOfFirstAndLastName() {
    assertThat(RowRules.displayName(Map.of("firstName", "Ada", "lastName", "Byron")))
        .isEqualTo("Ada Byron");
    assertThat(RowRules.displayName(Map.of("lastName", "Byron"))).isEqualTo("Byron");
    assertThat(RowRules.displayName(Map.of("displayName", " ", "firstName", "Ada")))
        .isEqualTo("Ada");
    assertThat(code(add("tenant-admin", "a@b.c", Map.of()))).isEqualTo(RowCode.MISSING_VALUE);
  }

  private static RowCode code(UserCommand command) {
    return RowRules.refuseAdd(command).orElseThrow().code();
  }

  private static UserCommand add(String role, String name, Map<String, String> properties) {
    return new UserCommand(
        "contoso",
        new UUID(0x0190_0000_0000_7000L, 1),
        1,
        new Stamp(1, 1),
        Operation.ADD,
        name,
        false,
        false,
        null,
        properties,
        null,
        null,
        false,
        true,
        true,
        new Actor("ada", Set.of(role), Set.of()),
        null,
        null,
        null,
        false);
  }
}
