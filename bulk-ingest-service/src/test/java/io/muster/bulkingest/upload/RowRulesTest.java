package io.muster.bulkingest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.spool.RowRefusal;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.chassis.password.PasswordPolicy;
import io.muster.contracts.command.Operation;
import io.muster.contracts.result.RowCode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowRulesTest {
  private static final RowRules.Asked BY_ADMIN =
      new RowRules.Asked(Operation.ADD, Set.of("tenant-admin"), List.of(), Upload::sealed);
  private static final RowRules.Asked BY_ANOTHER =
      new RowRules.Asked(Operation.ADD, Set.of("hr-feed"), List.of(), Upload::sealed);

  private final RowRules rules = new RowRules(new PasswordPolicy());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chris@contoso.com",
        "a@b",
        "o'hara!#$%&*+-/=?^_`{|}~.x@sub.contoso-2.com",
        "müller@контора.рф",
        "用户1@例子.公司",
        "jose\u0301@contoso.com",
        "हिन्दी@contoso.com",
        "1@contoso.com",
      })
  void namesOfAnyScriptAreTaken(String name) {
    assertThat(with(Column.USER_PRINCIPAL_NAME, name).refusal()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chris",
        "@contoso.com",
        "chris@",
        "chris@@contoso.com",
        "ch ris@contoso.com",
        "chris@conto so.com",
        ".chris@contoso.com",
        "chris.@contoso.com",
        "chr..is@contoso.com",
        "chris@.contoso.com",
        "chris@contoso..com",
        "chris@contoso.com.",
        "chris@-contoso.com",
        "chris@contoso-.com",
        "chris@contoso_x.com",
        "chr\"is@contoso.com",
        "chr,is@contoso.com",
        "(chris)@contoso.com",
        "chr\nis@contoso.com",
        "😀@contoso.com",
        "\u0301chris@contoso.com",
      })
  void whatIsNoNameIsRefused(String name) {
    RowRefusal refusal = with(Column.USER_PRINCIPAL_NAME, name).refusal();

    assertThat(refusal.code()).isEqualTo(RowCode.INVALID_USER_PRINCIPAL_NAME);
    assertThat(refusal.column()).isEqualTo(Column.USER_PRINCIPAL_NAME);
    assertThat(refusal.detail()).doesNotContain(name);
  }

  @Test
  void aNameHas113CharactersAtMost() {
    String domain = "@contoso.com";
    String longest = "x".repeat(113 - domain.length()) + domain;

    assertThat(with(Column.USER_PRINCIPAL_NAME, longest).refusal()).isNull();
    assertThat(with(Column.USER_PRINCIPAL_NAME, "x" + longest).refusal().detail()).contains("113");
  }

  @Test
  void blanksAroundACellDoNotCountAndAGuardIsTakenOffOnce() {
    SpooledRow row =
        judge(
            Map.of(
                Column.USER_PRINCIPAL_NAME, " chris@contoso.com\u00A0",
                Column.DISPLAY_NAME, "''=Chris",
                Column.OFFICE_PHONE, "'+49 30",
                Column.CITY, "'s-Hertogenbosch"));

    assertThat(row.userPrincipalName()).isEqualTo("chris@contoso.com");
    assertThat(row.properties())
        .containsEntry("displayName", "''=Chris")
        .containsEntry("officePhone", "+49 30")
        .containsEntry("city", "'s-Hertogenbosch");
  }

  @Test
  void theDisplayNameIsMadeOfFirstAndLastName() {
    assertThat(nameless(Map.of(Column.FIRST_NAME, "Chris", Column.LAST_NAME, "Green")).properties())
        .containsEntry("displayName", "Chris Green");
    assertThat(nameless(Map.of(Column.LAST_NAME, "Green")).properties())
        .containsEntry("displayName", "Green");
    RowRefusal refusal = nameless(Map.of(Column.DISPLAY_NAME, "  ")).refusal();
    assertThat(refusal.code()).isEqualTo(RowCode.MISSING_VALUE);
    assertThat(refusal.column()).isEqualTo(Column.DISPLAY_NAME);
  }

  @Test
  void whatIsMadeUpIsNotAmongWhatWasWritten() {
    SpooledRow row = nameless(Map.of(Column.FIRST_NAME, "Chris"));

    assertThat(row.columns()).doesNotContainKey("DisplayName");
  }

  @Test
  void lengthsAreCountedAsPeopleCount() {
    assertThat(with(Column.FIRST_NAME, "😀".repeat(64)).refusal()).isNull();
    RowRefusal refusal = with(Column.FIRST_NAME, "x".repeat(65)).refusal();
    assertThat(refusal.code()).isEqualTo(RowCode.INVALID_VALUE);
    assertThat(refusal.detail()).contains("FirstName", "65", "64");
  }

  @Test
  void lineBreaksAreTextAndOtherControlCharactersAreNot() {
    assertThat(with(Column.STREET_ADDRESS, "1 Way\r\nRedmond\nUSA").refusal()).isNull();
    for (String control : List.of("a\tb", "a\u0000b", "a\u0007b", "a\u007Fb", "a\u0085b")) {
      RowRefusal refusal = with(Column.CITY, control).refusal();
      assertThat(refusal.code()).isEqualTo(RowCode.INVALID_VALUE);
      assertThat(refusal.detail()).contains("City");
    }
    assertThat(with(Column.CITY, "a\uD83Db").refusal().code()).isEqualTo(RowCode.INVALID_VALUE);
    assertThat(with(Column.CITY, "a\uFFFDb").refusal().detail()).contains("damaged");
    assertThat(with(Column.USER_PRINCIPAL_NAME, "a\uFFFDb@c.d").refusal().code())
        .isEqualTo(RowCode.INVALID_VALUE);
  }

  @Test
  void theUsageLocationIsACountry() {
    assertThat(with(Column.USAGE_LOCATION, "de").properties()).containsEntry("usageLocation", "DE");
    for (String other : List.of("XX", "USA", "Germany", "D")) {
      assertThat(with(Column.USAGE_LOCATION, other).refusal().code())
          .isEqualTo(RowCode.INVALID_VALUE);
    }
  }

  @Test
  void blockSignInNoMakesAnActiveAccount() {
    for (String no : List.of("No", "no", "FALSE", "0")) {
      assertThat(with(Column.BLOCK_SIGN_IN, no).active()).isTrue();
    }
    for (String yes : List.of("Yes", "true", "1")) {
      assertThat(with(Column.BLOCK_SIGN_IN, yes).active()).isFalse();
    }
    assertThat(with(Column.BLOCK_SIGN_IN, "perhaps").refusal().code())
        .isEqualTo(RowCode.INVALID_VALUE);
  }

  @Test
  void onlyTenantAdminsProtect() {
    assertThat(with(Column.PROTECTED, "yes").protectedAccount()).isTrue();
    assertThat(rules.judge(1, chrisWith(Column.PROTECTED, "no"), BY_ANOTHER).refusal()).isNull();
    assertThat(rules.judge(1, chrisWith(Column.PROTECTED, "yes"), BY_ANOTHER).refusal().code())
        .isEqualTo(RowCode.OPERATION_NOT_ALLOWED);
  }

  @Test
  void aGoodPasswordIsKeptSealedAloneAndAWeakOneNotAtAll() {
    SpooledRow weak = with(Column.PASSWORD, "Password1!");
    SpooledRow good = with(Column.PASSWORD, "Xk4-Vorn-Lapi-92");

    assertThat(weak.refusal().code()).isEqualTo(RowCode.PASSWORD_TOO_WEAK);
    assertThat(weak.sealedPassword()).isNull();
    assertThat(good.refusal()).isNull();
    assertThat(good.sealedPassword()).isEqualTo("sealed for chris@contoso.com, 16 characters");
    assertThat(good.columns()).containsEntry("Password", "(enter again)");
    assertThat(with(Column.PASSWORD, "").sealedPassword()).isNull();
  }

  @Test
  void aPasswordMustBeChangedUnlessTheRowSaysNo() {
    assertThat(with(Column.MUST_CHANGE_PASSWORD, "").mustChangePassword()).isTrue();
    assertThat(with(Column.MUST_CHANGE_PASSWORD, "Yes").mustChangePassword()).isTrue();
    assertThat(with(Column.MUST_CHANGE_PASSWORD, "false").mustChangePassword()).isFalse();
  }

  @Test
  void enableNeedsANameAloneAndTakesTheSeatsOfRowAndUpload() {
    RowRules.Asked enable =
        new RowRules.Asked(Operation.ENABLE, Set.of("tenant-admin"), List.of("E3"), Upload::sealed);

    SpooledRow row =
        rules.judge(
            1,
            Map.of(Column.USER_PRINCIPAL_NAME, "chris@contoso.com", Column.LICENSES, "VISIO; E3;"),
            enable);

    assertThat(row.refusal()).isNull();
    assertThat(row.operation()).isEqualTo(Operation.ENABLE);
    assertThat(row.licenses()).containsExactly("VISIO", "E3");
  }

  private SpooledRow with(Column column, String cell) {
    return rules.judge(1, chrisWith(column, cell), BY_ADMIN);
  }

  private SpooledRow judge(Map<Column, String> cells) {
    return rules.judge(1, cells, BY_ADMIN);
  }

  private SpooledRow nameless(Map<Column, String> cells) {
    Map<Column, String> all = new EnumMap<>(cells);
    all.put(Column.USER_PRINCIPAL_NAME, "chris@contoso.com");
    return judge(all);
  }

  private static Map<Column, String> chrisWith(Column column, String cell) {
    Map<Column, String> cells = new EnumMap<>(Column.class);
    cells.put(Column.USER_PRINCIPAL_NAME, "chris@contoso.com");
    cells.put(Column.DISPLAY_NAME, "Chris Green");
    cells.put(column, cell);
    return cells;
  }
}
