package io.muster.bulkingest.admission;

import io.muster.chassis.access.Caller;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;

/**
 * Submission numbers for intentions that are no job: a person changes their own password, and that
 * has to be newer than all that was admitted before.
 */
@Path("/v1/submissions")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class SubmissionNumberResource {
  private final Caller caller;
  private final Claims claims;

  SubmissionNumberResource(Caller caller, Claims claims) {
    this.caller = caller;
    this.claims = claims;
  }

  /** A number above all that were drawn before. */
  public record Drawn(long submission) {}

  /** For anyone signed in: a number grants nothing. */
  @POST
  @Consumes(MediaType.WILDCARD)
  @Authenticated
  @Transactional
  public Drawn draw() throws SQLException {
    // Of a tenant that the issuer speaks for, as everywhere.
    var unused = caller.tenant();
    return new Drawn(claims.nextSubmission());
  }
}
