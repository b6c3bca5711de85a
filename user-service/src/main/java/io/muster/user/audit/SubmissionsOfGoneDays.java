package io.muster.user.audit;

import io.muster.inbox.closing.KeptByDay;
import jakarta.enterprise.context.ApplicationScoped;

/** A submission's number leads from a stamp to a job's changes: without them it leads nowhere. */
@ApplicationScoped
class SubmissionsOfGoneDays implements KeptByDay {
  @Override
  public String table() {
    return "submission";
  }
}
