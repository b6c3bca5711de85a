package io.muster.gateway.status;

import io.agroal.api.AgroalDataSource;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.JobState;
import io.muster.gateway.access.Sight;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds jobs within the caller's sight: a tenant's own under the application role, all tenants' by
 * number under the finder role, which can't read who submitted what file.
 */
@ApplicationScoped
public class FindingJobs {
  /**
   * What to list; null: no matter.
   *
   * @param operation an operation's name, or MIXED
   * @param source null leaves the jobs of single calls and of SCIM out
   */
  public record Filter(JobState state, String operation, JobSource source) {}

  private final AgroalDataSource dataSource;
  private final AgroalDataSource finder;
  private final TenantScope tenants;

  FindingJobs(
      AgroalDataSource dataSource,
      @DataSource("finder") AgroalDataSource finder,
      TenantScope tenants) {
    this.dataSource = dataSource;
    this.finder = finder;
    this.tenants = tenants;
  }

  /**
   * @return empty when there is no such job, or not in this sight
   */
  public Optional<JobView> find(Sight sight, UUID jobId) {
    JobQuery query = new JobQuery().job(jobId).limit(1);
    if (sight.tenant() != null) {
      Optional<JobView> found = ofTenant(sight, query).stream().findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return sight.byNumber() ? byNumber(query).stream().findFirst() : Optional.empty();
  }

  /**
   * Newest first.
   *
   * @param after go on behind this job; null for the newest
   */
  public List<JobView> list(Sight sight, Filter filter, UUID after, int limit) {
    JobQuery query = new JobQuery().filter(filter).after(after).limit(limit);
    return sight.tenant() != null ? ofTenant(sight, query) : byNumber(query);
  }

  /**
   * Looks at many jobs at once, for those who watch them.
   *
   * @param ofTenants the tenants of these jobs
   */
  List<JobView> look(List<String> ofTenants, List<UUID> jobIds) {
    return inTenants(ofTenants, new JobQuery().jobs(jobIds).limit(jobIds.size()));
  }

  private List<JobView> ofTenant(Sight sight, JobQuery query) {
    if (sight.onlyOf() != null) {
      query.submittedBy(sight.onlyOf());
    }
    return inTenants(List.of(sight.tenant()), query);
  }

  private List<JobView> inTenants(List<String> ofTenants, JobQuery query) {
    return QuarkusTransaction.joiningExisting()
        .call(
            () -> {
              tenants.enter(ofTenants);
              try (Connection connection = dataSource.getConnection()) {
                return query.run(connection, true);
              }
            });
  }

  private List<JobView> byNumber(JobQuery query) {
    try (Connection connection = finder.getConnection()) {
      return new ArrayList<>(query.run(connection, false));
    } catch (SQLException e) {
      throw new IllegalStateException("can't read jobs", e);
    }
  }
}
