package io.muster.cli.user;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.ExitCode;
import io.muster.cli.job.Job;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceCommand;
import picocli.CommandLine.Parameters;

/** A change of one user: a job of one row whose result is waited for. */
public abstract class OneUserCommand extends ServiceCommand {
  @Parameters(paramLabel = "UPN", description = "The user principal name, local@domain.")
  private String userPrincipalName;

  protected final String userPrincipalName() {
    return userPrincipalName;
  }

  /** The user's address, to be followed by nothing or a slash and a word. */
  protected final String address() {
    return "/v1/users/" + Service.encoded(userPrincipalName);
  }

  /** Shows the user as it is now, or the job when its row hasn't ended yet. */
  protected final int show(JsonNode answer) {
    if (json()) {
      results().json(answer);
    } else if (answer.has("userPrincipalName")) {
      results().text(UserText.of(answer));
      if (answer.hasNonNull("password")) {
        terminal().say("The password was made for this user and is shown this once.");
      }
    } else {
      String id = Job.of(answer).id();
      results().line(id);
      terminal().say("Not done yet. To see how it stands: muster job watch " + id);
    }
    return ExitCode.DONE;
  }
}
