package io.muster.user.password.handout;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.muster.sealing.SealBroken;
import io.muster.sealing.Secret;
import io.muster.user.password.Handouts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Hands a job's generated passwords to its submitter, page by page in row order: never more than a
 * page in memory.
 */
@ApplicationScoped
class CollectingPasswords {
  private static final int PAGE = 1_000;

  private static final String READ_PAGE =
      """
      SELECT row_no, user_principal_name, sealed FROM handout
      WHERE tenant_id = ? AND job_id = ? AND row_no > ?
      ORDER BY row_no
      LIMIT ?
      """;

  private static final String TAKE =
      """
      DELETE FROM handout WHERE tenant_id = ? AND job_id = ? AND row_no = 1
      RETURNING row_no, user_principal_name, sealed
      """;

  private static final String EMPTIED =
      """
      UPDATE handout_job SET emptied_at = shredded_at
      WHERE tenant_id = ? AND job_id = ?
        AND NOT EXISTS (SELECT FROM handout h
                        WHERE h.tenant_id = handout_job.tenant_id
                          AND h.job_id = handout_job.job_id)
      """;

  private final JsonFactory json = new JsonFactory();
  private final TenantWork work;
  private final Handouts handouts;
  private final Clock clock;

  @Inject
  CollectingPasswords(TenantWork work, Handouts handouts) {
    this.work = work;
    this.handouts = handouts;
    this.clock = Clock.systemUTC();
  }

  /**
   * A password in the clear.
   *
   * @param clear for the receiver to destroy
   */
  record Line(long row, String userPrincipalName, Secret clear) {}

  /** Whether the job's passwords are that submitter's; those that aren't there are nobody's. */
  boolean isOf(String submitter, String tenant, UUID jobId) {
    return work.in(tenant, c -> HandoutJob.find(c, tenant, jobId))
        .filter(job -> job.submitter().equals(submitter))
        .isPresent();
  }

  /**
   * @return whether the job made any
   * @throws io.muster.chassis.problem.RequestRefused FORBIDDEN, CREDENTIALS_GONE
   */
  boolean mayCollect(String tenant, UUID jobId, String subject) {
    Optional<HandoutJob> job = work.in(tenant, c -> HandoutJob.find(c, tenant, jobId));
    job.ifPresent(made -> made.refuseUnless(subject, clock.instant()));
    return job.isPresent();
  }

  /**
   * Writes {@code {"items":[{"row","userPrincipalName","password"}...],"whole":true}}. What breaks
   * off before its end is no JSON, so that nobody takes a half for the whole.
   *
   * @throws io.muster.chassis.problem.RequestRefused CREDENTIALS_GONE when they are shredded in the
   *     meantime
   */
  void write(String tenant, UUID jobId, String subject, OutputStream out) throws IOException {
    boolean any = mayCollect(tenant, jobId, subject);
    List<Line> page = any ? page(tenant, jobId, 0) : List.of();
    if (any) {
      work.in(
          tenant,
          connection -> {
            HandoutJob.start(connection, tenant, jobId, clock.instant());
            return null;
          });
    }
    JsonGenerator lines = json.createGenerator(out);
    lines.writeStartObject();
    lines.writeArrayFieldStart("items");
    while (!page.isEmpty()) {
      for (Line line : page) {
        write(lines, line);
        line.clear().destroy();
      }
      page = page(tenant, jobId, page.get(page.size() - 1).row());
    }
    if (any) {
      // Else a shredding that ran beside this looked like an early end.
      mayCollect(tenant, jobId, subject);
    }
    lines.writeEndArray();
    lines.writeBooleanField("whole", true);
    lines.writeEndObject();
    lines.close();
  }

  /**
   * The password that a single call made, for this once: it is shredded with the answer.
   *
   * @return empty when the job's first row made none
   */
  Optional<Line> take(String tenant, UUID jobId, String subject) {
    return work.in(
        tenant,
        connection -> {
          Optional<HandoutJob> job = HandoutJob.find(connection, tenant, jobId);
          if (job.isEmpty()) {
            return Optional.<Line>empty();
          }
          job.get().refuseUnless(subject, clock.instant());
          HandoutJob.start(connection, tenant, jobId, clock.instant());
          Optional<Line> taken = Optional.empty();
          try (PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setString(1, tenant);
            take.setObject(2, jobId);
            try (ResultSet rows = take.executeQuery()) {
              if (rows.next()) {
                taken = Optional.of(line(tenant, jobId, rows));
              }
            }
          }
          HandoutJob.close(connection, tenant, jobId, clock.instant());
          try (PreparedStatement emptied = connection.prepareStatement(EMPTIED)) {
            emptied.setString(1, tenant);
            emptied.setObject(2, jobId);
            emptied.executeUpdate();
          }
          return taken;
        });
  }

  private List<Line> page(String tenant, UUID jobId, long after) {
    return work.in(
        tenant,
        connection -> {
          List<Line> lines = new ArrayList<>();
          try (PreparedStatement read = connection.prepareStatement(READ_PAGE)) {
            read.setString(1, tenant);
            read.setObject(2, jobId);
            read.setLong(3, after);
            read.setInt(4, PAGE);
            try (ResultSet rows = read.executeQuery()) {
              while (rows.next()) {
                lines.add(line(tenant, jobId, rows));
              }
            }
          }
          return lines;
        });
  }

  private Line line(String tenant, UUID jobId, ResultSet row) throws SQLException {
    try {
      long number = row.getLong(1);
      return new Line(
          number, row.getString(2), handouts.open(tenant, jobId, number, row.getBytes(3)));
    } catch (SealBroken e) {
      throw new IllegalStateException("a hand-out can't be opened with this keyset", e);
    }
  }

  private static void write(JsonGenerator lines, Line line) throws IOException {
    lines.writeStartObject();
    lines.writeNumberField("row", line.row());
    lines.writeStringField("userPrincipalName", line.userPrincipalName());
    lines.writeStringField("password", line.clear().reveal());
    lines.writeEndObject();
  }
}
