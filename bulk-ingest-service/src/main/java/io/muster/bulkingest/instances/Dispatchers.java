package io.muster.bulkingest.instances;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** The table {@code dispatcher}: which instances live, by the database's clock. */
@ApplicationScoped
public class Dispatchers {
  private static final String BEAT =
      """
      INSERT INTO dispatcher (id, name, store, tenants, jobs, cost_out, seen_at)
      VALUES (?, ?, ?, ?, ?, ?::json, clock_timestamp())
      ON CONFLICT (id) DO UPDATE
      SET tenants = excluded.tenants, jobs = excluded.jobs, cost_out = excluded.cost_out,
          seen_at = excluded.seen_at
      """;

  private static final String LIVING =
      """
      SELECT id, name, store, started_at, tenants, jobs, cost_out FROM dispatcher
      WHERE seen_at > clock_timestamp() - ? * interval '1 millisecond'
      ORDER BY started_at, id
      """;

  private static final String LEAVE = "DELETE FROM dispatcher WHERE id = ?";

  /** Long dead: an instance that was only silent tells of itself anew. */
  private static final String FORGET =
      "DELETE FROM dispatcher WHERE seen_at < clock_timestamp() - interval '1 hour'";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<UUID, Long>> COST_OUT = new TypeReference<>() {};

  private final DataSource dataSource;

  Dispatchers(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * One that lives.
   *
   * @param id of its start
   * @param store whose uploads it can read
   * @param tenants whose jobs it holds
   * @param jobs that it holds
   * @param costOut by job, on the bus without a result, in the cost of an ordinary row
   */
  public record Living(
      UUID id,
      String name,
      String store,
      Instant startedAt,
      int tenants,
      int jobs,
      Map<UUID, Long> costOut) {
    public Living {
      costOut = Map.copyOf(costOut);
    }

    /** The same with other numbers. */
    public Living holding(int now, Map<UUID, Long> out) {
      return new Living(id, name, store, startedAt, tenants, now, out);
    }
  }

  /** This one lives; its start is the database's time of the first beat. */
  void beat(Living me) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement beat = connection.prepareStatement(BEAT)) {
      beat.setObject(1, me.id());
      beat.setString(2, me.name());
      beat.setString(3, me.store());
      beat.setInt(4, me.tenants());
      beat.setInt(5, me.jobs());
      beat.setString(6, JSON.writeValueAsString(me.costOut()));
      beat.executeUpdate();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers can't be written", e);
    }
  }

  /** Those that told so within that time, in the order of their starts. */
  public List<Living> living(Duration silence) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement find = connection.prepareStatement(LIVING)) {
      find.setLong(1, silence.toMillis());
      List<Living> living = new ArrayList<>();
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          living.add(
              new Living(
                  rows.getObject(1, UUID.class),
                  rows.getString(2),
                  rows.getString(3),
                  rows.getObject(4, OffsetDateTime.class).toInstant(),
                  rows.getInt(5),
                  rows.getInt(6),
                  JSON.readValue(rows.getString(7), COST_OUT)));
        }
      }
      return living;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what an instance tells of itself can't be read", e);
    }
  }

  /** This one ends in good order. */
  void leave(UUID id) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement leave = connection.prepareStatement(LEAVE)) {
      leave.setObject(1, id);
      leave.executeUpdate();
    }
  }

  void forgetDead() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement forget = connection.prepareStatement(FORGET)) {
      forget.executeUpdate();
    }
  }
}
