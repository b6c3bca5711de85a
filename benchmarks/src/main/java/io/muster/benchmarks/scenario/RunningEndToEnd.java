package io.muster.benchmarks.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.benchmarks.limit.Limit;
import io.muster.benchmarks.measure.Footprint;
import io.muster.benchmarks.measure.Footprint.Growth;
import io.muster.benchmarks.measure.ProcFs;
import io.muster.benchmarks.measure.Settling;
import io.muster.benchmarks.measure.TakingFootprints;
import io.muster.benchmarks.measure.WatchingProcesses;
import io.muster.benchmarks.stack.BenchStack;
import io.muster.cli.service.LocalService;
import io.muster.cli.service.Service;
import io.muster.contracts.command.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Runs the chosen scenarios one after the other on one stack, which it finds new. */
public final class RunningEndToEnd implements AutoCloseable {
  private static final String TENANT = LocalService.DEFAULT_TENANT;

  /** What follows ten million rows takes a while. */
  private static final Duration SETTLING = Duration.ofMinutes(30);

  private final Bench bench;
  private final Wishes wishes;
  private final List<Limit> limits;
  private final BenchStack stack;
  private final Service service;
  private final ClientOfAJob client;
  private final TakingFootprints footprints;
  private final Settling settling;

  /** Nothing was written since it was last seen at rest. */
  private boolean atRest;

  /**
   * @param limits to hold the rates against; may be empty
   */
  public RunningEndToEnd(Bench bench, Wishes wishes, List<Limit> limits) {
    this.bench = bench;
    this.wishes = wishes;
    this.limits = List.copyOf(limits);
    this.stack = bench.stack();
    this.service = stack.client(TENANT, LocalService.DEFAULT_ROLE);
    this.client = new ClientOfAJob(service);
    this.footprints = new TakingFootprints(stack);
    this.settling = new Settling(footprints, wishes.quiet(), SETTLING);
  }

  /**
   * Prepares what they need, which isn't measured, and runs them.
   *
   * @param done gets each run when it is over, so that none is lost when a later one breaks
   * @throws IllegalStateException a row of the preparation failed, or a job stopped itself
   */
  public void run(Consumer<EndToEndRun> done)
      throws IOException, SQLException, InterruptedException {
    prepare();
    for (EndToEnd scenario : EndToEnd.values()) {
      if (wishes.scenarios().contains(scenario)) {
        done.accept(run(scenario));
      }
    }
  }

  private void prepare() throws IOException, InterruptedException {
    seats(wishes.rows() + wishes.warmUpRows());
    if (wishes.accountsBefore() > 0) {
      say("adding %,d accounts that are to be there already", wishes.accountsBefore());
      unmeasured(Crowd.THERE_ALREADY, EndToEnd.ADD, wishes.accountsBefore());
    }
    if (wishes.warmUpRows() > 0) {
      say("warming up with %,d rows", wishes.warmUpRows());
      unmeasured(Crowd.WARMING_UP, EndToEnd.ADD, wishes.warmUpRows());
      unmeasured(Crowd.WARMING_UP, EndToEnd.ENABLE, wishes.warmUpRows());
    }
    if (wishes.scenarios().contains(EndToEnd.ENABLE_GIVEN)) {
      unmeasured(Crowd.WITH_PASSWORDS, EndToEnd.ADD, wishes.givenRows());
    }
    boolean accountsNeeded =
        wishes.scenarios().stream()
            .anyMatch(each -> each != EndToEnd.ADD && each != EndToEnd.ENABLE_GIVEN);
    if (accountsNeeded && !wishes.scenarios().contains(EndToEnd.ADD)) {
      say("adding %,d accounts to work on", wishes.rows());
      unmeasured(Crowd.MEASURED, EndToEnd.ADD, wishes.rows());
    }
  }

  private void seats(long seats) {
    service.put(
        "/v1/subscriptions/" + EndToEnd.SKU,
        JsonNodeFactory.instance
            .objectNode()
            .put("name", "Office 365 E3")
            .put("totalSeats", Math.max(1, seats)));
  }

  private void unmeasured(Crowd crowd, EndToEnd scenario, long rows)
      throws IOException, InterruptedException {
    Path file = crowd.file(bench.work(), scenario.operation(), rows, false, scenario.licenses());
    JobTimes times = client.run(file, scenario.operation());
    Files.delete(file);
    if (times.failedRows() > 0) {
      throw new IllegalStateException("In the preparation, " + times.failures().get(0) + ".");
    }
  }

  private EndToEndRun run(EndToEnd scenario)
      throws IOException, SQLException, InterruptedException {
    long rows = wishes.rowsOf(scenario);
    Operation operation = scenario.operation();
    Crowd crowd = scenario.givesPasswords() ? Crowd.WITH_PASSWORDS : Crowd.MEASURED;
    Path file =
        crowd.file(bench.work(), operation, rows, scenario.givesPasswords(), scenario.licenses());
    if (!atRest) {
      settling.await();
    }
    HoldingAgainstLimits holding = HoldingAgainstLimits.before(scenario, limits, bench);
    Footprint before = footprints.take();
    say("%s: uploading %,d rows", scenario.scenario(), rows);
    EndToEndRun run;
    try (WatchingProcesses watching = WatchingProcesses.begin(stack, ProcFs.ofThisMachine())) {
      JobTimes times = client.run(file, operation);
      watching.end();
      say(
          "%s: %,.0f rows/s, %.1f s",
          scenario.scenario(), times.rows() / times.seconds(), times.seconds());
      double settled = settling.await();
      Growth growth = footprints.take().since(before);
      run =
          new EndToEndRun(
              scenario.scenario(),
              times,
              watching.use(),
              watching.cpuElsewhere(),
              watching.stages(),
              growth,
              settled,
              List.of(),
              List.of());
    }
    Files.delete(file);
    atRest = limits.isEmpty() && run.settledSeconds() >= 0;
    return holding.after(run, TENANT);
  }

  private void say(String format, Object... arguments) {
    bench.say().accept(String.format(Locale.ROOT, format, arguments));
  }

  @Override
  public void close() {
    footprints.close();
  }
}
