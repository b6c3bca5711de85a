package io.muster.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.CommandFailed;
import io.muster.cli.ExitCode;
import io.muster.cli.MusterCommand;
import io.muster.cli.generate.People;
import io.muster.cli.generate.SampleFile;
import io.muster.cli.generate.WritingSamples;
import io.muster.cli.job.Job;
import io.muster.cli.job.JobSummary;
import io.muster.cli.job.WatchOnTerminal;
import io.muster.cli.service.Pages;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceAddress;
import io.muster.cli.submit.Upload;
import io.muster.cli.submit.Uploading;
import io.muster.contracts.command.Operation;
import io.muster.localstack.LocalStack;
import io.muster.localstack.StackOptions;
import io.muster.localstack.home.StackFailure;
import io.muster.localstack.identity.TokenIssuer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster demo}: the whole system, its main job, a summary that was checked, and gone. */
@Command(
    name = "demo",
    description = {
      "Starts the whole system in a folder and on ports of its own, imports a generated file, shows"
          + " the progress, prints a summary, stops, and leaves nothing behind."
    },
    footer = {"  muster demo", "  muster demo --rows 100000"})
public final class Demo extends MusterCommand {
  private static final String TENANT = "contoso";
  private static final long SEED = 1;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Users to add. Default: 10,000.")
  private long rows;

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (rows < 1) {
      throw CommandFailed.wrongUsage("--rows must be 1 or more.");
    }
    LocalStack stack = new LocalStack(StackOptions.passing(), terminal()::say);
    Thread stop = new Thread(stack::close, "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      terminal().say("Starting PostgreSQL, Kafka and the four services ...");
      stack.start();
      return importOn(stack);
    } catch (StackFailure failure) {
      throw CommandFailed.refused("LOCAL_STACK", failure.getMessage());
    } finally {
      terminal().say("Stopping ...");
      stack.close();
    }
  }

  private int importOn(LocalStack stack) throws IOException {
    TokenIssuer issuer = stack.issuer();
    Service service =
        new Service(
            new ServiceAddress(
                URI.create(stack.url()),
                () ->
                    issuer.sign(
                        TENANT,
                        "admin@contoso.com",
                        Set.of("tenant-admin"),
                        Set.of(),
                        Duration.ofHours(1))));
    Path file = stack.folder().resolve("people.csv");
    new WritingSamples(
            new People(SEED), SampleFile.of(Operation.ADD, "contoso.com", false, List.of()))
        .csv(rows, Files.newOutputStream(file));
    terminal().say(String.format(Locale.ROOT, "Importing %,d users ...", rows));
    long started = System.nanoTime();
    JsonNode accepted =
        new Uploading(terminal(), service)
            .upload(Upload.of(file.toString(), terminal().in()), "/v1/jobs?operation=add", null);
    JsonNode end = new WatchOnTerminal(terminal(), service).untilItEnds(accepted);
    double seconds = (System.nanoTime() - started) / 1e9;
    return summary(service, end, seconds);
  }

  private int summary(Service service, JsonNode end, double seconds) {
    Job job = Job.of(end);
    JobSummary summary = new JobSummary(job);
    long listed = listed(service);
    boolean agrees = listed == job.rows().succeeded();
    if (json()) {
      results().json(end);
    } else {
      results().text(summary.text(terminal().tableWidth()));
      results()
          .line(
              String.format(
                  Locale.ROOT,
                  "%,d rows in %.1f s from the first byte to the last row: %,.0f rows/s.",
                  job.rows().total(),
                  seconds,
                  job.rows().total() / seconds));
      results()
          .line(
              String.format(
                  Locale.ROOT,
                  "The address list holds %,d users, %s.",
                  listed,
                  agrees ? "as many as rows succeeded" : "WHICH DOES NOT AGREE WITH THE JOB"));
      results().line("Next: muster up, and README.md.");
    }
    return agrees ? summary.exitCode() : ExitCode.ROWS_FAILED;
  }

  /** Counted page by page, as any client would: the summary says what is there. */
  private static long listed(Service service) {
    AtomicLong count = new AtomicLong();
    Pages pages = new Pages(service, "/v1/users");
    String next = null;
    do {
      next = pages.read(next, 1_000, items -> count.addAndGet(items.size()));
    } while (next != null);
    return count.get();
  }
}
