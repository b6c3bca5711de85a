package io.muster.bulkingest.job;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.chassis.wire.UnreadableMessage;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.Actor;
import io.muster.contracts.command.Operation;
import io.muster.contracts.job.JobSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** A job as others may know it: what was admitted, with what has changed since. */
@ApplicationScoped
public class Snapshots {
  private static final Wire<JobSnapshot> SNAPSHOT = Wire.of(JobSnapshot.class);
  private static final Wire<Actor> ACTOR = Wire.of(Actor.class);

  private static final String POSITIONS =
      """
      SELECT job_id, intended_row, dispatched
      FROM dispatch_checkpoint
      JOIN unnest(?::text[], ?::uuid[]) AS k (tenant_id, job_id) USING (tenant_id, job_id)
      """;

  private final DataSource dataSource;

  Snapshots(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** The job as it is in this transaction. */
  @Transactional(Transactional.TxType.MANDATORY)
  public JobSnapshot of(Job job) {
    return of(List.of(job)).get(job.id);
  }

  /** Likewise some jobs, by id. */
  @Transactional(Transactional.TxType.MANDATORY)
  Map<UUID, JobSnapshot> of(List<Job> jobs) {
    if (jobs.isEmpty()) {
      return Map.of();
    }
    Map<UUID, Position> positions = positions(jobs);
    Map<UUID, JobSnapshot> all = new HashMap<>();
    for (Job job : jobs) {
      Position position = positions.getOrDefault(job.id, Position.NONE);
      all.put(job.id, of(job, position.intendedRow(), position.dispatched()));
    }
    return all;
  }

  private record Position(long intendedRow, long dispatched) {
    private static final Position NONE = new Position(0, 0);
  }

  private Map<UUID, Position> positions(List<Job> jobs) {
    Map<UUID, Position> positions = new HashMap<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(POSITIONS)) {
      new ColumnArrays<>(statement, jobs, 1)
          .add("text", job -> job.tenant)
          .add("uuid", job -> job.id);
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          positions.put(
              found.getObject(1, UUID.class), new Position(found.getLong(2), found.getLong(3)));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("can't read jobs' checkpoints", e);
    }
    return positions;
  }

  /** The same, when the position is known. */
  public JobSnapshot of(Job job, long intendedRow, long dispatched) {
    JobSnapshot admitted = admitted(job);
    return new JobSnapshot(
        job.id,
        job.version,
        job.tenant,
        job.operation,
        admitted.operations(),
        job.state,
        job.reasonCode == null
            ? null
            : new JobSnapshot.StateReason(job.reasonCode, job.reasonDetail),
        job.source,
        job.dryRun,
        job.parent,
        job.submittedBy,
        job.submittedAt,
        job.startAt,
        job.startedAt,
        job.finishedAt,
        admitted.file(),
        job.total,
        admitted.refused(),
        intendedRow,
        dispatched,
        job.cancelled,
        admitted.expectedDuration(),
        admitted.secretsUntil(),
        job.closesAt,
        job.closedAt,
        job.maxFailures,
        admitted.notices());
  }

  /** Who submitted, as the token said then. */
  public Actor actor(Job job) {
    return read(ACTOR, job.actor, job);
  }

  /** What was read of the job when it came in. */
  public JobSnapshot admitted(Job job) {
    return read(SNAPSHOT, job.admitted, job);
  }

  /** Rows of these operations have come to a job that grows, beside those that it had. */
  public void addOperations(Job job, Map<Operation, Long> more) {
    JobSnapshot before = admitted(job);
    Map<Operation, Long> all = new EnumMap<>(Operation.class);
    all.putAll(before.operations());
    more.forEach((operation, rows) -> all.merge(operation, rows, Long::sum));
    job.operation = all.size() > 1 ? null : all.keySet().stream().findFirst().orElse(null);
    if (!all.equals(before.operations())) {
      job.admitted = json(withOperations(before, all));
    }
  }

  /** For the column {@code admitted}. */
  public static String json(JobSnapshot snapshot) {
    return new String(SNAPSHOT.encode(snapshot), StandardCharsets.UTF_8);
  }

  /** For the column {@code actor}. */
  public static String json(Actor actor) {
    return new String(ACTOR.encode(actor), StandardCharsets.UTF_8);
  }

  private static JobSnapshot withOperations(JobSnapshot job, Map<Operation, Long> operations) {
    return new JobSnapshot(
        job.id(),
        job.version(),
        job.tenant(),
        job.operation(),
        operations,
        job.state(),
        job.stateReason(),
        job.source(),
        job.dryRun(),
        job.parent(),
        job.submittedBy(),
        job.submittedAt(),
        job.startAt(),
        job.startedAt(),
        job.finishedAt(),
        job.file(),
        job.total(),
        job.refused(),
        job.intendedRow(),
        job.dispatched(),
        job.cancelled(),
        job.expectedDuration(),
        job.secretsUntil(),
        job.closesAt(),
        job.closedAt(),
        job.maxFailures(),
        job.notices());
  }

  private static <T> T read(Wire<T> wire, String json, Job job) {
    try {
      return wire.decode(json.getBytes(StandardCharsets.UTF_8));
    } catch (UnreadableMessage e) {
      throw new IllegalStateException("what was admitted of job " + job.id + " can't be read", e);
    }
  }
}
