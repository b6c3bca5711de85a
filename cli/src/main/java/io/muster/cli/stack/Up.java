package io.muster.cli.stack;

import io.muster.cli.CommandFailed;
import io.muster.cli.ExitCode;
import io.muster.cli.MusterCommand;
import io.muster.cli.terminal.OnInterrupt;
import io.muster.cli.terminal.Results;
import io.muster.localstack.LocalStack;
import io.muster.localstack.StackOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code muster up}. */
@Command(
    name = "up",
    description = {
      "Starts the whole system on this machine and stays until Ctrl-C or SIGTERM; prints ready when"
          + " every service is healthy. The data survives in its folder. A part that dies is"
          + " started again."
    },
    footer = {
      "  muster up",
      "  muster up --data /var/lib/muster --port 0",
      "  muster up --instances 2"
    })
public final class Up extends MusterCommand {
  @Mixin private FolderOption data;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "" + StackOptions.DEFAULT_PORT,
      description = "The gateway's, 0 for a free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--instances",
      paramLabel = "N",
      defaultValue = "1",
      description = {
        "Processes of each service: user-service, user-service-2 and so on. The first gateway has"
            + " --port, the others have free ones (muster status). Default: ${DEFAULT-VALUE}."
      })
  private int instances;

  private volatile boolean ready;

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > 65_535) {
      throw CommandFailed.wrongUsage("--port must be between 0 and 65535.");
    }
    if (instances < 1 || instances > StackOptions.MOST_INSTANCES) {
      throw CommandFailed.wrongUsage(
          "--instances must be between 1 and " + StackOptions.MOST_INSTANCES + ".");
    }
    StackOptions options =
        StackOptions.keeping(data.folder(terminal().environment()), port).withInstances(instances);
    try (LocalStack stack = new LocalStack(options, terminal()::say);
        OnInterrupt interrupted = OnInterrupt.run(() -> stop(stack))) {
      long begin = System.nanoTime();
      terminal()
          .say(
              "Starting PostgreSQL, Kafka and the four services"
                  + (instances == 1 ? "" : ", " + instances + " instances of each")
                  + " ...");
      stack.start();
      ready = true;
      terminal().say("Started in " + Seconds.since(begin) + "; Ctrl-C stops it.");
      tellReady(stack);
      stack.awaitEnd();
    }
    return ExitCode.DONE;
  }

  private void tellReady(LocalStack stack) {
    if (json()) {
      results()
          .json(
              Results.object()
                  .put("ready", true)
                  .put("url", stack.url())
                  .put("console", stack.console())
                  .put("data", stack.folder().toString()));
    } else {
      results().line("ready: " + stack.console());
    }
  }

  /** Runs while the process ends. A stack that was asked to stop and did has done its work: 0. */
  private void stop(LocalStack stack) {
    terminal().say("Stopping ...");
    stack.close();
    terminal().say("Stopped.");
    if (ready) {
      Runtime.getRuntime().halt(ExitCode.DONE);
    }
  }
}
