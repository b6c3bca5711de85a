package io.muster.user;

import static io.muster.contracts.command.Operation.ADD;
import static io.muster.contracts.command.Operation.DISABLE;
import static io.muster.contracts.command.Operation.ENABLE;
import static io.muster.contracts.command.Operation.REMOVE;
import static io.muster.contracts.command.Operation.RESTORE;
import static io.muster.contracts.command.Operation.SET;
import static io.muster.contracts.command.Operation.SET_LICENSES;
import static io.muster.contracts.command.Operation.SET_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.Operation;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import io.muster.sealing.Secret;
import io.muster.sealing.password.PasswordSealer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class OperationsIT {
  private static final String ADA = "ada@x.com";
  private static final String BOB = "bob@x.com";

  @ConfigProperty(name = "muster.passwords.public-keys")
  Path publicKeys;

  @Inject OneByOne oneByOne;

  private final String tenant = Jobs.aTenant();
  private final Jobs setUp = Jobs.aJobOf(tenant);

  @Test
  void aGivenPasswordTakesThePlaceOfTheOldOneAndWhatItNeedsIsWrittenWithIt() throws Exception {
    done(setUp.a(ADD, 1, ADA).password(sealed(ADA)));
    String old = one("SELECT id::text FROM credential WHERE tenant_id = ?");
    Jobs job = Jobs.aJobOf(tenant);

    done(job.a(SET_PASSWORD, 1, ADA).password(sealed(ADA)).thatMayStay());

    assertThat(account("credential || must_change_password || state", ADA))
        .isEqualTo("SETfalseDISABLED");
    assertThat(
            Tables.strings(
                "SELECT id::text FROM credential WHERE tenant_id = ? AND superseded_at IS NOT NULL",
                tenant))
        .containsExactly(old);
  }

  @Test
  void withoutAPasswordOneIsMadeAndHandedOut() throws SQLException {
    done(setUp.a(ADD, 1, ADA));

    done(Jobs.aJobOf(tenant).a(SET_PASSWORD, 1, ADA).thatMayStay());

    assertThat(account("credential || must_change_password", ADA)).isEqualTo("GENERATEDtrue");
    assertThat(Tables.count("handout", tenant)).isEqualTo(1);
  }

  @Test
  void aPasswordAdministratorResetsPasswordsWithinTheirUnitsAndLearnsNothingOfOthers() {
    done(setUp.a(ADD, 1, ADA).with("unit", "north"));
    done(setUp.a(ADD, 2, BOB).with("unit", "south"));
    done(setUp.a(ADD, 3, "boss@x.com").with("unit", "north").protect(true));
    done(setUp.a(ADD, 4, "hidden@x.com").with("unit", "south").protect(true));
    done(setUp.a(ADD, 5, "gone@x.com").with("unit", "south"));
    done(setUp.a(REMOVE, 6, "gone@x.com"));
    done(setUp.a(ADD, 7, "nowhere@x.com"));
    Jobs job = Jobs.aJobOf(tenant);

    assertThat(byNorth(job.a(SET_PASSWORD, 1, ADA)).part()).isEqualTo(PartOutcome.APPLIED);
    assertThat(byNorth(job.a(SET_PASSWORD, 2, BOB)).code()).isEqualTo(RowCode.OUTSIDE_YOUR_UNIT);
    assertThat(byNorth(job.a(SET_PASSWORD, 3, "boss@x.com")).code())
        .isEqualTo(RowCode.PROTECTED_ACCOUNT);
    assertThat(byNorth(job.a(SET_PASSWORD, 4, "hidden@x.com")).code())
        .isEqualTo(RowCode.OUTSIDE_YOUR_UNIT);
    assertThat(byNorth(job.a(SET_PASSWORD, 5, "gone@x.com")).code())
        .isEqualTo(RowCode.OUTSIDE_YOUR_UNIT);
    assertThat(byNorth(job.a(SET_PASSWORD, 6, "nobody@x.com")).code())
        .isEqualTo(RowCode.USER_NOT_FOUND);
    assertThat(byNorth(job.a(SET_PASSWORD, 7, "nowhere@x.com")).code())
        .isEqualTo(RowCode.OUTSIDE_YOUR_UNIT);
  }

  @ParameterizedTest
  @EnumSource
  void whoMayNotIsRefusedWhateverTheAccount(Operation operation) throws SQLException {
    done(setUp.a(ADD, 1, ADA).with("unit", "north"));
    Jobs job = Jobs.aJobOf(tenant);
    String before = everything();

    for (String role : List.of("reader", "operator", "hr-feed")) {
      Outcome outcome = oneByOne.apply(job.a(operation, 1, ADA).by(role).command());
      assertThat(outcome.code()).as(role).isEqualTo(RowCode.OPERATION_NOT_ALLOWED);
      job = Jobs.aJobOf(tenant);
    }
    Outcome ofPasswordAdmin = byNorth(job.a(operation, 1, ADA));

    if (operation != SET_PASSWORD) {
      assertThat(ofPasswordAdmin.code()).isEqualTo(RowCode.OPERATION_NOT_ALLOWED);
      assertThat(everything()).isEqualTo(before);
    }
  }

  @Test
  void aSetRowChangesWhatItNamesClearsWhatItDashesAndLeavesTheRest() throws SQLException {
    done(
        setUp
            .a(ADD, 1, ADA)
            .with("jobTitle", "Clerk")
            .with("department", "Sales")
            .with("city", "Ulm"));

    done(
        Jobs.aJobOf(tenant)
            .a(SET, 1, ADA)
            .with("jobTitle", "Boss")
            .with("department", "-")
            .with("city", "")
            .with("unit", "north")
            .protect(true));

    assertThat(
            account(
                "concat_ws('|', display_name, job_title, department, city, unit, protected)", ADA))
        .isEqualTo("Somebody|Boss|Ulm|north|t");
    assertThat(
            one(
                "SELECT before -> 'properties' ->> 'jobTitle' || (after -> 'properties' ->> 'jobTitle')"
                    + " FROM change WHERE tenant_id = ? AND operation = 'SET'"))
        .isEqualTo("ClerkBoss");
  }

  @Test
  void whatASetRowCannotDoIsRefusedAndNamed() throws SQLException {
    done(setUp.a(ADD, 1, ADA).with("employeeId", "E-1"));
    done(setUp.a(ADD, 2, BOB).with("employeeId", "E-2"));
    done(setUp.a(ADD, 3, "gone@x.com").with("employeeId", "E-3"));
    done(setUp.a(REMOVE, 4, "gone@x.com"));
    Jobs job = Jobs.aJobOf(tenant);
    String before = everything();

    Outcome taken = oneByOne.apply(job.a(SET, 1, BOB).with("employeeId", "E-1").command());
    Outcome cleared = oneByOne.apply(job.a(SET, 2, BOB).with("displayName", "-").command());
    Outcome renamed =
        oneByOne.apply(job.a(SET, 3, BOB).with("userPrincipalName", "rob@x.com").command());
    Outcome long1 = oneByOne.apply(job.a(SET, 4, BOB).with("fax", "1".repeat(65)).command());

    assertThat(taken.code()).isEqualTo(RowCode.INVALID_VALUE);
    assertThat(taken.detail()).contains("EmployeeId");
    assertThat(cleared.code()).isEqualTo(RowCode.INVALID_VALUE);
    assertThat(cleared.detail()).contains("DisplayName");
    assertThat(renamed.code()).isEqualTo(RowCode.IMMUTABLE);
    assertThat(long1.detail()).contains("Fax").contains("64");
    assertThat(everything()).isEqualTo(before);
    done(job.a(SET, 5, BOB).with("employeeId", "E-2"));
    done(job.a(SET, 6, BOB).with("employeeId", "E-3"));
  }

  @Test
  void aRemovedAccountLeavesItsNameAndEmployeeIdToOthersAndComesBackAsItWas() throws SQLException {
    done(setUp.a(ADD, 1, ADA).active().with("employeeId", "E-1").with("jobTitle", "Clerk"));
    String id = account("id::text", ADA);

    done(Jobs.aJobOf(tenant).a(REMOVE, 1, ADA));

    assertThat(one("SELECT state || (purge_at - removed_at) FROM account WHERE tenant_id = ?"))
        .isEqualTo("REMOVED30 days");
    Jobs next = Jobs.aJobOf(tenant);
    assertThat(oneByOne.apply(next.a(ENABLE, 1, ADA).command()).code())
        .isEqualTo(RowCode.USER_REMOVED);
    assertThat(oneByOne.apply(next.a(REMOVE, 2, ADA).command()).code())
        .isEqualTo(RowCode.USER_REMOVED);
    done(next.a(ADD, 3, ADA));
    assertThat(oneByOne.apply(next.a(RESTORE, 4, ADA).command()).code())
        .isEqualTo(RowCode.USER_ALREADY_EXISTS);
    done(next.a(ADD, 5, BOB).with("employeeId", "E-1"));
    done(next.a(REMOVE, 6, ADA));
    done(next.a(RESTORE, 7, ADA));
    assertThat(account("id::text", ADA)).as("the one that was removed last").isNotEqualTo(id);
    Tables.tamper(
        "DELETE FROM account WHERE tenant_id = '%s' AND upn_key = '%s' AND state = 'DISABLED'"
            .formatted(tenant, ADA));
    Outcome taken = oneByOne.apply(next.a(RESTORE, 8, ADA).command());
    assertThat(taken.code()).isEqualTo(RowCode.INVALID_VALUE);
    assertThat(taken.detail()).contains("EmployeeId");
    done(next.a(SET, 9, BOB).with("employeeId", "-"));
    done(next.a(RESTORE, 10, ADA));
    assertThat(account("id::text", ADA)).isEqualTo(id);
    assertThat(
            account(
                "concat_ws('|', state, job_title, employee_id, credential, removed_at, purge_at,"
                    + " removed_from)",
                ADA))
        .isEqualTo("ACTIVE|Clerk|E-1|GENERATED");
  }

  @Test
  void disablingTakesOverTheStampAlsoOfWhatIsDisabledAlready() throws SQLException {
    done(setUp.a(ADD, 1, ADA));
    Jobs waiting = Jobs.aJobOf(tenant);

    done(Jobs.aJobOf(tenant).a(DISABLE, 1, ADA));

    assertThat(oneByOne.apply(waiting.a(ENABLE, 1, ADA).command()).code())
        .isEqualTo(RowCode.SUPERSEDED);
    assertThat(account("state", ADA)).isEqualTo("DISABLED");
  }

  @Test
  void whatWaitedForTooLongIsSuperseded() throws SQLException {
    done(setUp.a(ADD, 1, ADA));
    done(setUp.a(ADD, 2, BOB));
    Jobs waiting = Jobs.aJobOf(tenant);
    Jobs newer = Jobs.aJobOf(tenant);
    done(newer.a(SET, 1, ADA).with("city", "Ulm"));
    done(newer.a(SET_PASSWORD, 2, ADA));
    done(newer.a(DISABLE, 3, ADA));
    done(newer.a(REMOVE, 4, BOB));
    String before = everything();

    assertThat(
            List.of(
                oneByOne.apply(waiting.a(SET, 1, ADA).with("city", "Rom").command()).code(),
                oneByOne.apply(waiting.a(SET_PASSWORD, 2, ADA).command()).code(),
                oneByOne.apply(waiting.a(DISABLE, 3, ADA).command()).code(),
                oneByOne.apply(waiting.a(REMOVE, 4, ADA).command()).code(),
                oneByOne.apply(waiting.a(SET_LICENSES, 5, ADA).licenses("E3").command()).code(),
                oneByOne.apply(waiting.a(RESTORE, 6, BOB).command()).code()))
        .containsOnly(RowCode.SUPERSEDED);
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void settingLicensesChangesNothingOfTheAccountAndLeavesALineInTheAudit() throws SQLException {
    done(setUp.a(ADD, 1, ADA));
    String before = everything();

    done(Jobs.aJobOf(tenant).a(SET_LICENSES, 1, ADA).licenses("E3", "F1"));

    assertThat(everything()).isEqualTo(before);
    assertThat(
            one(
                "SELECT after::text FROM change WHERE tenant_id = ? AND operation = 'SET_LICENSES'"))
        .isEqualTo("{\"licenses\": [\"E3\", \"F1\"]}");
  }

  private Outcome byNorth(ARow row) {
    return oneByOne.apply(row.by("password-admin", "north").command());
  }

  private void done(ARow row) {
    assertThat(oneByOne.apply(row.command()).part()).isEqualTo(PartOutcome.APPLIED);
  }

  private String account(String columns, String upn) throws SQLException {
    return Tables.strings(
            "SELECT "
                + columns
                + " FROM account WHERE tenant_id = ? AND upn_key = ?"
                + " AND state <> 'REMOVED'",
            tenant,
            upn)
        .get(0);
  }

  private String one(String query) throws SQLException {
    return Tables.strings(query, tenant).get(0);
  }

  private String everything() throws SQLException {
    return String.join(
        "\n",
        Tables.strings("SELECT a::text FROM account a WHERE tenant_id = ? ORDER BY id", tenant));
  }

  private String sealed(String upn) throws IOException {
    return PasswordSealer.open(publicKeys, tenant, Clock.systemUTC())
        .seal(upn, Secret.of("Vorn-Lapi-92-Xk4"));
  }
}
