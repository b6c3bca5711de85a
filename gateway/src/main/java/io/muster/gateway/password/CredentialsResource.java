package io.muster.gateway.password;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.RequestCode;
import io.muster.gateway.access.Collector;
import io.muster.gateway.access.Parameters;
import io.muster.gateway.access.Sight;
import io.muster.gateway.download.CsvDownload;
import io.muster.gateway.status.FindingJobs;
import io.muster.gateway.status.JobView;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.UUID;

/** The passwords that a job generated, for its submitter; of HR's, for tenant administrators. */
@Path("/v1/jobs/{id}/credentials.csv")
@RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN})
public class CredentialsResource {
  private final Caller caller;
  private final FindingJobs finding;
  private final CollectingPasswords passwords;
  private final CredentialsCsv credentials;

  CredentialsResource(
      Caller caller,
      FindingJobs finding,
      CollectingPasswords passwords,
      CredentialsCsv credentials) {
    this.caller = caller;
    this.finding = finding;
    this.passwords = passwords;
    this.credentials = credentials;
  }

  @GET
  @Produces(CsvDownload.MEDIA_TYPE)
  public Response download(@PathParam("id") String id, @Context RoutingContext http) {
    UUID job = finishedAndOwn(id);
    if (http.request().method() == HttpMethod.HEAD) {
      // Handing out begins the quarter of an hour after which passwords are shredded: not for
      // somebody who only looks.
      return Response.ok()
          .type(CsvDownload.MEDIA_TYPE)
          .header(HttpHeaders.CACHE_CONTROL, "no-store")
          .build();
    }
    InputStream answer = passwords.collect(job, caller.bearer());
    return CsvDownload.of(
        http, "credentials-" + job + ".csv", csv -> credentials.write(answer, csv));
  }

  @DELETE
  public void shred(@PathParam("id") String id) {
    passwords.shred(finishedAndOwn(id), caller.bearer());
  }

  private UUID finishedAndOwn(String id) {
    JobView view =
        finding
            .find(Sight.of(caller), Parameters.jobId(id))
            .filter(JobView::people)
            .orElseThrow(Parameters::noSuchJob);
    if (!Collector.of(caller).mayCollect(view.job())) {
      throw RequestRefused.because(
          RequestCode.FORBIDDEN,
          view.job().source() == JobSource.HR
              ? "Only tenant administrators may collect the passwords of HR's jobs."
              : "Only the job's submitter may collect its passwords.");
    }
    if (!view.job().state().isFinal()) {
      throw RequestRefused.because(
          RequestCode.JOB_NOT_FINISHED, "Passwords are handed out when the job is final.");
    }
    return view.job().id();
  }
}
