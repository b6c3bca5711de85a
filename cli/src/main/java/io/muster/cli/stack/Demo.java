package io.muster.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.CommandFailed;
import io.muster.cli.MusterCommand;
import io.muster.cli.generate.People;
import io.muster.cli.generate.SampleFile;
import io.muster.cli.generate.WritingSamples;
import io.muster.cli.job.WatchOnTerminal;
import io.muster.cli.service.LocalService;
import io.muster.cli.service.Pages;
import io.muster.cli.service.Service;
import io.muster.cli.stack.DemoSummary.Step;
import io.muster.cli.stack.DemoSummary.Users;
import io.muster.cli.submit.Uploading;
import io.muster.cli.terminal.OnInterrupt;
import io.muster.cli.terminal.Results;
import io.muster.contracts.command.Operation;
import io.muster.localstack.LocalStack;
import io.muster.localstack.StackOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster demo}: the system's main job from nothing to nothing. */
@Command(
    name = "demo",
    description = {
      "Starts the whole system in a folder and on ports of its own, adds made-up people from a"
          + " file, enables them from another one with a license of which a few are missing, prints"
          + " what came of it, stops and removes everything."
    },
    footer = {"  muster demo", "  muster demo --rows 1000000", "  muster demo --json"})
public final class Demo extends MusterCommand {
  private static final String DOMAIN = "contoso.com";
  private static final double NANOS = 1e9;
  private static final String SKU = "E3";

  /** Seats that are missing, to show what becomes of their rows. */
  private static final long FEW = 7;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "10000",
      description = "How many people. Default: ${DEFAULT-VALUE}.")
  private long rows;

  @Override
  public Integer call() throws InterruptedException {
    if (rows < 1) {
      throw CommandFailed.wrongUsage("--rows must be 1 or more.");
    }
    DemoSummary summary;
    try (LocalStack stack = new LocalStack(StackOptions.passing(), terminal()::say);
        OnInterrupt interrupted = OnInterrupt.run(() -> stop(stack))) {
      long begin = System.nanoTime();
      terminal().say("Starting PostgreSQL, Kafka and the four services ...");
      stack.start();
      terminal().say("Ready after " + Seconds.since(begin) + ": " + stack.url());
      summary = importing(stack);
      stop(stack);
    }
    if (json()) {
      results().json(summary.document());
    } else {
      results().text(summary.text(terminal().tableWidth()));
    }
    return summary.exitCode();
  }

  private void stop(LocalStack stack) {
    terminal().say("Stopping ...");
    stack.close();
    terminal().say("Stopped; nothing of it is left.");
  }

  private DemoSummary importing(LocalStack stack) {
    Service service = LocalService.in(stack.folder()).service(stack.url());
    Step add = run(service, stack.folder(), Operation.ADD, List.of());
    long seats = rows - Math.min(FEW, rows / 2);
    JsonNode before =
        service.put(
            "/v1/subscriptions/" + SKU,
            Results.object().put("totalSeats", seats).put("name", "Office 365 E3"));
    Step enable = run(service, stack.folder(), Operation.ENABLE, List.of(SKU));
    terminal().say("Counting the address list ...");
    JsonNode after = service.get("/v1/subscriptions/" + SKU);
    return new DemoSummary(rows, add, enable, users(service), new DemoSummary.Seats(before, after));
  }

  private Step run(Service service, Path folder, Operation operation, List<String> licenses) {
    Path file = sample(folder.resolve(operation.word() + ".csv"), operation, licenses);
    terminal()
        .say(
            String.format(
                Locale.ROOT, "Importing a file of %,d people to %s ...", rows, operation.word()));
    long begin = System.nanoTime();
    JsonNode accepted = new Uploading(terminal(), service).upload(file, operation);
    JsonNode job = new WatchOnTerminal(terminal(), service).untilItEnds(accepted, () -> {});
    return new Step(job, (System.nanoTime() - begin) / NANOS);
  }

  private Path sample(Path file, Operation operation, List<String> licenses) {
    WritingSamples samples =
        new WritingSamples(
            new People(People.DEFAULT_SEED), SampleFile.of(operation, DOMAIN, false, licenses));
    try (OutputStream out = Files.newOutputStream(file)) {
      samples.csv(rows, out);
      return file;
    } catch (IOException e) {
      throw CommandFailed.wrongUsage(file + " can't be written: " + e.getMessage() + ".");
    }
  }

  private static Users users(Service service) {
    AtomicLong all = new AtomicLong();
    AtomicLong active = new AtomicLong();
    new Pages(service, "/v1/users")
        .read(
            null,
            Long.MAX_VALUE,
            items -> {
              all.addAndGet(items.size());
              items.forEach(
                  user -> active.addAndGet(user.path("state").asText().equals("ACTIVE") ? 1 : 0));
            });
    return new Users(all.get(), active.get());
  }
}
