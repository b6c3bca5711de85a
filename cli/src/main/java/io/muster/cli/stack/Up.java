package io.muster.cli.stack;

import io.muster.cli.CommandFailed;
import io.muster.cli.ExitCode;
import io.muster.cli.MusterCommand;
import io.muster.cli.service.LocalService;
import io.muster.cli.terminal.Results;
import io.muster.localstack.LocalStack;
import io.muster.localstack.StackOptions;
import io.muster.localstack.home.StackFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster up}: the whole system in the foreground. */
@Command(
    name = "up",
    description = {
      "Starts PostgreSQL, Kafka and the four services on this machine and stays until Ctrl-C or"
          + " SIGTERM. Parts that die are restarted. Data survives in the folder."
    },
    footer = {"  muster up", "  muster up --data /srv/muster --port 8090"})
public final class Up extends MusterCommand {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the data lies. Default: MUSTER_DATA, else .muster.")
  private String data;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "The gateway's port on 127.0.0.1; 0 takes a free one. Default: 8080.")
  private int port;

  @Override
  public Integer call() throws InterruptedException {
    LocalStack stack =
        new LocalStack(
            StackOptions.keeping(LocalService.folder(data, terminal().environment()), port),
            terminal()::say);
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop"));
    terminal().say("Starting PostgreSQL, Kafka and the services ...");
    try {
      stack.start();
    } catch (StackFailure failure) {
      throw CommandFailed.refused("LOCAL_STACK", failure.getMessage());
    }
    if (json()) {
      results()
          .json(
              Results.object()
                  .put("ready", true)
                  .put("url", stack.url())
                  .put("console", stack.console())
                  .put("data", stack.folder().toString()));
    } else {
      results().line("ready");
      results().line("gateway " + stack.url() + ", console " + stack.console());
    }
    terminal().say("Ctrl-C stops it; the data stays in " + stack.folder());
    stack.awaitEnd();
    return ExitCode.DONE;
  }
}
