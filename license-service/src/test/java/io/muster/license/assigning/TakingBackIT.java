package io.muster.license.assigning;

import static io.muster.contracts.event.AccountEventType.LICENSED;
import static io.muster.contracts.event.AccountEventType.LICENSE_RELEASED;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Happening;
import io.muster.inbox.Outcome;
import io.muster.license.Commands;
import io.muster.license.SeatsDatabase;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Jobs that set, release and take back seats, as administrators would tell it. */
class TakingBackIT {
  private static final String ADA = "ada@contoso.com";
  private static final String BOB = "bob@contoso.com";

  private final SeatsDatabase database = SeatsDatabase.shared();
  private final AssigningSeats assigning =
      new AssigningSeats(database.dataSource(), Clock.systemUTC());

  @Test
  void theExactSetTakesWhatIsMissingGivesBackTheRestAndConfirmsWhatIsHeld() {
    String tenant = database.aTenantWithSeats(1, "E3", "F1", "Visio");
    one(job(tenant, 1).take(1, ADA, "E3", "F1"));

    Outcome set = one(job(tenant, 2).set(1, ADA, "F1", "Visio"));

    assertThat(set)
        .isEqualTo(
            Outcome.applied()
                .telling(
                    List.of(
                        Happening.about(LICENSED, List.of("Visio")),
                        Happening.about(LICENSE_RELEASED, List.of("E3")))));
    assertThat(database.assignments(tenant))
        .containsOnly(entry(ADA, "F1", "2/1"), entry(ADA, "Visio", "2/1"));
    assertThat(database.sums(tenant)).containsEntry("E3", "0").containsEntry("Visio", "1");
    assertThat(database.broken(tenant)).isEmpty();
  }

  @Test
  void aRefusedSetChangesNothingNotEvenWhatItWouldGiveBack() {
    String tenant = database.aTenantWithSeats(1, "E3", "F1");
    one(job(tenant, 1).take(1, ADA, "E3"));
    one(job(tenant, 1).take(2, BOB, "F1"));

    Outcome full = one(job(tenant, 2).set(1, ADA, "F1"));
    Outcome unknown = one(job(tenant, 3).set(1, ADA, "E9"));
    Outcome noRole = one(job(tenant, 4).setAs("password-admin", 1, ADA));

    assertThat(full.code()).isEqualTo(RowCode.NO_SEATS_LEFT);
    assertThat(full.detail()).contains("F1");
    assertThat(unknown.code()).isEqualTo(RowCode.UNKNOWN_SUBSCRIPTION);
    assertThat(noRole.code()).isEqualTo(RowCode.OPERATION_NOT_ALLOWED);
    assertThat(database.assignments(tenant)).containsEntry(ADA + " E3", "1/1");
    assertThat(database.givenBack(tenant)).isEmpty();
  }

  @Test
  void aNewerSeatThatASetNamesSupersedesItAndOneThatItWouldGiveBackIsPassedOver() {
    String tenant = database.aTenantWithSeats(2, "E3", "F1");
    one(job(tenant, 5).take(1, ADA, "E3"));

    Outcome named = one(job(tenant, 4).set(1, ADA, "E3"));
    Outcome other = one(job(tenant, 4).set(2, ADA, "F1"));

    assertThat(named.code()).isEqualTo(RowCode.SUPERSEDED);
    assertThat(other.part()).isEqualTo(PartOutcome.APPLIED);
    assertThat(database.assignments(tenant))
        .containsOnly(entry(ADA, "E3", "5/1"), entry(ADA, "F1", "4/2"));
  }

  @Test
  void whatIsOlderThanAnExactSetAddsNoSeatToIt() {
    String tenant = database.aTenantWithSeats(5, "E3", "F1");
    LicenseCommand set = job(tenant, 5).set(1, ADA, "F1");
    one(set);
    one(job(tenant, 5).set(2, BOB));

    Outcome take = one(job(tenant, 4).take(1, "ADA@contoso.com", "E3"));
    Outcome exact = one(job(tenant, 4).set(2, BOB, "E3"));
    Outcome tried = one(Commands.dryRun(tenant, 4).take(3, ADA, "E3"));

    for (Outcome older : List.of(take, exact, tried)) {
      assertThat(older.code()).isEqualTo(RowCode.SUPERSEDED);
      assertThat(older.detail()).contains("exactly");
    }
    assertThat(database.assignments(tenant)).containsOnly(entry(ADA, "F1", "5/1"));

    one(job(tenant, 6).take(1, BOB, "E3"));
    one(job(tenant, 7).revert(1, set));
    one(job(tenant, 4).take(4, ADA, "E3"));

    assertThat(database.assignments(tenant))
        .containsOnly(entry(BOB, "E3", "6/1"), entry(ADA, "E3", "4/4"));
    assertThat(database.broken(tenant)).isEmpty();
  }

