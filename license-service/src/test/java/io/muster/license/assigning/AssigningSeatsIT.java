package io.muster.license.assigning;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.LicenseCommand.Action;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import io.muster.license.Commands;
import io.muster.license.SeatsDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/** On a real PostgreSQL: batches of commands come out as one by one, and the sums hold. */
class AssigningSeatsIT {
  private static final String[] SKUS = {"E3", "F1", "Visio"};

  private final SeatsDatabase database = SeatsDatabase.shared();
  private final AssigningSeats assigning =
      new AssigningSeats(database.dataSource(), Clock.systemUTC());

  private enum Kind {
    TAKE,
    TRY,
    TAKE_WITHOUT_ROLE,
    TAKE_UNKNOWN,
    RELEASE,
    RELEASE_ALL,
    SET,
    SET_NONE,
    SET_WITHOUT_ROLE,
    RESTORE,
    REVERT,
    UNDO
  }

  /**
   * A command without tenant and job.
   *
   * @param skus bits of SKUS
   * @param age by how many submissions it is late
   * @param pick which of the commands so far is undone or taken back
   */
  private record Line(Kind kind, int user, int skus, int age, int pick) {}

  @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
  void anyBatchesEqualOneByOne(@ForAll("lines") List<Line> lines, @ForAll Random chance) {
    String tenant = database.aTenantWithSeats(3, "E3", "F1");
    database.bought(tenant, "Visio", 1);
    SeatModel model = new SeatModel(Map.of("E3", 3, "F1", 3, "Visio", 1));
    List<LicenseCommand> applied = new ArrayList<>();
    Set<LicenseCommand> undone = new HashSet<>();
    int done = 0;
    while (done < lines.size()) {
      int next = done + 1 + chance.nextInt(lines.size() - done);
      List<LicenseCommand> batch = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      List<Integer> tries = new ArrayList<>();
      Map<String, String> before = model.assignments();
      for (int i = done; i < next; i++) {
        LicenseCommand command = command(tenant, i, lines.get(i), applied);
        if (command.action() == Action.UNDO && !undone.add(command)) {
          continue; // The inbox hands every undo over once.
        }
        if (command.dryRun()) {
          tries.add(batch.size());
          batch.add(command);
          expected.add("");
          continue;
        }
        batch.add(command);
        expected.add(model.apply(command));
        if (command.action() != Action.UNDO
            && expected.get(batch.size() - 1).equals(SeatModel.APPLIED)) {
          applied.add(command);
        }
      }
      // A dry run sees what was there before its batch.
      tries.forEach(at -> expected.set(at, word(alone(tenant, before, batch.get(at)))));

      List<Outcome> outcomes = apply(batch);

      assertThat(outcomes).extracting(AssigningSeatsIT::word).isEqualTo(expected);
      assertThat(database.assignments(tenant)).isEqualTo(model.assignments());
      assertThat(database.broken(tenant)).isEmpty();
      done = next;
    }
  }

  /** What a dry run of one row says while nothing else goes on. */
  private Outcome alone(String tenant, Map<String, String> before, LicenseCommand command) {
    Outcome outcome =
        one(
            Commands.dryRun(tenant, command.stamp().submission())
                .take(
                    command.row(),
                    command.userPrincipalName(),
                    command.subscriptions().toArray(String[]::new)));
    assertThat(database.assignments(tenant)).isEqualTo(before);
    return outcome;
  }

  private static LicenseCommand command(
      String tenant, int index, Line line, List<LicenseCommand> applied) {
    long submission = Math.max(1, 10 + index - line.age());
    Commands job = new Commands(tenant, submission);
    long row = index + 1;
    String upn = (index % 2 == 0 ? "User" : "user") + line.user() + "@contoso.com";
    String[] skus =
        IntStream.range(0, SKUS.length)
            .filter(bit -> (line.skus() >> bit & 1) == 1)
            .mapToObj(bit -> SKUS[bit])
            .toArray(String[]::new);
    return switch (line.kind()) {
      case TAKE -> job.take(row, upn, skus);
      case TRY -> Commands.dryRun(tenant, submission).take(row, upn, skus);
      case TAKE_WITHOUT_ROLE -> job.takeAs("password-admin", row, upn, skus);
      case TAKE_UNKNOWN -> job.take(row, upn, "E3", "E9");
      case RELEASE -> job.release(row, upn, skus);
      case RELEASE_ALL -> job.release(row, upn);
      case SET -> job.set(row, upn, skus);
      case SET_NONE -> job.set(row, upn);
      case SET_WITHOUT_ROLE -> job.setAs("password-admin", row, upn);
      case RESTORE -> job.restore(row, upn);
      case REVERT ->
          applied.isEmpty()
              ? job.restore(row, upn)
              : job.revert(row, applied.get(line.pick() % applied.size()));
      case UNDO ->
          applied.isEmpty()
              ? job.release(row, upn, "E9")
              : Commands.undo(applied.get(line.pick() % applied.size()));
    };
  }

