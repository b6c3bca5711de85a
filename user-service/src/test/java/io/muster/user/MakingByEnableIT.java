package io.muster.user;

import static io.muster.contracts.command.Operation.ADD;
import static io.muster.contracts.command.Operation.DISABLE;
import static io.muster.contracts.command.Operation.ENABLE;
import static io.muster.contracts.command.Operation.REMOVE;
import static io.muster.contracts.command.Operation.SET;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.inbox.Outcome;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows of enable that make the account where there is none: what HR's hires become. */
@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class MakingByEnableIT {
  private static final String ADA = "ada@x.com";

  @Inject OneByOne oneByOne;

  private final String tenant = Jobs.aTenant();
  private final Jobs setUp = Jobs.aJobOf(tenant);

  @Test
  void whereThereIsNoAccountOneIsMadeActiveWithItsPropertiesAndWithoutACredential()
      throws SQLException {
    Outcome outcome = done(hire(Jobs.aJobOf(tenant), 1, ADA, "4711").with("department", "Sales"));

    assertThat(outcome.detail()).isEqualTo("The account was made.");
    assertThat(account(ADA)).isEqualTo("ACTIVE NONE 4711 Ada Byron Sales");
    assertThat(Tables.count("handout", tenant)).isZero();
    assertThat(changes()).containsExactly("C ADD null");
  }

  @Test
  void aPasswordIsMadeWhereTheRowWantsOneAndHandedOut() throws SQLException {
    done(
        Jobs.aJobOf(tenant)
            .a(ENABLE, 1, ADA)
            .thatMayMake()
            .with("employeeId", "4711")
            .with("firstName", "Ada"));

    assertThat(account(ADA)).startsWith("ACTIVE GENERATED 4711");
    assertThat(Tables.count("handout", tenant)).isEqualTo(1);
  }

  @Test
  void withoutTheWishForAPasswordAnEnabledAccountStaysWithoutOne() throws SQLException {
    done(setUp.a(ADD, 1, ADA));

    done(Jobs.aJobOf(tenant).a(ENABLE, 1, ADA).makingNoPassword());

    assertThat(account(ADA)).startsWith("ACTIVE NONE");
    assertThat(Tables.count("credential", tenant)).isZero();
  }

  @Test
  void anAccountThatIsThereIsActivatedAndGetsWhatTheRowSaysAndKeepsTheRest() throws SQLException {
    done(
        setUp
            .a(ADD, 1, ADA)
            .with("employeeId", "4711")
            .with("department", "Legal")
            .with("city", "London"));

    done(hire(Jobs.aJobOf(tenant), 1, ADA, "4711").with("department", "Sales"));

    assertThat(account(ADA)).isEqualTo("ACTIVE NONE 4711 Somebody Sales");
    assertThat(Tables.strings("SELECT city FROM account WHERE tenant_id = ?", tenant))
        .containsExactly("London");
  }

  @Test
  void aNameOfSomebodyElseIsRefusedAndSoIsAnotherNameForTheSameEmployee() throws SQLException {
    done(setUp.a(ADD, 1, ADA).with("employeeId", "1"));
    done(setUp.a(ADD, 2, "free@x.com"));

    Outcome clash = oneByOne.apply(hire(Jobs.aJobOf(tenant), 1, ADA, "2").command());
    Outcome renamed = oneByOne.apply(hire(Jobs.aJobOf(tenant), 1, "ada2@x.com", "1").command());
    Outcome namesake = oneByOne.apply(hire(Jobs.aJobOf(tenant), 1, "free@x.com", "3").command());

    assertThat(clash.code()).isEqualTo(RowCode.USER_ALREADY_EXISTS);
    assertThat(namesake.code()).isEqualTo(RowCode.USER_ALREADY_EXISTS);
    assertThat(renamed.code()).isEqualTo(RowCode.IMMUTABLE);
    assertThat(renamed.detail()).contains("is named " + ADA + ",");
    assertThat(account(ADA)).startsWith("DISABLED NONE 1");
    assertThat(account("free@x.com")).startsWith("DISABLED NONE -");
    assertThat(Tables.count("account", tenant)).isEqualTo(2);
  }

  @Test
  void whatIsOlderThanTheAccountChangesNothing() throws SQLException {
    Jobs old = Jobs.aJobOf(tenant);
    done(setUp.a(ADD, 1, ADA).with("employeeId", "1"));
    done(Jobs.aJobOf(tenant).a(SET, 1, ADA).with("department", "Legal"));
    Outcome afterASet = oneByOne.apply(hire(old, 1, ADA, "1").command());
    done(Jobs.aJobOf(tenant).a(REMOVE, 1, ADA));
    Outcome afterARemoval = oneByOne.apply(hire(old, 2, ADA, "1").command());

    assertThat(afterASet.code()).isEqualTo(RowCode.SUPERSEDED);
    assertThat(afterARemoval.code()).isEqualTo(RowCode.SUPERSEDED);
    assertThat(account(ADA)).startsWith("REMOVED");
  }

  @Test
  void anAccountWhoseRowGotNoSeatsIsGoneAgainAndItsNameAndEmployeeIdAreFree() throws SQLException {
    UserCommand hire =
        Jobs.aJobOf(tenant)
            .a(ENABLE, 1, ADA)
            .thatMayMake()
            .with("employeeId", "1")
            .with("firstName", "Ada")
            .withLicensePart()
            .command();
    oneByOne.apply(hire);

    Outcome undone = oneByOne.apply(ARow.undoOf(hire));

    assertThat(undone.part()).isEqualTo(PartOutcome.UNDONE);
    assertThat(Tables.count("account", tenant)).isZero();
    assertThat(Tables.count("credential", tenant)).isZero();
    assertThat(Tables.count("handout", tenant)).isZero();
    assertThat(changes()).containsExactly("C ADD null", "U ADD null");
    done(hire(Jobs.aJobOf(tenant), 1, "ada.b@x.com", "1"));
  }

  @Test
  void anAccountThatWasWantedSinceStaysButNobodyCanSignIn() throws SQLException {
    UserCommand hire =
        Jobs.aJobOf(tenant)
            .a(ENABLE, 1, ADA)
            .thatMayMake()
            .with("employeeId", "1")
            .with("firstName", "Ada")
            .withLicensePart()
            .command();
    oneByOne.apply(hire);
    done(Jobs.aJobOf(tenant).a(SET, 1, ADA).with("department", "Legal"));

    oneByOne.apply(ARow.undoOf(hire));

    assertThat(account(ADA)).isEqualTo("DISABLED NONE 1 Ada Legal");
  }

  @Test
  void aLaterRowThatIsUndoneAfterItDoesNotBringItsActivationBack() throws SQLException {
    UserCommand hire = hire(Jobs.aJobOf(tenant), 1, ADA, "1").withLicensePart().command();
    UserCommand again = Jobs.aJobOf(tenant).a(ENABLE, 1, ADA).withLicensePart().command();
    oneByOne.apply(List.of(hire, again, ARow.undoOf(hire), ARow.undoOf(again)));

    assertThat(account(ADA)).startsWith("DISABLED NONE");
  }

  @Test
  void anUpdateWhoseRowGotNoSeatsIsTakenBackAsAWhole() throws SQLException {
    done(
        setUp
            .a(ADD, 1, ADA)
            .with("employeeId", "1")
            .with("department", "Legal")
            .with("city", "London"));
    UserCommand hire =
        hire(Jobs.aJobOf(tenant), 1, ADA, "1")
            .with("department", "Sales")
            .withLicensePart()
            .command();
    oneByOne.apply(hire);

    Outcome undone = oneByOne.apply(ARow.undoOf(hire));

    assertThat(undone.part()).isEqualTo(PartOutcome.UNDONE);
    assertThat(account(ADA)).isEqualTo("DISABLED NONE 1 Somebody Legal");
    assertThat(
            Tables.strings(
                "SELECT properties_submission::text FROM account WHERE tenant_id = ?", tenant))
        .containsExactly(Long.toString(setUp.stamp(1).submission()));
  }

  @Test
  void whoWasRemovedMeanwhileStaysInTheBinWhenTheirRowGetsNoSeats() throws SQLException {
    done(setUp.a(ADD, 1, ADA).with("employeeId", "1").with("department", "Legal"));
    UserCommand update = hire(Jobs.aJobOf(tenant), 1, ADA, "1").withLicensePart().command();
    UserCommand made = hire(Jobs.aJobOf(tenant), 1, "new@x.com", "2").withLicensePart().command();
    oneByOne.apply(List.of(update, made));
    done(Jobs.aJobOf(tenant).a(REMOVE, 1, ADA));
    done(Jobs.aJobOf(tenant).a(REMOVE, 1, "new@x.com"));

    List<Outcome> undone = oneByOne.apply(List.of(ARow.undoOf(update), ARow.undoOf(made)));

    assertThat(undone).extracting(Outcome::part).containsOnly(PartOutcome.UNDONE);
    assertThat(account(ADA)).startsWith("REMOVED");
    assertThat(account("new@x.com")).startsWith("REMOVED");
    assertThat(Tables.strings("SELECT removed_from FROM account WHERE tenant_id = ?", tenant))
        .containsExactly("DISABLED", "DISABLED");
  }

  @Test
  void anUndoJobTakesAMadeAccountAwayAndAnUpdateBack() throws SQLException {
    done(setUp.a(ADD, 1, "there@x.com").with("employeeId", "2").with("department", "Legal"));
    Jobs job = Jobs.aJobOf(tenant);
    UserCommand made = hire(job, 1, ADA, "1").command();
    UserCommand updated = hire(job, 2, "there@x.com", "2").with("department", "Sales").command();
    oneByOne.apply(List.of(made, updated));
    Jobs undoing = Jobs.aJobOf(tenant);

    List<Outcome> outcomes =
        oneByOne.apply(
            List.of(
                undoing.a(ENABLE, 1, "there@x.com").takingBack(updated).command(),
                undoing.a(ENABLE, 2, ADA).takingBack(made).command()));

    assertThat(outcomes).extracting(Outcome::part).containsOnly(PartOutcome.APPLIED);
    assertThat(account("there@x.com")).isEqualTo("DISABLED NONE 2 Somebody Legal");
    assertThat(Tables.count("account", tenant)).isEqualTo(1);
  }

  @Test
  void aDryRunTellsTheSameAndChangesNothing() throws SQLException {
    done(setUp.a(ADD, 1, "there@x.com").with("employeeId", "1"));
    Jobs job = Jobs.aJobOf(tenant);

    List<Outcome> outcomes =
        oneByOne.apply(
            List.of(
                hire(job, 1, ADA, "2").tryingOut().command(),
                hire(job, 2, "there@x.com", "1").tryingOut().command(),
                hire(job, 3, "there@x.com", "3").tryingOut().command(),
                job.a(DISABLE, 4, ADA).tryingOut().command()));

    assertThat(outcomes)
        .extracting(Outcome::code)
        .containsExactly(null, null, RowCode.USER_ALREADY_EXISTS, null);
    assertThat(Tables.count("account", tenant)).isEqualTo(1);
    assertThat(account("there@x.com")).startsWith("DISABLED");
  }

  @Test
  void whoMayNotEnableMakesNothing() throws SQLException {
    Outcome outcome =
        oneByOne.apply(hire(Jobs.aJobOf(tenant), 1, ADA, "1").by("hr-feed").command());

    assertThat(outcome.code()).isEqualTo(RowCode.OPERATION_NOT_ALLOWED);
    assertThat(Tables.count("account", tenant)).isZero();
  }

  @Test
  void aBatchThatNamesTheSameEmployeeTwiceMakesOneAccountHoweverOftenItComes() throws Exception {
    List<UserCommand> batch = new ArrayList<>();
    Jobs job = Jobs.aJobOf(tenant);
    for (int i = 0; i < 40; i++) {
      batch.add(hire(job, 2 * i + 1, "p" + i + "@x.com", "e" + i).command());
      batch.add(hire(job, 2 * i + 2, "other" + i + "@x.com", "e" + i).command());
    }
    try (Bus bus = new Bus()) {
      bus.send(batch);
      bus.send(batch);

      assertThat(bus.answers(job.id, 80).values())
          .extracting(RowResult::outcome)
          .filteredOn(PartOutcome.APPLIED::equals)
          .hasSize(40);
    }
    assertThat(Tables.count("account", tenant)).isEqualTo(40);
  }

  private static ARow hire(Jobs job, long row, String upn, String employeeId) {
    return job.a(ENABLE, row, upn)
        .thatMayMake()
        .makingNoPassword()
        .with("employeeId", employeeId)
        .with("firstName", "Ada")
        .with("lastName", "Byron");
  }

  private Outcome done(ARow row) {
    Outcome outcome = oneByOne.apply(row.command());
    assertThat(outcome.part()).as(outcome.toString()).isEqualTo(PartOutcome.APPLIED);
    return outcome;
  }

  private String account(String upn) throws SQLException {
    return Tables.strings(
            """
            SELECT concat_ws(' ', state, credential, coalesce(employee_id, '-'), display_name, department)
            FROM account WHERE tenant_id = ? AND upn_key = ?
            """,
            tenant,
            upn)
        .get(0);
  }

  private List<String> changes() throws SQLException {
    return Tables.strings(
        """
        SELECT concat_ws(' ', kind, operation, coalesce(code, 'null'))
        FROM change WHERE tenant_id = ? ORDER BY kind
        """,
        tenant);
  }
}
