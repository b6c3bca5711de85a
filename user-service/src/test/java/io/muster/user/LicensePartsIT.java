package io.muster.user;

import static io.muster.contracts.command.Operation.ADD;
import static io.muster.contracts.command.Operation.DISABLE;
import static io.muster.contracts.command.Operation.ENABLE;
import static io.muster.contracts.command.Operation.REMOVE;
import static io.muster.contracts.command.Operation.RESTORE;
import static io.muster.contracts.command.Operation.SET_LICENSES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.LicenseCommand.Action;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What license-service is told, and what is skipped. */
@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class LicensePartsIT {
  private final String tenant = Jobs.aTenant();
  private final Jobs setUp = Jobs.aJobOf(tenant);
  private Bus bus;

  @BeforeEach
  void connect() {
    bus = new Bus();
    bus.send(
        List.of(
            setUp.a(ADD, 1, "a@x.com").active().command(),
            setUp.a(ADD, 2, "b@x.com").active().command(),
            setUp.a(ADD, 3, "c@x.com").active().command(),
            setUp.a(ADD, 4, "d@x.com").active().command()));
    assertThat(bus.answers(setUp.id, 4)).hasSize(4);
  }

  @AfterEach
  void disconnect() {
    bus.close();
  }

  @Test
  void whatWasDoneToTheAccountIsDoneToItsSeatsAndARepeatSaysTheSame() {
    Jobs job = Jobs.aJobOf(tenant);
    List<UserCommand> rows =
        List.of(
            job.a(DISABLE, 1, "a@x.com").withLicensePart().command(),
            job.a(REMOVE, 2, "b@x.com").withLicensePart().command(),
            job.a(RESTORE, 3, "b@x.com").withLicensePart().command(),
            job.a(SET_LICENSES, 4, "c@x.com").licenses("E3", "F1").command(),
            job.a(SET_LICENSES, 5, "d@x.com").licenses().command(),
            job.a(SET_LICENSES, 6, "d@x.com").command(),
            job.a(ENABLE, 7, "d@x.com").withLicensePart().command());

    bus.send(rows);
    assertThat(bus.receive(job.id, 7)).hasSize(7);
    bus.send(rows);

    assertThat(bus.receive(job.id, 7)).hasSize(7);
    List<LicenseCommand> told = bus.licenseCommands(job.id, 10);
    assertThat(told).hasSize(10).containsAll(told.subList(5, 10));
    assertThat(told.stream().distinct().sorted(Comparator.comparing(LicenseCommand::row)))
        .extracting(LicenseCommand::action)
        .containsExactly(Action.RELEASE, Action.RELEASE, Action.RESTORE, Action.SET, Action.SET);
    assertThat(told).allSatisfy(c -> assertThat(c.stamp()).isEqualTo(job.stamp(c.row())));
    assertThat(told)
        .filteredOn(c -> c.row() == 4)
        .allSatisfy(c -> assertThat(c.subscriptions()).containsExactly("E3", "F1"));
    assertThat(told)
        .filteredOn(c -> c.row() != 4)
        .allSatisfy(
            c -> {
              assertThat(c.subscriptions()).isEmpty();
              assertThat(c.reverts()).isNull();
              assertThat(c.undoes()).isNull();
            });
  }

  @Test
  void theLicensePartOfARefusedRowIsSkippedOrUndoneWhereSeatsWereTakenInParallel() {
    Jobs job = Jobs.aJobOf(tenant);

    bus.send(
        List.of(
            job.a(DISABLE, 1, "nobody@x.com").withLicensePart().command(),
            job.a(SET_LICENSES, 2, "nobody@x.com").licenses("E3").command(),
            job.a(ENABLE, 3, "nobody@x.com").withLicensePart().command()));

    List<RowResult> results = bus.results(job.id, 5);
    assertThat(results)
        .filteredOn(r -> r.part() == Part.USER)
        .extracting(RowResult::code)
        .containsExactly(RowCode.USER_NOT_FOUND, RowCode.USER_NOT_FOUND, RowCode.USER_NOT_FOUND);
    assertThat(results)
        .filteredOn(r -> r.part() == Part.LICENSE)
        .allSatisfy(r -> assertThat(r.outcome()).isEqualTo(PartOutcome.SKIPPED))
        .extracting(RowResult::row)
        .containsExactlyInAnyOrder(1L, 2L);
    assertThat(bus.licenseCommands(job.id, 1))
        .extracting(LicenseCommand::action, LicenseCommand::undoes)
        .containsExactly(tuple(Action.UNDO, new CommandId(job.id, 3)));
  }

  @Test
  void anUndoRowTellsWhoseSeatsComeBackAndIsTakenBackItselfWhenThereAreNone() throws Exception {
    Jobs leaving = Jobs.aJobOf(tenant);
    UserCommand remove = leaving.a(REMOVE, 1, "a@x.com").withLicensePart().command();
    bus.send(List.of(remove));
    assertThat(bus.results(leaving.id, 1)).hasSize(1);
    Jobs undoing = Jobs.aJobOf(tenant);
    UserCommand back = undoing.a(REMOVE, 9, "a@x.com").takingBack(remove).command();
    UserCommand ofNobody =
        undoing
            .a(REMOVE, 8, "b@x.com")
            .takingBack(leaving.a(REMOVE, 2, "b@x.com").withLicensePart().command())
            .command();

    bus.send(List.of(back, ofNobody));

    List<RowResult> results = bus.results(undoing.id, 3);
    assertThat(results)
        .filteredOn(r -> r.row() == 8)
        .extracting(r -> r.part() + " " + r.outcome() + " " + r.code())
        .containsExactlyInAnyOrder("USER REJECTED NOT_UNDOABLE", "LICENSE SKIPPED null");
    List<LicenseCommand> told = bus.licenseCommands(undoing.id, 1);
    assertThat(told).hasSize(1);
    assertThat(told.get(0).action()).isEqualTo(Action.RESTORE);
    assertThat(told.get(0).reverts()).isEqualTo(remove.id());
    assertThat(told.get(0).revertedStamp()).isEqualTo(remove.stamp());
    assertThat(told.get(0).stamp()).isEqualTo(back.stamp());
    assertThat(state("a@x.com")).containsExactly("ACTIVE");

    bus.send(List.of(ARow.undoOf(back)));

    assertThat(bus.results(undoing.id, 1))
        .extracting(RowResult::outcome)
        .containsExactly(PartOutcome.UNDONE);
    assertThat(state("a@x.com")).containsExactly("REMOVED");
    assertThat(
            Tables.strings(
                "SELECT operation FROM change WHERE tenant_id = ? AND kind = 'U'", tenant))
        .as("the operation that was undone, whatever license-service calls it")
        .containsExactly("REMOVE");
  }

  @Test
  void anAccountThatIsTakenAwayGivesBackWhateverSeatsItHolds() throws Exception {
    Jobs adding = Jobs.aJobOf(tenant);
    UserCommand add = adding.a(ADD, 1, "e@x.com").active().command();
    bus.send(List.of(add));
    assertThat(bus.results(adding.id, 1)).hasSize(1);
    Jobs undoing = Jobs.aJobOf(tenant);
    UserCommand gone = undoing.a(ADD, 1, "e@x.com").takingBack(add).withLicensePart().command();
    Jobs again = Jobs.aJobOf(tenant);
    UserCommand goneAlready =
        again.a(ADD, 1, "e@x.com").takingBack(add).withLicensePart().command();

    bus.send(List.of(gone, goneAlready));

    assertThat(bus.results(undoing.id, 1))
        .extracting(RowResult::outcome)
        .containsExactly(PartOutcome.APPLIED);
    assertThat(state("e@x.com")).isEmpty();
    assertThat(bus.licenseCommands(undoing.id, 1))
        .extracting(LicenseCommand::action, LicenseCommand::subscriptions, LicenseCommand::reverts)
        .containsExactly(tuple(Action.RELEASE, List.of(), null));
    assertThat(bus.licenseCommands(again.id, 1))
        .as("a later account of this name keeps what it holds")
        .extracting(LicenseCommand::action, LicenseCommand::reverts)
        .containsExactly(tuple(Action.RESTORE, add.id()));
  }

  @Test
  void anAccountThatIsRemovedAgainGivesBackWhateverSeatsItHolds() throws Exception {
    Jobs job = Jobs.aJobOf(tenant);
    UserCommand restore = job.a(RESTORE, 2, "b@x.com").withLicensePart().command();
    bus.send(List.of(job.a(REMOVE, 1, "b@x.com").withLicensePart().command(), restore));
    assertThat(bus.results(job.id, 2)).hasSize(2);
    Jobs undoing = Jobs.aJobOf(tenant);

    bus.send(List.of(undoing.a(RESTORE, 1, "b@x.com").takingBack(restore).command()));

    assertThat(bus.results(undoing.id, 1))
        .extracting(RowResult::outcome)
        .containsExactly(PartOutcome.APPLIED);
    assertThat(state("b@x.com")).containsExactly("REMOVED");
    assertThat(bus.licenseCommands(undoing.id, 1))
        .extracting(LicenseCommand::action, LicenseCommand::subscriptions)
        .containsExactly(tuple(Action.RELEASE, List.of()));
  }

  private List<String> state(String upn) throws Exception {
    return Tables.strings(
        "SELECT state FROM account WHERE tenant_id = ? AND upn_key = ?", tenant, upn);
  }
}
