package io.muster.cli.user;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.ExitCode;
import io.muster.cli.job.Job;
import io.muster.cli.service.ServiceCommand;

/** A change of one user: a job of one row whose result is waited for. */
abstract class OneUserCommand extends ServiceCommand {
  /** Shows the user as it is now, or the job when its row hasn't ended yet. */
  final int show(JsonNode answer) {
    if (json()) {
      results().json(answer);
    } else if (answer.has("userPrincipalName")) {
      results().text(UserText.of(answer));
    } else {
      String id = Job.of(answer).id();
      results().line(id);
      terminal().say("Not done yet. To see how it stands: muster job watch " + id);
    }
    return ExitCode.DONE;
  }
}
