package io.muster.gateway.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.muster.chassis.wire.UnreadableMessage;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSnapshot.UploadedFile;
import io.muster.contracts.result.RowCode;
import io.muster.gateway.status.FindingJobs.Filter;
import io.muster.gateway.track.job.Snapshots;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One SELECT on {@code job_view}, put together from what was asked, and its failures by code. */
final class JobQuery {
  private static final Wire<JobSnapshot> WIRE = Wire.of(JobSnapshot.class);

  private static final ObjectReader SEATS = new ObjectMapper().readerFor(SeatNeed[].class);

  /** The condition on the source is spelled as in the index job_view_listed. */
  private static final String LISTED = "source NOT IN ('SINGLE', 'SCIM')";

  /**
   * UUIDv7 ids are in the order of time. One statement, so that counters and failures by code are
   * of the same moment.
   */
  private static final String SELECT =
      """
      SELECT job_id, snapshot, succeeded, failed, last_result_at, revision, %s,
             ARRAY (SELECT code || ' ' || rows
                      FROM failure_count f
                     WHERE f.tenant_id = v.tenant_id AND f.job_id = v.job_id),
             seats
        FROM job_view v
       WHERE version > 0 AND %s
       ORDER BY job_id DESC
       LIMIT ?
      """;

  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();
  private int limit;

  JobQuery job(UUID jobId) {
    return where("job_id = ?", jobId);
  }

  JobQuery jobs(List<UUID> jobIds) {
    return where("job_id = ANY (?)", jobIds.toArray(UUID[]::new));
  }

  JobQuery after(UUID jobId) {
    return jobId == null ? this : where("job_id < ?", jobId);
  }

  JobQuery submittedBy(String subject) {
    return where("submitted_by = ?", subject);
  }

  JobQuery filter(Filter filter) {
    if (filter.state() != null) {
      where("state = ?", filter.state().name());
    }
    if (JobAnswer.MIXED.equals(filter.operation())) {
      conditions.add("operation IS NULL");
    } else if (filter.operation() != null) {
      where("operation = ?", filter.operation());
    }
    if (filter.source() != null) {
      return where("source = ?", filter.source().name());
    }
    conditions.add(LISTED);
    return this;
  }

  JobQuery limit(int most) {
    this.limit = most;
    return this;
  }

  /**
   * @param people whether submitter and file name are read, too; the finder role can't
   */
  List<JobView> run(Connection connection, boolean people) throws SQLException {
    String sql =
        SELECT.formatted(
            people ? "submitted_by, file_name" : "NULL, NULL",
            conditions.isEmpty() ? "true" : String.join(" AND ", conditions));
    List<JobView> found = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int index = 1;
      for (Object value : values) {
        if (value instanceof UUID[] ids) {
          select.setArray(index++, connection.createArrayOf("uuid", ids));
        } else {
          select.setObject(index++, value);
        }
      }
      select.setInt(index, limit);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(read(rows, people));
        }
      }
    }
    return found;
  }

  private JobQuery where(String condition, Object value) {
    conditions.add(condition);
    values.add(value);
    return this;
  }

  private static JobView read(ResultSet rows, boolean people) throws SQLException {
    JobSnapshot stored = decode(rows.getString(2));
    UploadedFile file = stored.file();
    JobSnapshot job =
        Snapshots.with(
            stored,
            rows.getString(7),
            file == null
                ? null
                : new UploadedFile(
                    rows.getString(8),
                    file.bytes(),
                    file.sha256(),
                    file.encoding(),
                    file.delimiter(),
                    file.columns(),
                    file.unknownColumns()));
    OffsetDateTime last = rows.getObject(5, OffsetDateTime.class);
    Instant lastResultAt = last == null ? null : last.toInstant();
    return new JobView(
        job,
        people,
        rows.getLong(3),
        rows.getLong(4),
        failures((String[]) rows.getArray(9).getArray()),
        lastResultAt,
        rows.getLong(6),
        seats(rows.getString(10)));
  }

  /** Null when license-service wasn't asked yet. */
  private static List<SeatNeed> seats(String stored) {
    if (stored == null) {
      return null;
    }
    try {
      return List.of(SEATS.<SeatNeed[]>readValue(stored));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored seats can't be read", e);
    }
  }

  private static Map<RowCode, Long> failures(String[] counts) {
    Map<RowCode, Long> failures = new EnumMap<>(RowCode.class);
    for (String count : counts) {
      int blank = count.indexOf(' ');
      failures.put(
          RowCode.valueOf(count.substring(0, blank)), Long.valueOf(count.substring(blank + 1)));
    }
    return failures;
  }

  private static JobSnapshot decode(String json) {
    try {
      return WIRE.decode(json.getBytes(StandardCharsets.UTF_8));
    } catch (UnreadableMessage e) {
      throw new IllegalStateException("a stored snapshot can't be read", e);
    }
  }
}
