package io.muster.benchmarks.fair;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.CommandFailed;
import io.muster.cli.service.Service;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The tenant that mustn't notice: a file of 100 rows every 3 s, and changes of single users beside
 * it. Each is begun when it is due, whether or not the one before has ended, and its time counts
 * from when it was due: a system that stands still can't make the figures better.
 */
final class SmallTenant implements AutoCloseable {
  static final int ROWS = 100;
  static final long JOB_EVERY_MILLIS = 3_000;
  static final long CALL_EVERY_MILLIS = 200;

  /** Longer than anything that is still worth a figure. */
  private static final long END_SECONDS = 120;

  private static final int WARMING_UP_AT_ONCE = 8;
  private static final long WARM_UP_MINUTES = 10;

  private final Service service;
  private final String run;
  private final Tally jobs = new Tally();
  private final Tally calls = new Tally();
  private final AtomicLong number = new AtomicLong();
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
  private final java.util.concurrent.ExecutorService callers = Executors.newCachedThreadPool();

  /**
   * @param run sets the names of new users apart from those of other runs
   */
  SmallTenant(Service service, String run) {
    this.service = service;
    this.run = run;
  }

  /** The users whose changes are measured. */
  static void prepare(Service service) throws InterruptedException {
    SmallFiles.await(service, SmallFiles.upload(service, "add", SmallFiles.users("changed", ROWS)));
  }

  /** Changes the same users, eight at a time, without looking at what becomes of it. */
  static void warmUp(Service service, int calls) throws InterruptedException {
    var callers = Executors.newFixedThreadPool(WARMING_UP_AT_ONCE);
    for (int call = 0; call < calls; call++) {
      int number = call;
      var unused = callers.submit(() -> change(service, number, "Warm " + number));
    }
    callers.shutdown();
    if (!callers.awaitTermination(WARM_UP_MINUTES, TimeUnit.MINUTES)) {
      callers.shutdownNow();
    }
  }

  private static JsonNode change(Service service, long call, String office) {
    return service.patch(
        "/v1/users/" + Service.encoded(SmallFiles.name("changed", call % ROWS)),
        JsonNodeFactory.instance.objectNode().put("office", office));
  }

  SmallTenant start() {
    begin(JOB_EVERY_MILLIS, this::job);
    begin(CALL_EVERY_MILLIS, this::call);
    return this;
  }

  private void begin(long everyMillis, java.util.function.LongConsumer what) {
    var unused =
        clock.scheduleAtFixedRate(
            () -> {
              long due = System.nanoTime();
              callers.execute(() -> what.accept(due));
            },
            0,
            everyMillis,
            TimeUnit.MILLISECONDS);
  }

  private void job(long due) {
    try {
      byte[] file = SmallFiles.users(run + "-" + number.incrementAndGet(), ROWS);
      String state =
          SmallFiles.await(service, SmallFiles.upload(service, "add", file)).path("state").asText();
      if (state.equals("SUCCEEDED")) {
        jobs.done(due);
      } else {
        jobs.failed(state);
      }
    } catch (CommandFailed e) {
      jobs.failed(e.code());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void call(long due) {
    long call = number.incrementAndGet();
    try {
      if (change(service, call, "Room " + call).has("userPrincipalName")) {
        calls.done(due);
      } else {
        calls.failed("NOT_ENDED_IN_TIME");
      }
    } catch (CommandFailed e) {
      calls.failed(e.code());
    }
  }

  /** Begins nothing more, and waits for what was begun. */
  @Override
  public void close() throws InterruptedException {
    clock.shutdown();
    clock.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    callers.shutdown();
    if (!callers.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
      callers.shutdownNow();
      jobs.failed("NEVER_ENDED");
    }
  }

  Tally jobs() {
    return jobs;
  }

  Tally calls() {
    return calls;
  }

  /** By kind, what failed. */
  Map<String, Map<String, Integer>> failures() {
    return Map.of("jobs", jobs.failures(), "calls", calls.failures());
  }
}
