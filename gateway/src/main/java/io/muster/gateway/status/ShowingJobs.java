package io.muster.gateway.status;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Turns what the gateway knows of a job into what its viewer may see. */
@ApplicationScoped
public class ShowingJobs {
  private final ObjectMapper json;
  private final Clock clock;

  ShowingJobs(ObjectMapper json, Clock clock) {
    this.json = json;
    this.clock = clock;
  }

  /** The job as JSON; a view without people lacks {@code submittedBy} and {@code file.name}. */
  public ObjectNode show(JobView view) {
    ObjectNode job = json.valueToTree(JobAnswer.of(view, clock.instant()));
    if (!view.people()) {
      job.remove("submittedBy");
      if (job.get("file") instanceof ObjectNode file) {
        file.remove("name");
      }
    }
    return job;
  }
}
