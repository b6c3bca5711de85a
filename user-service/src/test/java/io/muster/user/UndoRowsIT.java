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
import io.muster.contracts.command.UserCommand;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Rows of undo jobs. */
@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class UndoRowsIT {
  private static final String ADA = "ada@x.com";
  private static final String BOB = "bob@x.com";

  @ConfigProperty(name = "muster.passwords.public-keys")
  Path publicKeys;

  @Inject OneByOne oneByOne;

  private final String tenant = Jobs.aTenant();
  private final Jobs setUp = Jobs.aJobOf(tenant);

  @Test
  void anAddedAccountIsGoneWithItsPasswordAndItsNameIsFreeAgain() throws SQLException {
    UserCommand add = done(setUp.a(ADD, 1, ADA).active().with("employeeId", "E-1"));
    assertThat(Tables.count("handout", tenant)).isEqualTo(1);

    assertThat(takenBack(add).part()).isEqualTo(PartOutcome.APPLIED);

    for (String table : List.of("account", "credential", "handout")) {
      assertThat(Tables.count(table, tenant)).as(table).isZero();
    }
    assertThat(
            Tables.strings(
                "SELECT operation || (before ->> 'state') || (before -> 'properties' ->> 'employeeId')"
                    + " FROM change WHERE tenant_id = ? AND after -> 'reverts' IS NOT NULL",
                tenant))
        .containsExactly("ADDACTIVEE-1");
    done(Jobs.aJobOf(tenant).a(ADD, 1, ADA).with("employeeId", "E-1"));
  }

  @Test
  void anAccountThatSomebodyNewerHasChangedIsNotTakenAway() throws SQLException {
    UserCommand add = done(setUp.a(ADD, 1, ADA));
    done(Jobs.aJobOf(tenant).a(SET, 1, ADA).with("city", "Ulm"));

    assertThat(takenBack(add).code()).isEqualTo(RowCode.SUPERSEDED);

    assertThat(Tables.count("account", tenant)).isEqualTo(1);
  }

  @Test
  void aJobOfManyOperationsOnOneUserIsTakenBackHighestRowFirst() throws Exception {
    done(setUp.a(ADD, 1, BOB).with("city", "Rom"));
    String before = accounts();
    Jobs job = Jobs.aJobOf(tenant);
    List<UserCommand> rows = new ArrayList<>();
    rows.add(done(job.a(ADD, 1, ADA).with("employeeId", "E-1")));
    rows.add(done(job.a(ENABLE, 2, ADA)));
    rows.add(done(job.a(SET, 3, ADA).with("employeeId", "E-2").with("city", "Ulm")));
    rows.add(done(job.a(DISABLE, 4, ADA)));
    rows.add(done(job.a(REMOVE, 5, ADA)));
    rows.add(done(job.a(RESTORE, 6, ADA)));
    rows.add(done(job.a(SET_LICENSES, 7, ADA).licenses("E3")));
    rows.add(done(job.a(SET, 8, BOB).with("city", "-").protect(true)));
    rows.add(done(job.a(SET_PASSWORD, 9, BOB)));
    rows.add(done(job.a(ENABLE, 10, BOB)));
    Collections.reverse(rows);

    for (UserCommand row : rows) {
      assertThat(takenBack(row).part()).as(row.operation().name()).isEqualTo(PartOutcome.APPLIED);
    }

    assertThat(accounts()).isEqualTo(before);
    assertThat(Tables.count("credential", tenant)).isZero();
    assertThat(Tables.count("handout", tenant)).isZero();
  }

  @Test
  void whatIsTakenBackTwiceIsTakenBackOnce() throws SQLException {
    UserCommand add = done(setUp.a(ADD, 1, ADA));
    takenBack(add);

    Outcome again = takenBack(add);

    assertThat(again.part()).isEqualTo(PartOutcome.APPLIED);
    assertThat(again.detail()).contains("already");
  }

  @Test
  void aRowThatReplacedACredentialStaysAsItIs() throws Exception {
    done(setUp.a(ADD, 1, ADA).password(sealed(ADA)));
    UserCommand reset = done(Jobs.aJobOf(tenant).a(SET_PASSWORD, 1, ADA));
    UserCommand enable =
        done(Jobs.aJobOf(tenant).a(ENABLE, 1, ADA).password(sealed(ADA)).withLicensePart());
    String before = accounts();

    assertThat(takenBack(enable).code()).isEqualTo(RowCode.NOT_UNDOABLE);
    assertThat(takenBack(reset).code()).isEqualTo(RowCode.NOT_UNDOABLE);

    assertThat(accounts()).isEqualTo(before);
  }

  @Test
  void theUndoOfTheNewerJobMakesTheOlderOneUndoable() throws SQLException {
    done(setUp.a(ADD, 1, ADA).with("city", "Rom"));
    UserCommand older = done(Jobs.aJobOf(tenant).a(SET, 1, ADA).with("city", "Ulm"));
    UserCommand newer = done(Jobs.aJobOf(tenant).a(SET, 1, ADA).with("city", "Oslo"));
    assertThat(takenBack(older).code()).isEqualTo(RowCode.SUPERSEDED);

    assertThat(takenBack(newer).part()).isEqualTo(PartOutcome.APPLIED);
    assertThat(column("city", ADA)).isEqualTo("Ulm");
    assertThat(takenBack(older).part()).isEqualTo(PartOutcome.APPLIED);

    assertThat(column("city", ADA)).isEqualTo("Rom");
  }

  @Test
  void anUndoIsANewIntentionAndWhatWaitedSinceBeforeIsSuperseded() {
    done(setUp.a(ADD, 1, ADA));
    UserCommand enable = done(Jobs.aJobOf(tenant).a(ENABLE, 1, ADA));
    Jobs waiting = Jobs.aJobOf(tenant);
    takenBack(enable);

    assertThat(oneByOne.apply(waiting.a(ENABLE, 1, ADA).command()).code())
        .isEqualTo(RowCode.SUPERSEDED);
  }

  @Test
  void whoseNameOrEmployeeIdWasGivenAwayCannotComeBack() {
    done(setUp.a(ADD, 1, ADA).with("employeeId", "E-1"));
    UserCommand set = done(setUp.a(SET, 2, ADA).with("employeeId", "-"));
    done(setUp.a(ADD, 3, BOB).with("employeeId", "E-1"));
    Outcome ofSet = takenBack(set);
    done(setUp.a(SET, 4, ADA).with("employeeId", "E-2"));
    UserCommand remove = done(setUp.a(REMOVE, 5, ADA));
    done(setUp.a(SET, 6, BOB).with("employeeId", "E-2"));
    Outcome withoutId = takenBack(remove);
    done(setUp.a(ADD, 7, ADA));
    Outcome withoutName = takenBack(remove);

    assertThat(ofSet.code()).isEqualTo(RowCode.INVALID_VALUE);
    assertThat(withoutId.code()).isEqualTo(RowCode.INVALID_VALUE);
    assertThat(withoutId.detail()).contains("EmployeeId");
    assertThat(withoutName.code()).isEqualTo(RowCode.USER_ALREADY_EXISTS);
  }

  @Test
  void anUndoCanBeUndoneExceptWhereSomethingIsGone() throws SQLException {
    UserCommand add = done(setUp.a(ADD, 1, ADA).with("city", "Rom"));
    UserCommand set = done(Jobs.aJobOf(tenant).a(SET, 1, ADA).with("city", "Ulm"));
    UserCommand undoOfSet = done(Jobs.aJobOf(tenant).a(SET, 1, ADA).takingBack(set));

    assertThat(takenBack(undoOfSet).part()).isEqualTo(PartOutcome.APPLIED);
    assertThat(column("city", ADA)).isEqualTo("Ulm");
    assertThat(takenBack(set).detail()).as("counts again").doesNotContain("already");
    assertThat(column("city", ADA)).isEqualTo("Rom");
    UserCommand undoOfAdd = done(Jobs.aJobOf(tenant).a(ADD, 1, ADA).takingBack(add));
    assertThat(takenBack(undoOfAdd).code()).isEqualTo(RowCode.NOT_UNDOABLE);
  }

  @Test
  void aPasswordAdministratorTakesBackOnlyPasswordsOfTheirPeople() {
    done(setUp.a(ADD, 1, ADA).with("unit", "north"));
    done(setUp.a(ADD, 2, BOB).with("unit", "south"));
    Jobs job = Jobs.aJobOf(tenant);
    UserCommand ofAda = done(job.a(SET_PASSWORD, 1, ADA));
    UserCommand ofBob = done(job.a(SET_PASSWORD, 2, BOB));
    UserCommand disable = done(job.a(DISABLE, 3, ADA));

    assertThat(byNorth(ofBob).code()).isEqualTo(RowCode.OUTSIDE_YOUR_UNIT);
    assertThat(byNorth(disable).code()).isEqualTo(RowCode.OPERATION_NOT_ALLOWED);
    assertThat(byNorth(ofAda).part()).isEqualTo(PartOutcome.APPLIED);
  }

  private Outcome byNorth(UserCommand row) {
    return oneByOne.apply(undoRow(row).by("password-admin", "north").command());
  }

  private Outcome takenBack(UserCommand row) {
    return oneByOne.apply(undoRow(row).command());
  }

  private ARow undoRow(UserCommand row) {
    Operation asTheParent = row.operation();
    return Jobs.aJobOf(tenant).a(asTheParent, 1, row.userPrincipalName()).takingBack(row);
  }

  private UserCommand done(ARow row) {
    UserCommand command = row.command();
    assertThat(oneByOne.apply(command).part()).isEqualTo(PartOutcome.APPLIED);
    return command;
  }

  private String column(String column, String upn) throws SQLException {
    return Tables.strings(
            "SELECT " + column + " FROM account WHERE tenant_id = ? AND upn_key = ?", tenant, upn)
        .get(0);
  }

  /** Stamps and times apart. */
  private String accounts() throws SQLException {
    return String.join(
        "\n",
        Tables.strings(
            """
            SELECT (to_jsonb(a) - '{state_submission,state_row,credential_submission,credential_row,properties_submission,properties_row,updated_at}'::text[])::text
            FROM account a WHERE tenant_id = ? ORDER BY id
            """,
            tenant));
  }

  private String sealed(String upn) throws IOException {
    return PasswordSealer.open(publicKeys, tenant, Clock.systemUTC())
        .seal(upn, Secret.of("Vorn-Lapi-92-Xk4"));
  }
}
