package io.muster.license.assigning;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.LicenseCommand;
import io.muster.inbox.Outcome;
import io.muster.license.Commands;
import io.muster.license.SeatsDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** A dry run says, row by row, what the real run then does, and changes nothing. */
class TryingSeatsIT {
  private static final String[] SKUS = {"E3", "F1", "Visio"};

  private final SeatsDatabase database = SeatsDatabase.shared();
  private final AssigningSeats assigning =
      new AssigningSeats(database.dataSource(), Clock.systemUTC());

  private enum Kind {
    TAKE,
    SET,
    RELEASE,
    RESTORE,
    DOOMED
  }

  /** A row; a doomed one takes seats, and is then refused by user-service. */
  private record Row(Kind kind, int user, int skus) {}

  @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
  void whatADryRunSaysIsWhatTheRealRunDoes(
      @ForAll("rows") List<Row> earlier, @ForAll("rows") List<Row> file, @ForAll Random chance) {
    String tenant = database.aTenantWithSeats(4, "E3", "F1");
    database.bought(tenant, "Visio", 2);
    run(new Commands(tenant, 1), earlier, chance);
    Map<String, String> before = database.assignments(tenant);
    Map<String, String> givenBack = database.givenBack(tenant);

    List<String> said = run(Commands.dryRun(tenant, 2), file, chance);

    assertThat(database.assignments(tenant)).isEqualTo(before);
    assertThat(database.givenBack(tenant)).isEqualTo(givenBack);
    assertThat(database.broken(tenant)).isEmpty();
    assertThat(run(new Commands(tenant, 3), file, chance)).isEqualTo(said);
  }

  /** In batches that are never cut alike: between a command and its undo, too. */
  private List<String> run(Commands job, List<Row> rows, Random chance) {
    List<LicenseCommand> commands = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      LicenseCommand command = command(job, i + 1, rows.get(i));
      commands.add(command);
      if (rows.get(i).kind() == Kind.DOOMED) {
        commands.add(Commands.undo(command));
      }
    }
    List<String> outcomes = new ArrayList<>();
    Map<LicenseCommand, Outcome> known = new HashMap<>();
    int done = 0;
    while (done < commands.size()) {
      int next = done + 1 + chance.nextInt(commands.size() - done);
      // The inbox asks only for the undo of what was applied, and never in the same batch.
      List<LicenseCommand> batch = new ArrayList<>();
      for (LicenseCommand command : commands.subList(done, next)) {
        if (command.undoes() != null) {
          known.putAll(apply(batch));
          batch.clear();
          LicenseCommand own = commands.get(commands.indexOf(command) - 1);
          if (known.get(own).code() != null) {
            continue;
          }
        }
        batch.add(command);
      }
      known.putAll(apply(batch));
      done = next;
    }
    commands.stream()
        .filter(known::containsKey)
        .forEach(command -> outcomes.add(known.get(command).toString()));
    return outcomes;
  }

  private static LicenseCommand command(Commands job, long row, Row line) {
    String upn = "user" + line.user() + "@contoso.com";
    String[] skus =
        IntStream.range(0, SKUS.length)
            .filter(bit -> (line.skus() >> bit & 1) == 1)
            .mapToObj(bit -> SKUS[bit])
            .toArray(String[]::new);
    return switch (line.kind()) {
      case TAKE, DOOMED -> job.take(row, upn, skus);
      case SET -> job.set(row, upn, skus);
      case RELEASE -> job.release(row, upn);
      case RESTORE -> job.restore(row, upn);
    };
  }

  @Provide
  Arbitrary<List<Row>> rows() {
    return Combinators.combine(
            Arbitraries.of(Kind.values()),
            Arbitraries.integers().between(1, 8),
            Arbitraries.integers().between(0, 7))
        .as(Row::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(30);
  }

  @Example
  void aDryRunKeepsItsBooksFromBatchToBatchAndForItselfAlone() {
    String tenant = database.aTenantWithSeats(1, "E3");
    Commands one = Commands.dryRun(tenant, 1);
    Commands other = Commands.dryRun(tenant, 2);

    assertThat(word(one.take(1, "ada@contoso.com", "E3"))).isEqualTo("APPLIED");
    assertThat(word(one.take(2, "bob@contoso.com", "E3"))).isEqualTo("NO_SEATS_LEFT");
    assertThat(word(other.take(1, "bob@contoso.com", "E3"))).isEqualTo("APPLIED");
    assertThat(word(new Commands(tenant, 3).take(1, "cy@contoso.com", "E3"))).isEqualTo("APPLIED");
    assertThat(word(Commands.dryRun(tenant, 4).take(1, "di@contoso.com", "E3")))
        .isEqualTo("NO_SEATS_LEFT");
  }

  @Example
  void aTriedRowThatUserServiceRefusesGivesItsSeatToTheNext() {
    String tenant = database.aTenantWithSeats(1, "E3");
    Commands job = Commands.dryRun(tenant, 1);
    LicenseCommand doomed = job.take(1, "nobody@contoso.com", "E3");
    apply(List.of(doomed));

    apply(List.of(Commands.undo(doomed)));

    assertThat(word(job.take(2, "ada@contoso.com", "E3"))).isEqualTo("APPLIED");
    assertThat(word(job.take(3, "bob@contoso.com", "E3"))).isEqualTo("NO_SEATS_LEFT");
  }

  @Example
  void aDryRunWaitsForNobodyAndKeepsNobodyWaiting() throws SQLException {
    String tenant = database.aTenantWithSeats(1, "E3");
    Commands job = Commands.dryRun(tenant, 1);
    try (Connection seller = database.another(tenant);
        Statement statement = seller.createStatement()) {
      statement.execute("SELECT FROM subscription FOR UPDATE");
      statement.execute("UPDATE subscription SET total_seats = 2");

      List<String> said =
          apply(
                  List.of(
                      job.take(1, "ada@contoso.com", "E3"),
                      job.set(2, "ada@contoso.com"),
                      job.release(3, "ada@contoso.com")))
              .values()
              .stream()
              .map(TryingSeatsIT::word)
              .toList();

      assertThat(said).containsOnly("APPLIED");
      seller.rollback();
    }
  }

  private String word(LicenseCommand command) {
    return word(apply(List.of(command)).get(command));
  }

  private static String word(Outcome outcome) {
    return outcome.code() == null ? outcome.part().name() : outcome.code().name();
  }

  private Map<LicenseCommand, Outcome> apply(List<LicenseCommand> batch) {
    Map<LicenseCommand, Outcome> told = new HashMap<>();
    if (batch.isEmpty()) {
      return told;
    }
    List<LicenseCommand> commands = List.copyOf(batch);
    List<Outcome> outcomes =
        database.inNew(List.of(batch.get(0).tenant()), () -> assigning.apply(commands));
    for (int i = 0; i < commands.size(); i++) {
      // But for what others are told: of what is only tried, nothing.
      told.put(commands.get(i), outcomes.get(i).telling(null));
    }
    return told;
  }
}
