package io.muster.cli.user.signin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.CommandFailed;
import io.muster.cli.ExitCode;
import io.muster.cli.job.Job;
import io.muster.cli.terminal.Results;
import io.muster.cli.user.OneUserCommand;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster user set-password}: a job of one row whose result is waited for. */
@Command(
    name = "set-password",
    description = {
      "Sets one user's password: a generated one with --generate, which is printed this once, alone"
          + " in its line; else one that you type or have in a file. It must be changed at the next"
          + " sign-in."
    },
    footer = {
      "  muster user set-password chris@contoso.com",
      "  muster user set-password chris@contoso.com --generate",
      "  muster user set-password chris@contoso.com --password-file secret.txt",
      "  muster Set-MSOnlineUserPassword --csv resets.csv --watch"
    })
public final class UserSetPassword extends OneUserCommand {
  /** Where the password comes from. */
  static final class Source {
    @ArgGroup(exclusive = true, multiplicity = "1")
    private GivenPassword given;

    @Option(
        names = "--generate",
        order = 59,
        description = "Have one made that is hard to guess and easy to type.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean generate;
  }

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private Source source;

  @Option(
      names = "--keep-password",
      order = 63,
      description = "It needn't be changed at the next sign-in.")
  private boolean keepPassword;

  @Override
  public Integer call() {
    ObjectNode body = Results.object();
    if (source == null && !terminal().person().isThere()) {
      throw CommandFailed.wrongUsage(
          "Say where the password comes from: --generate or --password-file FILE.");
    }
    if (source == null) {
      body.put("password", GivenPassword.ask(terminal().person()));
    } else if (source.given != null) {
      source.given.fill(body, terminal());
    }
    if (keepPassword) {
      body.put("mustChangePassword", false);
    }
    JsonNode answer = service().put(address() + "/password", body);
    String generated = answer.path("password").asText("");
    if (json() || generated.isEmpty()) {
      int shown = show(answer);
      if (!answer.has("userPrincipalName") && !body.has("password") && !body.has("passwordHash")) {
        terminal()
            .say("The password, once it is made: muster job credentials " + Job.of(answer).id());
      }
      return shown;
    }
    results().text(generated + "\n");
    terminal()
        .say(
            "The new password of "
                + answer.path("userPrincipalName").asText(userPrincipalName())
                + ", shown this once."
                + (answer.path("mustChangePassword").asBoolean(true)
                    ? " It must be changed at the next sign-in."
                    : ""));
    return ExitCode.DONE;
  }
}
