package io.muster.gateway.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.muster.contracts.command.TenantId;
import io.muster.contracts.topic.Topics;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Tells whose a record is that could not be read. What it says of itself comes before its key:
 * whoever is shown a record is shown what it says.
 */
@ApplicationScoped
class WhoseRecord {
  /** Topics whose keys begin with a job's id; those of all others begin with the tenant. */
  private static final Set<String> KEYED_BY_JOB =
      Set.of(Topics.ROW_RESULTS.name(), Topics.JOB_EVENTS.name(), Topics.JOB_PROGRESS.name());

  private static final String TENANTS_OF_JOBS =
      "SELECT job_id, tenant_id FROM job_view WHERE job_id = ANY (?)";

  private final ObjectMapper json;
  private final AgroalDataSource finder;

  WhoseRecord(ObjectMapper json, @DataSource("finder") AgroalDataSource finder) {
    this.json = json;
    this.finder = finder;
  }

  /**
   * @return the tenants of those records that tell it
   * @throws SQLException when the database is away
   */
  Map<Place, String> of(Map<Place, ConsumerRecord<byte[], byte[]>> records) throws SQLException {
    Map<Place, String> tenants = new HashMap<>();
    Map<Place, UUID> jobs = new HashMap<>();
    records.forEach(
        (place, record) -> {
          String said = said(record.value());
          String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
          String head = key.split("/", 2)[0];
          if (said != null) {
            tenants.put(place, said);
          } else if (!KEYED_BY_JOB.contains(record.topic())) {
            if (TenantId.isOne(head)) {
              tenants.put(place, head);
            }
          } else if (head.length() == 36) {
            job(head, place, jobs);
          }
        });
    Map<UUID, String> ofJobs = tenantsOf(jobs.values());
    jobs.forEach(
        (place, job) -> {
          if (ofJobs.containsKey(job)) {
            tenants.put(place, ofJobs.get(job));
          }
        });
    return tenants;
  }

  private static void job(String head, Place place, Map<Place, UUID> jobs) {
    try {
      jobs.put(place, UUID.fromString(head));
    } catch (IllegalArgumentException e) {
      // Not one of our keys: nobody's record.
    }
  }

  /** Our own messages have the tenant at the top, CloudEvents of others in their data. */
  private String said(byte[] value) {
    if (value == null) {
      return null;
    }
    try {
      JsonNode document = json.readTree(value);
      for (JsonNode where :
          new JsonNode[] {document.path("data"), document, document.path("job")}) {
        String tenant = where.path("tenant").asText("");
        if (TenantId.isOne(tenant)) {
          return tenant;
        }
      }
    } catch (IOException e) {
      // No JSON: the key has to tell.
    }
    return null;
  }

  private Map<UUID, String> tenantsOf(Collection<UUID> jobs) throws SQLException {
    Map<UUID, String> tenants = new HashMap<>();
    if (jobs.isEmpty()) {
      return tenants;
    }
    try (Connection connection = finder.getConnection();
        PreparedStatement find = connection.prepareStatement(TENANTS_OF_JOBS)) {
      find.setArray(1, connection.createArrayOf("uuid", jobs.toArray()));
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          tenants.put(rows.getObject(1, UUID.class), rows.getString(2));
        }
      }
    }
    return tenants;
  }
}
