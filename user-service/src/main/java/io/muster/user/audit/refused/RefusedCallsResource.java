package io.muster.user.audit.refused;

import io.muster.chassis.access.Caller;
import io.muster.chassis.problem.RequestRefused;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * Takes from the gateway what it refused. Who called tells the call's own token, so nobody can put
 * a refusal on anybody else's account.
 */
@Path("/v1/audit/refused-calls")
@Authenticated
public class RefusedCallsResource {
  private static final int MOST = 1_000;

  private final Caller caller;
  private final RefusedCalls calls;

  RefusedCallsResource(Caller caller, RefusedCalls calls) {
    this.caller = caller;
    this.calls = calls;
  }

  /** Answers 204 when they are stored. */
  @POST
  public void remember(List<RefusedCall> refused) throws SQLException {
    if (refused == null || refused.isEmpty() || refused.size() > MOST || refused.contains(null)) {
      throw RequestRefused.invalid(null, "Send 1 to " + MOST + " refused calls.");
    }
    calls.append(caller.tenant(), caller.actor(), refused);
  }
}
