package io.muster.user.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.Actor;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.command.UserPrincipalName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;

/** The table {@code change}: written in the transaction of the change itself. */
@ApplicationScoped
public class ChangeLog {
  /** What follows from a change is done behind the jobs: see the package {@code behind}. */
  private static final String APPEND =
      """
      WITH made AS (
          INSERT INTO change (
              tenant_id, job_id, row_no, kind, submission, stamp_row, at, actor, actor_roles,
              operation, account_id, upn_key, code, before, after)
          SELECT c.tenant_id, c.job_id, c.row_no, c.kind::"char", c.submission, c.stamp_row, now.at,
                 c.actor, c.actor_roles, c.operation, c.account_id, c.upn_key, c.code,
                 c.before::jsonb, c.after::jsonb
          FROM (SELECT ?::timestamptz AS at) AS now,
               unnest(
              ?::text[], ?::uuid[], ?::bigint[], ?::text[], ?::bigint[], ?::bigint[], ?::text[],
              ?::text[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[]) AS c (
              tenant_id, job_id, row_no, kind, submission, stamp_row, actor, actor_roles,
              operation, account_id, upn_key, code, before, after)),
      batches AS (
          INSERT INTO change_batch (tenant_id, id, job_id, kind, row_count, row_nos)
          SELECT b.tenant_id, b.id, b.job_id, b.kind::"char", b.row_count, b.row_nos::bigint[]
          FROM unnest(?::text[], ?::uuid[], ?::uuid[], ?::text[], ?::integer[], ?::text[])
                   AS b (tenant_id, id, job_id, kind, row_count, row_nos))
      INSERT INTO follow_up (tenant_id, batch_id, jobs, row_count)
      SELECT f.tenant_id, f.batch_id, ARRAY[f.job_id], f.row_count
      FROM unnest(?::text[], ?::uuid[], ?::uuid[], ?::integer[])
               AS f (tenant_id, batch_id, job_id, row_count)
      """;

  /** A stamp is to lead to the change that left it. */
  private static final String JOBS_OF_SUBMISSIONS =
      """
      INSERT INTO submission (tenant_id, number, job_id)
      SELECT * FROM unnest(?::text[], ?::bigint[], ?::uuid[])
      ON CONFLICT DO NOTHING
      """;

  private final DataSource dataSource;
  private final ObjectMapper json = new ObjectMapper();
  private final Clock clock;

  @Inject
  ChangeLog(DataSource dataSource) {
    this(dataSource, Clock.systemUTC());
  }

  ChangeLog(DataSource dataSource, Clock clock) {
    this.dataSource = dataSource;
    this.clock = clock;
  }

  private record Submission(String tenant, long number, UUID jobId) {}

  /** Keeps them, with two statements, in the running transaction. */
  public void append(List<Change> changes) throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(APPEND)) {
      statement.setObject(1, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
      ColumnArrays<Change> columns = new ColumnArrays<>(statement, changes, 2);
      columns.add("text", c -> c.command().tenant());
      columns.add("uuid", c -> kept(c.command()).jobId());
      columns.add("bigint", c -> kept(c.command()).row());
      columns.add("text", c -> kind(c.command()));
      columns.add("bigint", c -> c.command().stamp().submission());
      columns.add("bigint", c -> c.command().stamp().row());
      columns.add("text", c -> storable(c.command().actor().subject()));
      columns.add("text", c -> storable(roles(c.command().actor())));
      columns.add("text", c -> c.operation().name());
      columns.add("uuid", Change::accountId);
      columns.add("text", c -> storable(UserPrincipalName.keyOf(c.command().userPrincipalName())));
      columns.add("text", c -> c.code() == null ? null : c.code().name());
      columns.add("text", c -> json(c.before()));
      columns.add("text", c -> json(c.after()));
      ChangeBatches.of(changes, UuidCreator::getTimeOrderedEpochPlus1).bind(statement, 16);
      statement.executeUpdate();
      keepSubmissions(connection, changes);
    }
  }

  private static void keepSubmissions(Connection connection, List<Change> changes)
      throws SQLException {
    List<Submission> submissions =
        changes.stream()
            .filter(c -> c.command().undoes() == null)
            .map(
                c ->
                    new Submission(
                        c.command().tenant(),
                        c.command().stamp().submission(),
                        c.command().jobId()))
            .distinct()
            .sorted(Comparator.comparing(Submission::tenant).thenComparing(Submission::number))
            .toList();
    try (PreparedStatement statement = connection.prepareStatement(JOBS_OF_SUBMISSIONS)) {
      new ColumnArrays<>(statement, submissions, 1)
          .add("text", Submission::tenant)
          .add("bigint", Submission::number)
          .add("uuid", Submission::jobId);
      statement.executeUpdate();
    }
  }

  private static String roles(Actor actor) {
    return actor.roles().size() == 1
        ? actor.roles().iterator().next()
        : String.join(",", new TreeSet<>(actor.roles()));
  }

  /** Under whose number it is kept: an undo under that of what it undoes. */
  static CommandId kept(UserCommand command) {
    return command.undoes() == null ? command.id() : command.undoes();
  }

  /** As in the tables: C the command's, U its undo's. */
  static String kind(UserCommand command) {
    return command.undoes() == null ? "C" : "U";
  }

  /** A refused attempt may hold what no column takes: NUL becomes the replacement character. */
  private static String storable(String text) {
    return text.replace('\0', '\uFFFD');
  }

  private String json(Object image) {
    if (image == null) {
      return null;
    }
    try {
      return json.writeValueAsString(image);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an account's image can't be written as JSON");
    }
  }
}
