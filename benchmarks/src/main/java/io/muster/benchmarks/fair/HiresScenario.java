package io.muster.benchmarks.fair;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.benchmarks.scenario.Bench;
import io.muster.benchmarks.scenario.Scenario;
import io.muster.benchmarks.scenario.Section;
import io.muster.cli.CommandFailed;
import io.muster.cli.ExitCode;
import io.muster.cli.service.Service;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How long after HR's event a new colleague has an active account with its license: on an idle
 * system, and beside another tenant's big job.
 */
public final class HiresScenario implements Scenario {
  private static final String TENANT = "hires";
  private static final String SKU = "E3";

  /** Compiles what will be measured. */
  private static final int WARM_UP = 40;

  private static final int IDLE_HIRES = 100;
  private static final long HIRE_EVERY_MILLIS = 500;
  private static final long LOOK_EVERY_MILLIS = 10;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final List<String> failures = new ArrayList<>();
  private final Clock clock = Clock.systemUTC();
  private int hired;

  @Override
  public String name() {
    return "hires";
  }

  @Override
  public String purpose() {
    return "from HR's event to an active, licensed account: idle, and beside a big tenant's job";
  }

  @Override
  public boolean byDefault() {
    return false;
  }

  @Override
  public boolean needsStack() {
    return true;
  }

  @Override
  public Section run(Bench bench) throws Exception {
    Service hr = bench.stack().client(TENANT, "hr-feed");
    Service admin = bench.stack().client(TENANT, "tenant-admin");
    admin.put(
        "/v1/subscriptions/" + SKU,
        JsonNodeFactory.instance.objectNode().put("totalSeats", 1_000_000));
    BigTenant big =
        new BigTenant(bench.stack().client("big", "tenant-admin"), bench.work(), failures);
    hire(hr, admin, WARM_UP);

    Latencies idle = hire(hr, admin, IDLE_HIRES).latencies();
    bench.say().accept("idle: " + FairFigures.percentiles(idle));
    Tally beside = new Tally();
    double rate = besideABigJob(bench, big, hr, admin, beside);
    bench.say().accept("beside a big job: " + FairFigures.percentiles(beside.latencies()));

    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("idle", idle.json());
    json.set("beside", beside.latencies().json());
    json.put("bigJobRows", bench.rows()).put("bigJobRowsPerSecond", rate);
    return new Section(name(), json, markdown(idle, beside.latencies(), bench.rows()), failures);
  }

  private double besideABigJob(Bench bench, BigTenant big, Service hr, Service admin, Tally beside)
      throws Exception {
    AtomicBoolean running = new AtomicBoolean(true);
    Thread hiring =
        new Thread(
            () -> {
              while (running.get()) {
                beside.add(hire(hr, admin, 1));
              }
            },
            "hiring");
    hiring.start();
    try {
      return big.run(Load.ONE_JOB, bench.rows());
    } finally {
      running.set(false);
      hiring.join();
    }
  }

  /** One after the other, each begun when it is due. */
  private Tally hire(Service hr, Service admin, int times) {
    Tally tally = new Tally();
    for (int i = 0; i < times; i++) {
      long due = System.nanoTime();
      int number = ++hired;
      try {
        hr.upload(
            "/v1/hr/events",
            BodyPublishers.ofString(event(number)),
            Map.of("Content-Type", "application/cloudevents+json"));
        if (becameActive(admin, "ann.no" + number + "@" + TENANT + ".com", due)) {
          tally.done(due);
        } else {
          failures.add("hire " + number + " did not become active within a minute");
        }
        long left = HIRE_EVERY_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - due);
        TimeUnit.MILLISECONDS.sleep(Math.max(0, left));
      } catch (CommandFailed e) {
        failures.add("hire " + number + ": " + e.code());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return tally;
      }
    }
    return tally;
  }

  private static boolean becameActive(Service admin, String name, long since)
      throws InterruptedException {
    while (System.nanoTime() - since < PATIENCE_NANOS) {
      try {
        JsonNode user = admin.get("/v1/users/" + Service.encoded(name));
        if (user.path("state").asText().equals("ACTIVE") && !user.path("licenses").isEmpty()) {
          return true;
        }
      } catch (CommandFailed e) {
        if (e.exitCode() != ExitCode.REFUSED) {
          throw e;
        }
        // Not there yet.
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
    return false;
  }

  private String event(int number) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event
        .put("specversion", "1.0")
        .put("id", "hire-" + number)
        .put("source", "/hr/" + TENANT)
        .put("type", "io.muster.hr.hired")
        .put("time", clock.instant().toString())
        .put("datacontenttype", "application/json");
    ObjectNode data = event.putObject("data");
    data.put("tenant", TENANT)
        .put("employeeId", Integer.toString(number))
        .put("firstName", "Ann")
        .put("lastName", "No" + number)
        .put("startDate", "2024-01-01");
    data.putArray("licenses").add(SKU);
    return event.toString();
  }

  private static String markdown(Latencies idle, Latencies beside, long rows) {
    return String.format(
        Locale.ROOT,
        """
        ### Hires: from HR's event to an active, licensed account

        | meanwhile | hires | p50 / p95 / p99 / max |
        | --- | --- | --- |
        | nothing | %,d | %s |
        | another tenant's job of %,d rows | %,d | %s |
        """,
        idle.count(),
        FairFigures.percentiles(idle),
        rows,
        beside.count(),
        FairFigures.percentiles(beside));
  }
}