  @Test
  void anEmptySetGivesAllBack() {
    String tenant = database.aTenantWithSeats(1, "E3", "F1");
    one(job(tenant, 1).take(1, ADA, "E3", "F1"));

    one(job(tenant, 2).set(1, ADA));

    assertThat(database.assignments(tenant)).isEmpty();
    assertThat(database.givenBack(tenant)).hasSize(2);
  }

  @Test
  void undoingTheReleaseAndThenTheTakeLeavesNoSeat() {
    String tenant = database.aTenantWithSeats(1, "E3");
    LicenseCommand enable = job(tenant, 1).take(1, ADA, "E3");
    LicenseCommand disable = job(tenant, 2).release(1, ADA);
    one(enable);
    one(disable);

    one(job(tenant, 3).revert(1, disable));
    assertThat(database.assignments(tenant)).containsOnlyKeys(ADA + " E3");
    one(job(tenant, 4).revert(1, enable));

    assertThat(database.assignments(tenant)).isEmpty();
    assertThat(database.sums(tenant)).containsEntry("E3", "0");
    assertThat(database.givenBack(tenant)).isEmpty();
  }

  @Test
  void undoingTheTakeFirstLeavesNothingToComeBack() {
    String tenant = database.aTenantWithSeats(1, "E3");
    LicenseCommand enable = job(tenant, 1).take(1, ADA, "E3");
    LicenseCommand disable = job(tenant, 2).release(1, ADA);
    one(enable);
    one(disable);

    one(job(tenant, 3).revert(1, enable));
    Outcome second = one(job(tenant, 4).revert(1, disable));

    assertThat(second).isEqualTo(Outcome.applied());
    assertThat(database.assignments(tenant)).isEmpty();
  }

  @Test
  void theRefusedRowsClaimDoesNotComeBackWithTheReleaseThatTookIt() {
    String tenant = database.aTenantWithSeats(1, "E3");
    LicenseCommand enable = job(tenant, 1).take(1, ADA, "E3");
    LicenseCommand disable = job(tenant, 2).release(1, ADA);
    one(enable);
    one(disable);

    one(Commands.undo(enable));
    one(job(tenant, 3).revert(1, disable));

    assertThat(database.assignments(tenant)).isEmpty();
  }

  @Test
  void allSeatsComeBackOrNone() {
    String tenant = database.aTenantWithSeats(1, "E3", "F1");
    one(job(tenant, 1).take(1, ADA, "E3", "F1"));
    LicenseCommand remove = job(tenant, 2).release(1, ADA);
    one(remove);
    one(job(tenant, 3).take(1, BOB, "F1"));

    Outcome refused = one(job(tenant, 4).revert(1, remove));

    assertThat(refused.code()).isEqualTo(RowCode.NO_SEATS_LEFT);
    assertThat(refused.detail()).contains("F1").doesNotContain("E3");
    assertThat(database.assignments(tenant)).containsOnlyKeys(BOB + " F1");
    assertThat(database.givenBack(tenant)).hasSize(2);

    one(job(tenant, 5).release(1, BOB));
    assertThat(one(job(tenant, 6).revert(1, remove)).happened())
        .containsExactly(Happening.about(LICENSED, List.of("E3", "F1")));
    assertThat(database.assignments(tenant)).containsOnlyKeys(ADA + " E3", ADA + " F1");
  }

  @Test
  void aSeatThatIsHeldAgainStaysAndKeepsTheOlderClaimsToo() {
    String tenant = database.aTenantWithSeats(1, "E3");
    one(job(tenant, 1).take(1, ADA, "E3"));
    LicenseCommand disable = job(tenant, 2).release(1, ADA);
    LicenseCommand again = job(tenant, 3).take(1, ADA, "E3");
    one(disable);
    one(again);

    Outcome reverted = one(job(tenant, 4).revert(1, disable));
    one(job(tenant, 5).revert(1, again));

    assertThat(reverted).isEqualTo(Outcome.applied());
    assertThat(database.assignments(tenant)).containsOnlyKeys(ADA + " E3");
    assertThat(database.broken(tenant)).isEmpty();
  }

  @Test
  void whatIsTakenBackTwiceIsTakenBackOnce() {
    String tenant = database.aTenantWithSeats(1, "E3");
    one(job(tenant, 1).take(1, ADA, "E3"));
    LicenseCommand disable = job(tenant, 2).release(1, ADA);
    one(disable);
    one(job(tenant, 3).revert(1, disable));
    one(job(tenant, 4).release(1, ADA));
    one(job(tenant, 5).take(1, BOB, "E3"));

    Outcome second = one(job(tenant, 6).revert(1, disable));

    assertThat(second).isEqualTo(Outcome.applied());
    assertThat(database.assignments(tenant)).containsOnlyKeys(BOB + " E3");
  }

