package io.muster.benchmarks.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.benchmarks.scenario.Bench;
import io.muster.benchmarks.scenario.Scenario;
import io.muster.benchmarks.scenario.Section;
import io.muster.cli.generate.People;
import io.muster.cli.generate.SampleFile;
import io.muster.cli.generate.WritingSamples;
import io.muster.cli.service.Service;
import io.muster.contracts.command.Operation;
import io.muster.localstack.service.StackService;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A big {@code add}, and the address list searched: how long after its end all of it is found, how
 * long a search takes then, and how long while another job of that tenant runs and is followed.
 */
public final class SearchAtSize implements Scenario {
  private static final String TENANT = "contoso";
  private static final long FIRST_SEED = 1;
  private static final long SECOND_SEED = 2;

  /** The job that runs beside the searches. */
  private static final int PART_OF_THE_FIRST = 4;

  private static final Duration FOUND_WITHIN = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  @Override
  public String name() {
    return "search";
  }

  @Override
  public String purpose() {
    return "adds a file, then searches its people by any part of their names";
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
    Service client = bench.stack().client(TENANT, "tenant-admin");
    List<String> failures = new ArrayList<>();
    ObjectNode json = new ObjectMapper().createObjectNode();
    StringBuilder markdown = new StringBuilder("### Search at size\n\n");
    try (Connection tables = bench.stack().superuser(StackService.USER_SERVICE).connect()) {
      Backlog backlog = new Backlog(tables);
      JsonNode job = ended(client, upload(client, bench, FIRST_SEED, bench.rows()));
      long left = backlog.rows();
      Duration behind = backlog.untilFollowed(PATIENCE);
      json.put("rows", bench.rows())
          .put("jobRowsPerSecond", job.path("rowsPerSecond").asDouble())
          .put("rowsLeftAtTheEnd", left)
          .put("secondsUntilFound", behind.toMillis() / 1000.0);
      markdown.append(
          "%,d accounts; the job ran at %,.0f rows/s, left %,d rows to be followed up, and all was found %.1f s after its end.\n\n"
              .formatted(
                  bench.rows(),
                  job.path("rowsPerSecond").asDouble(),
                  left,
                  behind.toMillis() / 1000.0));
      if (behind.compareTo(FOUND_WITHIN) > 0) {
        failures.add("the last was found only " + behind.toSeconds() + " s after its job");
      }
      bench.say().accept("searching " + bench.rows() + " accounts");
      Questions questions = Questions.about(tables, TENANT);
      Timings quiet = new Timings();
      questions.askAll(client, quiet);
      quiet.report("quiet", json, markdown);

      String second = upload(client, bench, SECOND_SEED, bench.rows() / PART_OF_THE_FIRST);
      Timings busy = new Timings();
      while (!isFinal(job(client, second)) || backlog.rows() > 0) {
        questions.askSome(client, busy);
      }
      busy.report("whileFilling", json, markdown);
    }
    return new Section(name(), json, markdown.toString(), failures);
  }

  private static String upload(Service client, Bench bench, long seed, long rows)
      throws IOException {
    Path file = bench.work().resolve("people-" + seed + ".csv");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      new WritingSamples(
              new People(seed), SampleFile.of(Operation.ADD, "contoso.com", false, List.of()))
          .csv(rows, out);
    }
    bench.say().accept("adding " + rows + " accounts");
    return client
        .upload(
            "/v1/jobs?operation=add",
            BodyPublishers.ofFile(file),
            Map.of("Content-Type", "text/csv"))
        .path("id")
        .asText();
  }

  private static JsonNode job(Service client, String id) {
    return client.get("/v1/jobs/" + id);
  }

  private static boolean isFinal(JsonNode job) {
    return !job.path("finishedAt").isNull();
  }

  private static JsonNode ended(Service client, String id) throws InterruptedException {
    JsonNode job = job(client, id);
    while (!isFinal(job)) {
      TimeUnit.MILLISECONDS.sleep(200);
      job = job(client, id);
    }
    return job;
  }

  /** What the services have yet to follow up. */
  private record Backlog(Connection tables) {
    private static final String ROWS =
        """
        SELECT (SELECT coalesce(sum(row_count), 0) FROM follow_up)
             + (SELECT coalesce(sum(row_count), 0) FROM search_due)
        """;

    long rows() throws SQLException {
      try (var statement = tables.createStatement();
          var row = statement.executeQuery(ROWS)) {
        row.next();
        return row.getLong(1);
      }
    }

    Duration untilFollowed(Duration patience) throws SQLException, InterruptedException {
      long start = System.nanoTime();
      while (rows() > 0) {
        if (System.nanoTime() - start > patience.toNanos()) {
          throw new IllegalStateException("the search table isn't filled after " + patience);
        }
        TimeUnit.MILLISECONDS.sleep(200);
      }
      return Duration.ofNanos(System.nanoTime() - start);
    }
  }
}
