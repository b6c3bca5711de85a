package io.muster.bulkingest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.spool.RowRefusal;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.upload.rule.AllowedDomains;
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
  private static final RowRules.Asked BY_ADMIN = asked(Operation.ADD, "tenant-admin");

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
  void blanksAroundACellDoNotCountAndAnApostropheOfACallIsALetter() {
    SpooledRow row =
        judge(
            Map.of(
                Column.USER_PRINCIPAL_NAME, " chris@contoso.com\u00A0",
                Column.DISPLAY_NAME, "'=Chris",
                Column.OFFICE_PHONE, " +49 30",
                Column.CITY, "'s-Hertogenbosch"));

    assertThat(row.userPrincipalName()).isEqualTo("chris@contoso.com");
    assertThat(row.properties())
        .containsEntry("displayName", "'=Chris")
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
    RowRules.Asked another = asked(Operation.SET_PASSWORD, "password-admin");
    assertThat(rules.judge(1, chrisWith(Column.PROTECTED, "no"), another).refusal()).isNull();
    RowRefusal refusal = rules.judge(1, chrisWith(Column.PROTECTED, "yes"), another).refusal();
    assertThat(refusal.code()).isEqualTo(RowCode.OPERATION_NOT_ALLOWED);
    assertThat(refusal.column()).isEqualTo(Column.PROTECTED);
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
    RowRules.Asked enable = licensed(Operation.ENABLE, "E3");

    SpooledRow row =
        rules.judge(
            1,
            Map.of(Column.USER_PRINCIPAL_NAME, "chris@contoso.com", Column.LICENSES, "VISIO; E3;"),
            enable);

    assertThat(row.refusal()).isNull();
    assertThat(row.operation()).isEqualTo(Operation.ENABLE);
    assertThat(row.licenses()).containsExactly("VISIO", "E3");
  }

  @Test
  void everyOperationNeedsANameAloneButAdd() {
    for (Operation operation : Operation.values()) {
      SpooledRow row = bare(operation);

      assertThat(row.operation()).isEqualTo(operation);
      assertThat(row.refusal() == null).isEqualTo(operation != Operation.ADD);
      assertThat(row.properties()).isEmpty();
      assertThat(row.sealedPassword()).isNull();
      assertThat(row.licenses()).isEmpty();
      assertThat(row.exactLicenses()).isNull();
    }
  }

  @Test
  void aRowsActionCountsBeforeTheFiles() {
    Map<Column, String> remove = Map.of(Column.USER_PRINCIPAL_NAME, "a@b", Column.ACTION, "Remove");

    assertThat(judge(remove).operation()).isEqualTo(Operation.REMOVE);
    assertThat(judge(remove).refusal()).isNull();
  }

  @Test
  void passwordAdministratorsSetPasswordsAndNothingElse() {
    for (Operation operation : Operation.values()) {
      Map<Column, String> cells = new EnumMap<>(chrisWith(Column.ACTION, operation.word()));

      RowRefusal refusal =
          rules.judge(1, cells, asked(Operation.SET_PASSWORD, "password-admin")).refusal();

      if (operation == Operation.SET_PASSWORD) {
        assertThat(refusal).isNull();
      } else {
        assertThat(refusal.code()).isEqualTo(RowCode.OPERATION_NOT_ALLOWED);
        assertThat(refusal.column()).isEqualTo(Column.ACTION);
        assertThat(refusal.detail()).contains(operation.word());
      }
    }
  }

  @Test
  void whoIsNeitherAdministratorMayAskForNothing() {
    for (String role : List.of("reader", "operator", "hr-feed")) {
      assertThat(rules.judge(1, chrisWith(Column.CITY, "X"), asked(Operation.SET, role)).refusal())
          .extracting(RowRefusal::code)
          .isEqualTo(RowCode.OPERATION_NOT_ALLOWED);
    }
  }

  @Test
  void setLicensesKnowsLeavingAloneNoneAndTheExactSet() {
    RowRules.Asked plain = licensed(Operation.SET_LICENSES);
    RowRules.Asked withE3 = licensed(Operation.SET_LICENSES, "E3");

    assertThat(licensesOf("", plain).exactLicenses()).isNull();
    assertThat(licensesOf(" - ", plain).exactLicenses()).isEmpty();
    assertThat(licensesOf("VISIO; E3;VISIO;", plain).exactLicenses())
        .containsExactly("VISIO", "E3");
    assertThat(licensesOf("", withE3).exactLicenses()).containsExactly("E3");
    assertThat(licensesOf("-", withE3).exactLicenses()).containsExactly("E3");
    assertThat(licensesOf("VISIO", withE3).exactLicenses()).containsExactly("VISIO", "E3");
  }

  @Test
  void licensesThatCouldBeReadTwoWaysAreRefused() {
    for (String cell : List.of(";", "E3;-", "-; E3", "x".repeat(65))) {
      RowRefusal refusal = licensesOf(cell, licensed(Operation.SET_LICENSES)).refusal();
      assertThat(refusal.code()).isEqualTo(RowCode.INVALID_VALUE);
      assertThat(refusal.column()).isEqualTo(Column.LICENSES);
    }
    assertThat(licensesOf("-", licensed(Operation.ENABLE)).licenses()).containsExactly("-");
    assertThat(licensesOf("x".repeat(65), licensed(Operation.ENABLE)).isRefused()).isTrue();
  }

  @Test
  void aMinusClearsAPropertyInASetRowOnly() {
    RowRules.Asked set = asked(Operation.SET, "tenant-admin");

    assertThat(rules.judge(1, chrisWith(Column.USAGE_LOCATION, "-"), set).properties())
        .containsEntry("usageLocation", "-")
        .containsEntry("displayName", "Chris Green");
    assertThat(with(Column.CITY, "-").properties()).containsEntry("city", "-");
    assertThat(with(Column.USAGE_LOCATION, "-").refusal().code()).isEqualTo(RowCode.INVALID_VALUE);
    RowRefusal refusal = rules.judge(1, chrisWith(Column.DISPLAY_NAME, "-"), set).refusal();
    assertThat(refusal.code()).isEqualTo(RowCode.INVALID_VALUE);
    assertThat(refusal.column()).isEqualTo(Column.DISPLAY_NAME);
    assertThat(refusal.detail()).contains("can't be cleared");
  }

  @Test
  void whatHasNoEffectIsNeitherJudgedNorDone() {
    Map<Column, String> cells = chrisWith(Column.USAGE_LOCATION, "Germany");
    cells.put(Column.BLOCK_SIGN_IN, "perhaps");
    cells.put(Column.PROTECTED, "yes");
    cells.put(Column.LICENSES, "E3");
    cells.put(Column.PASSWORD, "weak");

    SpooledRow row = rules.judge(1, cells, asked(Operation.DISABLE, "tenant-admin"));

    assertThat(row.refusal()).isNull();
    assertThat(row.properties()).isEmpty();
    assertThat(row.protectedAccount()).isNull();
    assertThat(row.active()).isFalse();
    assertThat(row.sealedPassword()).isNull();
    assertThat(row.licenses()).isEmpty();
    assertThat(row.columns()).containsEntry("UsageLocation", "Germany");
    assertThat(row.columns().toString()).doesNotContain("weak");
  }

  @Test
  void aHashIsSealedLikeAPasswordAndKeptNowhereElse() {
    String hash = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$" + "A".repeat(43);
    for (Operation operation : List.of(Operation.ADD, Operation.ENABLE, Operation.SET_PASSWORD)) {
      SpooledRow row =
          rules.judge(
              1,
              chrisWith(Column.PASSWORD_HASH, " " + hash + " "),
              asked(operation, "tenant-admin"));

      assertThat(row.refusal()).isNull();
      assertThat(row.passwordIsHash()).isTrue();
      assertThat(row.sealedPassword())
          .isEqualTo("sealed for chris@contoso.com, " + hash.length() + " characters");
      assertThat(row.columns())
          .containsEntry("Password", "(enter again)")
          .containsEntry("PasswordHash", "(enter again)");
    }
    assertThat(with(Column.PASSWORD, "Xk4-Vorn-Lapi-92").passwordIsHash()).isFalse();
  }

  @Test
  void aHashThatCantBeTakenIsNamedWithItsColumn() {
    RowRefusal refusal = with(Column.PASSWORD_HASH, "5f4dcc3b5aa765d61d8327deb882cf99").refusal();

    assertThat(refusal.code()).isEqualTo(RowCode.UNSUPPORTED_PASSWORD_HASH);
    assertThat(refusal.column()).isEqualTo(Column.PASSWORD_HASH);
    assertThat(refusal.detail()).contains("PasswordHash").doesNotContain("5f4d");
  }

  @Test
  void passwordAndHashTogetherAreOneTooMany() {
    Map<Column, String> cells = chrisWith(Column.PASSWORD, "Xk4-Vorn-Lapi-92");
    cells.put(Column.PASSWORD_HASH, "{bcrypt}$2a$12$abcdefghijklmnopqrstuv");

    RowRefusal refusal = judge(cells).refusal();

    assertThat(refusal.code()).isEqualTo(RowCode.INVALID_VALUE);
    assertThat(refusal.column()).isEqualTo(Column.PASSWORD_HASH);
  }

  @Test
  void newUsersAreOfRegisteredDomainsAndOldOnesNeedNotBe() {
    AllowedDomains domains = AllowedDomains.of(List.of("Contoso.com", "xn--j1aoc.xn--p1ai"));

    for (String name :
        List.of("a@CONTOSO.COM", "a@\u043a\u0442\u0441.\u0440\u0444", "a@xn--j1aoc.xn--p1ai")) {
      assertThat(inDomains(Operation.ADD, name, domains).refusal()).as(name).isNull();
    }
    for (String name : List.of("a@fabrikam.com", "a@sub.contoso.com", "a@contoso.co")) {
      RowRefusal refusal = inDomains(Operation.ADD, name, domains).refusal();
      assertThat(refusal.code()).as(name).isEqualTo(RowCode.DOMAIN_NOT_ALLOWED);
      assertThat(refusal.column()).isEqualTo(Column.USER_PRINCIPAL_NAME);
      assertThat(inDomains(Operation.ADD, name, AllowedDomains.ALL).refusal()).isNull();
      assertThat(inDomains(Operation.RESTORE, name, domains).refusal()).isNull();
      assertThat(inDomains(Operation.ENABLE, name, domains).refusal()).isNull();
    }
  }

  private SpooledRow inDomains(Operation operation, String name, AllowedDomains domains) {
    return rules.judge(
        1,
        Map.of(Column.USER_PRINCIPAL_NAME, name, Column.DISPLAY_NAME, "A"),
        new RowRules.Asked(operation, Set.of("tenant-admin"), List.of(), domains, Upload::sealed));
  }

  private SpooledRow bare(Operation operation) {
    return rules.judge(
        1,
        Map.of(Column.USER_PRINCIPAL_NAME, "chris@contoso.com"),
        asked(operation, "tenant-admin"));
  }

  private SpooledRow licensesOf(String cell, RowRules.Asked asked) {
    return rules.judge(1, Map.of(Column.USER_PRINCIPAL_NAME, "a@b", Column.LICENSES, cell), asked);
  }

  private static RowRules.Asked asked(Operation operation, String role) {
    return new RowRules.Asked(
        operation, Set.of(role), List.of(), AllowedDomains.ALL, Upload::sealed);
  }

  private static RowRules.Asked licensed(Operation operation, String... licenses) {
    return new RowRules.Asked(
        operation, Set.of("tenant-admin"), List.of(licenses), AllowedDomains.ALL, Upload::sealed);
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
