package io.muster.gateway.status;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.contracts.command.Operation;
import io.muster.gateway.access.Collector;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;

/** Turns what the gateway knows of a job into what its viewer may see. */
@ApplicationScoped
public class ShowingJobs {
  /** Operations that generate a password for a row without one. */
  private static final Set<Operation> GENERATING =
      EnumSet.of(Operation.ENABLE, Operation.ADD, Operation.SET_PASSWORD);

  private final ObjectMapper json;
  private final Clock clock;

  ShowingJobs(ObjectMapper json, Clock clock) {
    this.json = json;
    this.clock = clock;
  }

  /**
   * {@link #show(JobView)}, with the way to the passwords that the job generated when they are its
   * viewer's to collect.
   *
   * @param viewer who asks
   */
  public ObjectNode show(JobView view, Collector viewer) {
    ObjectNode job = show(view);
    if (view.people()
        && view.job().state().isFinal()
        && viewer.mayCollect(view.job())
        && view.job().operations().keySet().stream().anyMatch(GENERATING::contains)) {
      ((ObjectNode) job.get("links"))
          .put("credentials", "/v1/jobs/" + view.job().id() + "/credentials.csv");
    }
    return job;
  }

  /**
   * The job as JSON. A view without people lacks {@code submittedBy}, {@code file.name} and what
   * people may have written: headers of a file whose first line may be no header, and what was said
   * when a pause was asked for.
   */
  public ObjectNode show(JobView view) {
    ObjectNode job = json.valueToTree(JobAnswer.of(view, clock.instant()));
    if (!view.people()) {
      job.remove("submittedBy");
      if (job.get("file") instanceof ObjectNode file) {
        file.remove("name");
        file.putArray("unknownColumns");
      }
      if (job.get("stateReason") instanceof ObjectNode reason
          && reason.path("code").asText().equals("REQUESTED")) {
        reason.putNull("detail");
      }
    }
    return job;
  }
}