  @Test
  void aReleaseFromBeforeTheUndoDoesNotTakeTheSeatAgain() {
    String tenant = database.aTenantWithSeats(1, "E3");
    one(job(tenant, 1).take(1, ADA, "E3"));
    LicenseCommand disable = job(tenant, 2).release(1, ADA);
    one(disable);
    one(job(tenant, 4).revert(1, disable));

    one(job(tenant, 3).release(1, ADA));

    assertThat(database.assignments(tenant)).containsOnly(entry(ADA, "E3", "4/1"));
    one(job(tenant, 5).release(1, ADA));
    assertThat(database.assignments(tenant)).isEmpty();
  }

  @Test
  void aSetIsTakenBackWithWhatItTookAndWhatItGaveBack() {
    String tenant = database.aTenantWithSeats(1, "E3", "F1", "Visio");
    one(job(tenant, 1).take(1, ADA, "E3", "Visio"));
    LicenseCommand set = job(tenant, 2).set(1, ADA, "F1", "Visio");
    one(set);

    one(job(tenant, 3).revert(1, set));

    assertThat(database.assignments(tenant))
        .containsOnly(entry(ADA, "E3", "3/1"), entry(ADA, "Visio", "1/1"));
    assertThat(database.sums(tenant)).containsEntry("F1", "0");
  }

  @Test
  void aSetThatCannotBeTakenBackWhollyStays() {
    String tenant = database.aTenantWithSeats(1, "E3", "F1");
    one(job(tenant, 1).take(1, ADA, "E3"));
    LicenseCommand set = job(tenant, 2).set(1, ADA, "F1");
    one(set);
    one(job(tenant, 3).take(1, BOB, "E3"));

    Outcome refused = one(job(tenant, 4).revert(1, set));

    assertThat(refused.code()).isEqualTo(RowCode.NO_SEATS_LEFT);
    assertThat(database.assignments(tenant)).containsOnlyKeys(ADA + " F1", BOB + " E3");
  }

  @Test
  void theUndoOfASetThatNeverWasBringsBackWhatIsStillFree() {
    String tenant = database.aTenantWithSeats(1, "E3", "F1", "Visio");
    one(job(tenant, 1).take(1, ADA, "E3", "F1"));
    LicenseCommand set = job(tenant, 2).set(1, ADA, "Visio");
    one(set);
    one(job(tenant, 3).take(1, BOB, "F1"));

    Outcome undone = one(Commands.undo(set));

    assertThat(undone.part()).isEqualTo(PartOutcome.UNDONE);
    assertThat(undone.detail()).contains("F1").doesNotContain("E3");
    assertThat(database.assignments(tenant))
        .containsOnly(entry(ADA, "E3", "1/1"), entry(BOB, "F1", "3/1"));
    assertThat(database.broken(tenant)).isEmpty();
  }

  @Test
  void restoringTakesNoSeatsAndTellsWhichWereHeld() {
    String tenant = database.aTenantWithSeats(2, "E3", "E5", "F1");
    one(job(tenant, 1).take(1, ADA, "F1"));
    one(job(tenant, 2).release(1, ADA));
    one(job(tenant, 3).take(1, ADA, "E5", "E3"));
    one(job(tenant, 4).release(1, ADA));

    Outcome restored = one(job(tenant, 5).restore(1, "Ada@contoso.com"));
    Outcome nobody = one(job(tenant, 5).restore(2, BOB));

    assertThat(restored)
        .isEqualTo(
            Outcome.applied(
                "Held E3, E5 when its seats were given back; restoring takes no seats back."));
    assertThat(nobody).isEqualTo(Outcome.applied());
    assertThat(database.assignments(tenant)).isEmpty();
  }

  @Test
  void restoringTellsNothingOfSeatsThatAnExactSetTook() {
    String tenant = database.aTenantWithSeats(2, "E3");
    one(job(tenant, 1).take(1, ADA, "E3"));
    one(job(tenant, 2).set(1, ADA));
    one(job(tenant, 3).release(1, ADA));

    assertThat(one(job(tenant, 4).restore(1, ADA))).isEqualTo(Outcome.applied());
  }

  private Outcome one(LicenseCommand command) {
    return database.inNew(
        List.of(command.tenant()), () -> assigning.apply(List.of(command)).get(0));
  }

  private static Commands job(String tenant, long submission) {
    return new Commands(tenant, submission);
  }

  private static Map.Entry<String, String> entry(String user, String sku, String stamp) {
    return Map.entry(user + " " + sku, stamp);
  }
}
