package io.muster.user.password;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.chassis.setwise.Unopposed;
import io.muster.sealing.Keysets;
import io.muster.sealing.SealBroken;
import io.muster.sealing.SealedBytes;
import io.muster.sealing.SealedFor;
import io.muster.sealing.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Keeps generated passwords, sealed, until they are collected; in the transaction that sets them.
 */
@ApplicationScoped
public class Handouts {
  private static final String KEEP =
      """
      INSERT INTO handout (tenant_id, job_id, row_no, user_principal_name, sealed)
      SELECT * FROM unnest(?::text[], ?::uuid[], ?::bigint[], ?::text[], ?::bytea[])
      """;

  /** A row that makes another one hands that out. */
  private static final String KEEP_THE_NEWEST =
      KEEP + "ON CONFLICT (tenant_id, job_id, row_no) DO UPDATE SET sealed = EXCLUDED.sealed";

  private static final String FIRST_OF_A_JOB =
      """
      INSERT INTO handout_job (tenant_id, job_id, submitter, made_at)
      SELECT j.*, now.at
      FROM unnest(?::text[], ?::uuid[], ?::text[]) AS j, (SELECT ?::timestamptz AS at) AS now
      ON CONFLICT (tenant_id, job_id) DO NOTHING
      """;

  /**
   * The week for collecting counts from the last password of a job, by the hour: a job may run, or
   * be paused, for longer than that. By the hour, because its batches would wait for each other.
   */
  private static final String STILL_MAKING =
      """
      UPDATE handout_job h
      SET made_at = now.at, first_byte_at = NULL, shredded_at = NULL, emptied_at = NULL
      FROM unnest(?::text[], ?::uuid[]) AS j (tenant_id, job_id),
           (SELECT ?::timestamptz AS at) AS now
      WHERE h.tenant_id = j.tenant_id AND h.job_id = j.job_id
        AND (h.made_at < now.at - interval '1 hour' OR h.shredded_at IS NOT NULL)
      """;

  private static final String SHRED =
      """
      DELETE FROM handout h
      USING unnest(?::text[], ?::uuid[], ?::bigint[]) AS gone (tenant_id, job_id, row_no)
      WHERE h.tenant_id = gone.tenant_id AND h.job_id = gone.job_id AND h.row_no = gone.row_no
      """;

  /** Two batches touch a job's hand-outs in one order, so that they don't lock crosswise. */
  private static final Comparator<Handout> ORDER =
      Comparator.comparing(Handout::tenant)
          .thenComparing(Handout::jobId)
          .thenComparingLong(Handout::row);

  private final SealedBytes seal;
  private final Unopposed unopposed = new Unopposed();
  private final Clock clock;

  @Inject
  public Handouts(Keysets keysets) {
    this(keysets, Clock.systemUTC());
  }

  Handouts(Keysets keysets, Clock clock) {
    this.seal = keysets.bytes();
    this.clock = clock;
  }

  /** Keeps them in the connection's transaction, which sees their tenants. */
  public void keep(Connection connection, List<Handout> handouts) throws SQLException {
    if (handouts.isEmpty()) {
      return;
    }
    List<Handout> sorted = handouts.stream().sorted(ORDER).toList();
    Map<List<Object>, Handout> firsts = new LinkedHashMap<>();
    sorted.forEach(h -> firsts.putIfAbsent(List.of(h.tenant(), h.jobId()), h));
    List<Handout> jobs = new ArrayList<>(firsts.values());
    OffsetDateTime now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (!unopposed.wrote(connection, sorted.size(), () -> write(connection, KEEP, sorted))) {
      write(connection, KEEP_THE_NEWEST, sorted);
      unopposed.looked(false);
    }
    try (PreparedStatement first = connection.prepareStatement(FIRST_OF_A_JOB)) {
      new ColumnArrays<>(first, jobs, 1)
          .add("text", Handout::tenant)
          .add("uuid", Handout::jobId)
          .add("text", Handout::submitter);
      first.setObject(4, now);
      first.executeUpdate();
    }
    try (PreparedStatement still = connection.prepareStatement(STILL_MAKING)) {
      new ColumnArrays<>(still, jobs, 1).add("text", Handout::tenant).add("uuid", Handout::jobId);
      still.setObject(3, now);
      still.executeUpdate();
    }
  }

  private void write(Connection connection, String insert, List<Handout> sorted)
      throws SQLException {
    try (PreparedStatement keep = connection.prepareStatement(insert)) {
      new ColumnArrays<>(keep, sorted, 1)
          .add("text", Handout::tenant)
          .add("uuid", Handout::jobId)
          .add("bigint", Handout::row)
          .add("text", Handout::userPrincipalName)
          .add("bytea", this::sealed);
      keep.executeUpdate();
    }
  }

  /** Deletes these, in the connection's transaction; those that aren't there are passed over. */
  public void shred(Connection connection, List<Handout.Of> handouts) throws SQLException {
    if (handouts.isEmpty()) {
      return;
    }
    try (PreparedStatement shred = connection.prepareStatement(SHRED)) {
      new ColumnArrays<>(shred, handouts, 1)
          .add("text", Handout.Of::tenant)
          .add("uuid", h -> h.command().jobId())
          .add("bigint", h -> h.command().row());
      shred.executeUpdate();
    }
  }

  /**
   * @return for the caller to destroy
   * @throws SealBroken when it was altered, or isn't this hand-out
   */
  public Secret open(String tenant, UUID jobId, long row, byte[] sealed) throws SealBroken {
    byte[] clear = seal.open(sealed, belongsTo(tenant, jobId, row));
    try {
      return Secret.ofUtf8(clear);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  private byte[] sealed(Handout handout) {
    byte[] clear = handout.clear().utf8();
    try {
      return seal.seal(clear, belongsTo(handout.tenant(), handout.jobId(), handout.row()));
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  private static SealedFor belongsTo(String tenant, UUID jobId, long row) {
    return new SealedFor(tenant, jobId, "handout/" + row);
  }
}