  @Provide
  Arbitrary<List<Line>> lines() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequency(
            Tuple.of(12, Kind.TAKE),
            Tuple.of(6, Kind.UNDO),
            Tuple.of(8, Kind.REVERT),
            Tuple.of(2, Kind.RELEASE),
            Tuple.of(3, Kind.RELEASE_ALL),
            Tuple.of(5, Kind.SET),
            Tuple.of(1, Kind.SET_NONE),
            Tuple.of(1, Kind.SET_WITHOUT_ROLE),
            Tuple.of(1, Kind.RESTORE),
            Tuple.of(1, Kind.TRY),
            Tuple.of(1, Kind.TAKE_WITHOUT_ROLE),
            Tuple.of(1, Kind.TAKE_UNKNOWN));
    return Combinators.combine(
            kinds,
            Arbitraries.integers().between(1, 4),
            Arbitraries.frequency(
                Tuple.of(4, 1), Tuple.of(2, 2), Tuple.of(2, 3), Tuple.of(1, 4), Tuple.of(1, 7)),
            Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(1, 2), Tuple.of(1, 5)),
            Arbitraries.integers().between(0, 50))
        .as(Line::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  @Example
  void aFileWhoseOnlyFailuresAreSeatsFailsInRowOrder() {
    String tenant = database.aTenantWithSeats(30, "E3");
    Commands job = new Commands(tenant, 1);
    List<LicenseCommand> rows =
        LongStream.rangeClosed(1, 100)
            .mapToObj(row -> job.take(row, "user" + (1000 - row) + "@contoso.com", "E3"))
            .toList();

    List<Outcome> outcomes = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += 7) {
      outcomes.addAll(apply(rows.subList(from, Math.min(rows.size(), from + 7))));
    }

    List<String> inRowOrder = new ArrayList<>(Collections.nCopies(30, "APPLIED"));
    inRowOrder.addAll(Collections.nCopies(70, "NO_SEATS_LEFT"));
    assertThat(outcomes).extracting(AssigningSeatsIT::word).isEqualTo(inRowOrder);
    assertThat(database.sums(tenant)).containsEntry("E3", "30");
  }

  @Example
  void aRowThatGetsOneSeatOfTwoGetsNoneAndIsToldWhichRanOut() {
    String tenant = database.aTenantWithSeats(5, "E3");
    database.bought(tenant, "Visio", 0);

    Outcome refused = one(new Commands(tenant, 1).take(1, "ada@contoso.com", "E3", "Visio"));

    assertThat(refused.code()).isEqualTo(RowCode.NO_SEATS_LEFT);
    assertThat(refused.detail()).contains("Visio").contains("Buy seats").doesNotContain("E3");
    assertThat(database.assignments(tenant)).isEmpty();
    assertThat(database.sums(tenant)).containsEntry("E3", "0");
  }

  @Example
  void aReleasedAndRetakenSeatIsNotTouchedByTheOldClaimsUndo() {
    String tenant = database.aTenantWithSeats(1, "E3");
    LicenseCommand first = new Commands(tenant, 1).take(1, "ada@contoso.com", "E3");
    one(first);
    one(new Commands(tenant, 2).release(1, "ADA@contoso.com"));
    one(new Commands(tenant, 3).take(1, "ada@contoso.com", "E3"));

    Outcome undone = one(Commands.undo(first));

    assertThat(undone).isEqualTo(Outcome.undone());
    assertThat(database.assignments(tenant)).containsEntry("ada@contoso.com E3", "3/1");
  }

  @Example
  void aReleaseThatANewerTakeOvertookStillHoldsWhenThatTakeIsUndone() {
    String tenant = database.aTenantWithSeats(1, "E3");
    one(new Commands(tenant, 1).take(1, "ada@contoso.com", "E3"));
    LicenseCommand newer = new Commands(tenant, 3).take(1, "ada@contoso.com", "E3");
    one(newer);

    one(new Commands(tenant, 2).release(1, "ada@contoso.com"));
    assertThat(database.assignments(tenant)).hasSize(1);
    one(Commands.undo(newer));

    assertThat(database.assignments(tenant)).isEmpty();
    assertThat(database.sums(tenant)).containsEntry("E3", "0");
  }

  @Example
  void moreClaimsThanAreToldApartNeverLoseASeatThatWasThereBefore() {
    String tenant = database.aTenantWithSeats(1, "E3");
    List<LicenseCommand> takes =
        LongStream.rangeClosed(1, 50)
            .mapToObj(n -> new Commands(tenant, n).take(1, "ada@contoso.com", "E3"))
            .toList();
    takes.forEach(this::one);

    takes.subList(1, 50).forEach(take -> one(Commands.undo(take)));

    assertThat(database.assignments(tenant)).containsOnlyKeys("ada@contoso.com E3");
    assertThat(database.broken(tenant)).isEmpty();
  }

  @Example
  void refusalsNameTheSkuAndNamesThatNoColumnTakesBreakNothing() {
    String tenant = database.aTenantWithSeats(5, "E3");
    Commands job = new Commands(tenant, 1);

    List<Outcome> outcomes =
        apply(
            List.of(
                job.take(1, "a@contoso.com", "E9"),
                job.take(2, "b@contoso.com", "E\u00003"),
                job.take(3, "c\uD800@contoso.com", "E3"),
                job.release(4, "d\u0000@contoso.com"),
                job.take(5, "e".repeat(5000) + "@contoso.com", "E3"),
                job.set(6, "f@contoso.com", "E9"),
                job.set(7, "f\uD800@contoso.com"),
                job.take(8, "g@contoso.com", "E3", "E3")));

    assertThat(outcomes)
        .extracting(AssigningSeatsIT::word)
        .containsExactly(
            "UNKNOWN_SUBSCRIPTION",
            "UNKNOWN_SUBSCRIPTION",
            "INVALID_USER_PRINCIPAL_NAME",
            "APPLIED",
            "INVALID_USER_PRINCIPAL_NAME",
            "UNKNOWN_SUBSCRIPTION",
            "INVALID_USER_PRINCIPAL_NAME",
            "APPLIED");
    assertThat(outcomes.get(0).detail()).contains("E9");
    assertThat(outcomes.get(1).detail()).doesNotContain("\u0000");
    assertThat(database.sums(tenant)).containsEntry("E3", "1");
  }

  @Example
  void oneTenantsBatchLeavesTheOthersAlone() {
    String contoso = database.aTenantWithSeats(1, "E3");
    String fabrikam = database.aTenantWithSeats(1, "E3");

    List<Outcome> outcomes =
        apply(
            List.of(
                new Commands(contoso, 1).take(1, "ada@contoso.com", "E3"),
                new Commands(fabrikam, 2).take(1, "ada@contoso.com", "E3"),
                new Commands(contoso, 3).take(1, "bob@contoso.com", "E3"),
                new Commands(contoso, 4).release(1, "ada@contoso.com")));

    assertThat(outcomes)
        .extracting(AssigningSeatsIT::word)
        .containsExactly("APPLIED", "APPLIED", "NO_SEATS_LEFT", "APPLIED");
    assertThat(database.assignments(contoso)).isEmpty();
    assertThat(database.assignments(fabrikam)).containsEntry("ada@contoso.com E3", "2/1");
  }

  private Outcome one(LicenseCommand command) {
    return apply(List.of(command)).get(0);
  }

  private List<Outcome> apply(List<LicenseCommand> batch) {
    List<String> tenants = batch.stream().map(LicenseCommand::tenant).distinct().toList();
    return database.inNew(tenants, () -> assigning.apply(batch));
  }

  private static String word(Outcome outcome) {
    return outcome.code() == null ? outcome.part().name() : outcome.code().name();
  }
}
