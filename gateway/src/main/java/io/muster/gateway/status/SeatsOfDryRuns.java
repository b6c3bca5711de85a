package io.muster.gateway.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.muster.chassis.problem.RequestRefused;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.command.Operation;
import io.muster.contracts.job.RequestCode;
import io.muster.gateway.access.ServiceCalls;
import io.muster.gateway.access.ServicesConfig;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Asks license-service once what an ended dry run would need, and keeps the answer with the job, so
 * that looking at a job again costs nothing there. Thread-safe.
 */
@ApplicationScoped
public class SeatsOfDryRuns {
  private static final Logger LOG = Logger.getLogger(SeatsOfDryRuns.class);

  /** Who polls a job while license-service is away doesn't make it worse. */
  private static final Duration NOT_BEFORE = Duration.ofSeconds(5);

  private static final int JOBS_REMEMBERED = 1_000;

  private static final Set<Operation> TAKING_SEATS =
      EnumSet.of(Operation.ENABLE, Operation.SET_LICENSES);

  private static final String KEEP =
      """
      UPDATE job_view
         SET seats = ?::json
       WHERE tenant_id = ? AND job_id = ? AND seats IS NULL
      """;

  private final ServiceCalls calls;
  private final ServicesConfig services;
  private final AgroalDataSource dataSource;
  private final TenantScope tenants;
  private final ObjectMapper json;
  private final Clock clock;

  private final Map<UUID, Instant> asked =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Instant> eldest) {
              return size() > JOBS_REMEMBERED;
            }
          });

  SeatsOfDryRuns(
      ServiceCalls calls,
      ServicesConfig services,
      AgroalDataSource dataSource,
      TenantScope tenants,
      ObjectMapper json,
      Clock clock) {
    this.calls = calls;
    this.services = services;
    this.dataSource = dataSource;
    this.tenants = tenants;
    this.json = json;
    this.clock = clock;
  }

  /** Whether license-service has something to tell of this job that isn't known yet. */
  static boolean areMissing(JobView view) {
    return view.job().dryRun()
        && view.people()
        && view.seats() == null
        && view.job().state().isFinal()
        && view.job().operations().keySet().stream().anyMatch(TAKING_SEATS::contains);
  }

  /**
   * The view with its seats, once the dry run has ended. Blocks when they have to be asked for.
   *
   * @param bearer the viewer's Authorization header
   * @return the view as it is while license-service doesn't answer
   */
  JobView addTo(JobView view, String bearer) {
    if (!areMissing(view)) {
      return view;
    }
    UUID job = view.job().id();
    Instant now = clock.instant();
    Instant before = asked.put(job, now);
    if (before != null && now.isBefore(before.plus(NOT_BEFORE))) {
      asked.put(job, before);
      return view;
    }
    try {
      List<SeatNeed> seats = ask(job, bearer);
      keep(view, seats);
      return view.withSeats(seats);
    } catch (RequestRefused | IOException e) {
      LOG.debugf("seats of dry run %s aren't known yet: %s", job, e.getClass().getSimpleName());
      return view;
    }
  }

  private List<SeatNeed> ask(UUID job, String bearer) throws IOException {
    String path = "/v1/dry-runs/" + job + "/seats";
    try (InputStream answer = calls.get(services.licenseUrl(), path, bearer)) {
      JsonNode items = json.readTree(answer).path("items");
      return List.of(json.convertValue(items, SeatNeed[].class));
    } catch (RequestRefused refused) {
      if (RequestCode.NOT_FOUND.name().equals(refused.problem().code())) {
        // No row of it ever came there.
        return List.of();
      }
      throw refused;
    }
  }

  private void keep(JobView view, List<SeatNeed> seats) throws JsonProcessingException {
    String text = json.writeValueAsString(seats);
    QuarkusTransaction.joiningExisting()
        .call(
            () -> {
              tenants.enter(view.job().tenant());
              try (Connection connection = dataSource.getConnection();
                  PreparedStatement keep = connection.prepareStatement(KEEP)) {
                keep.setString(1, text);
                keep.setString(2, view.job().tenant());
                keep.setObject(3, view.job().id());
                return keep.executeUpdate();
              }
            });
  }
}
