package io.muster.benchmarks.fair;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.generate.People;
import io.muster.cli.generate.SampleFile;
import io.muster.cli.generate.WritingSamples;
import io.muster.cli.service.Service;
import io.muster.contracts.command.Operation;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The tenant that fills the system with new users; no run's are those of another. */
final class BigTenant {
  private final Service service;
  private final Path work;
  private final List<String> failures;
  private long seed = 1_000;

  /**
   * @param work a folder for files
   * @param failures gets what became of jobs that didn't succeed
   */
  BigTenant(Service service, Path work, List<String> failures) {
    this.service = service;
    this.work = work;
    this.failures = failures;
  }

  /**
   * Uploads all files of a load, so that their jobs are there together, and waits for their ends.
   *
   * @return rows per second, from the start of the first job to the end of the last
   */
  double run(Load load, long rows) throws IOException, InterruptedException {
    List<Path> files = new ArrayList<>();
    for (long each : load.jobs(rows)) {
      files.add(write(load, each));
    }
    List<String> jobs = new ArrayList<>();
    for (Path file : files) {
      jobs.add(SmallFiles.upload(service, "add", BodyPublishers.ofFile(file)));
    }
    Instant first = Instant.MAX;
    Instant last = Instant.MIN;
    long done = 0;
    for (String job : jobs) {
      JsonNode ended = SmallFiles.await(service, job);
      if (!ended.path("state").asText().equals("SUCCEEDED")) {
        failures.add(
            "a big job is " + ended.path("state").asText() + ": " + ended.path("failures"));
        continue;
      }
      done += ended.path("rows").path("succeeded").asLong();
      Instant started = Instant.parse(ended.path("startedAt").asText());
      Instant finished = Instant.parse(ended.path("finishedAt").asText());
      first = started.isBefore(first) ? started : first;
      last = finished.isAfter(last) ? finished : last;
    }
    for (Path file : files) {
      java.nio.file.Files.delete(file);
    }
    return done == 0 ? 0 : done * 1e3 / Math.max(1, Duration.between(first, last).toMillis());
  }

  private Path write(Load load, long rows) throws IOException {
    Path file = work.resolve("big-" + ++seed + ".csv");
    SampleFile columns = SampleFile.of(Operation.ADD, "big.example", load.passwords(), List.of());
    try (OutputStream out = java.nio.file.Files.newOutputStream(file)) {
      new WritingSamples(new People(seed), columns).csv(rows, out);
    }
    return file;
  }
}
