package io.muster.cli;

import io.muster.cli.audit.Audit;
import io.muster.cli.deadletter.DeadLetterNoun;
import io.muster.cli.generate.Generate;
import io.muster.cli.identity.Login;
import io.muster.cli.identity.Logout;
import io.muster.cli.job.JobNoun;
import io.muster.cli.operations.DispatchNoun;
import io.muster.cli.operations.Operations;
import io.muster.cli.operations.TenantNoun;
import io.muster.cli.stack.Demo;
import io.muster.cli.stack.Down;
import io.muster.cli.stack.Status;
import io.muster.cli.stack.Token;
import io.muster.cli.stack.Up;
import io.muster.cli.submit.Import;
import io.muster.cli.submit.Template;
import io.muster.cli.subscription.SubscriptionNoun;
import io.muster.cli.terminal.OutputLost;
import io.muster.cli.terminal.Results;
import io.muster.cli.terminal.Terminal;
import io.muster.cli.user.UserNoun;
import io.muster.localstack.home.StackFailure;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The {@code muster} command: finds the verb and noun, runs it, and turns its end to an exit code.
 */
@Command(
    name = "muster",
    description = "Activates, adds, changes and resets user accounts in bulk.",
    subcommands = {
      Demo.class,
      Up.class,
      Down.class,
      Status.class,
      Token.class,
      Login.class,
      Logout.class,
      Import.class,
      JobNoun.class,
      UserNoun.class,
      SubscriptionNoun.class,
      Template.class,
      Generate.class,
      Audit.class,
      Operations.class,
      DispatchNoun.class,
      TenantNoun.class,
      DeadLetterNoun.class,
      Completion.class
    },
    footer = {
      "  muster demo",
      "  muster generate --operation add --rows 100 | muster import - --operation add --watch",
      "  muster --version",
      "",
      "The cmdlets' own names work too, with --csv FILE for a whole file: Add-MSOnlineUser,",
      "Enable-MSOnlineUser, Set-MSOnlineUser, Set-MSOnlineUserPassword, Remove-MSOnlineUser;",
      "Get-MSOnlineUser and Get-MSOnlineSubscription read.",
      "Exit codes: 0 done, 1 some rows failed, 2 wrong usage, 3 the service refused,",
      "4 the service is unreachable."
    })
public final class Muster extends MusterCommand {
  final Terminal terminal;
  final Results results;

  /** Not one of picocli's: those print no JSON. */
  @Option(
      names = {"-V", "--version"},
      order = 990,
      description = "Print the client's version.")
  private boolean version;

  Muster(Terminal terminal) {
    this.terminal = terminal;
    this.results = new Results(terminal.out());
  }

  /** The process's entry. */
  public static void main(String[] args) {
    System.exit(run(Terminal.ofProcess(), args));
  }

  /** Runs one command line to its end and returns the exit code. Never throws. */
  public static int run(Terminal terminal, String... args) {
    Muster muster = new Muster(terminal);
    CommandLine line = new CommandLine(muster);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            terminal.isLively() ? CommandLine.Help.Ansi.AUTO : CommandLine.Help.Ansi.OFF));
    line.setUsageHelpWidth(Math.max(80, Math.min(120, terminal.tableWidth())));
    boolean json = Arrays.asList(args).contains("--json");
    line.setParameterExceptionHandler((wrong, given) -> muster.wrongUsage(wrong, json));
    line.setExecutionExceptionHandler((failure, where, given) -> muster.failed(failure, json));
    String[] words;
    try {
      words = CmdletNames.translated(args, line);
    } catch (ParameterException wrong) {
      return muster.wrongUsage(wrong, json);
    }
    return line.execute(words);
  }

  @Override
  public Integer call() {
    if (version) {
      return tellVersion();
    }
    throw new ParameterException(
        spec().commandLine(),
        "Say what to do, for example muster demo; muster --help lists it all.");
  }

  /** Out of the jar's manifest; classes that stand by themselves have none. */
  private int tellVersion() {
    String told = Muster.class.getPackage().getImplementationVersion();
    String muster = told == null ? "unknown" : told;
    String java = Runtime.version().toString();
    if (json()) {
      results.json(Results.object().put("version", muster).put("java", java));
    } else {
      results.line("muster " + muster + ", Java " + java);
    }
    return ExitCode.DONE;
  }

  private int wrongUsage(ParameterException wrong, boolean json) {
    String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    return tell(
        CommandFailed.wrongUsage(wrong.getMessage()).withHints("See " + command + " --help."),
        json);
  }

  private int failed(Exception failure, boolean json) {
    if (failure instanceof OutputLost lost) {
      return lost.readerIsGone() ? ExitCode.DONE : tell(unwritable(lost), json);
    }
    if (failure instanceof CommandFailed told) {
      return tell(told, json);
    }
    if (failure instanceof StackFailure stack) {
      return tell(CommandFailed.refused("LOCAL_STACK", stack.getMessage()), json);
    }
    if (failure instanceof InterruptedException) {
      return tell(CommandFailed.unreachable("Interrupted.", failure), json);
    }
    StackTraceElement[] frames = failure.getStackTrace();
    String where = frames.length == 0 ? "" : " at " + frames[0];
    return tell(
        CommandFailed.refused(
            "CLIENT_FAULT",
            "Something broke in the client itself: " + failure.getClass().getName() + where + "."),
        json);
  }

  private static CommandFailed unwritable(OutputLost lost) {
    return CommandFailed.wrongUsage("Standard output can't be written: " + lost.getMessage() + ".");
  }

  private int tell(CommandFailed failed, boolean json) {
    terminal.say("muster: " + failed.getMessage());
    failed.hints().forEach(hint -> terminal.say("  " + hint));
    if (json && !results.begun()) {
      try {
        results.json(failed.problem());
      } catch (OutputLost e) {
        // Nobody reads it; the exit code still tells.
      }
    }
    return failed.exitCode();
  }
}
