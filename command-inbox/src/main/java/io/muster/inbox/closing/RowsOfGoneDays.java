package io.muster.inbox.closing;

import io.muster.inbox.database.JobDay;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Deletes from a table that isn't partitioned what belongs to days that were dropped: in portions,
 * each a transaction of its own that no batch waits for. What a crash leaves is found by the next
 * look, because the day's partition is gone all the same. Two instances may do it at once.
 */
final class RowsOfGoneDays {
  /** Some tenths of a second. */
  private static final int PORTION = 10_000;

  private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("'_'yyyyMMdd");

  private static final String OLDEST =
      "SELECT job_id FROM %s WHERE job_id >= ? AND job_id < ? ORDER BY job_id LIMIT 1";

  /**
   * Looks for the partition in the statement that deletes: a job that begins months after its day
   * was dropped makes it again before it has rows here.
   */
  private static final String DELETE =
      """
      DELETE FROM %1$s WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM %1$s
          WHERE job_id >= ? AND job_id < ? AND to_regclass(?) IS NULL
          LIMIT ?))
      """;

  private final DataSource finder;

  RowsOfGoneDays(DataSource finder) {
    this.finder = finder;
  }

  /**
   * @param before days before this one are looked at
   * @return how many rows were deleted
   */
  long delete(String table, LocalDate before) throws SQLException {
    long deleted = 0;
    try (Connection connection = finder.getConnection()) {
      UUID from = new UUID(0, 0);
      Optional<LocalDate> day = dayOfOldest(connection, table, from, before);
      while (day.isPresent()) {
        int portion = deletePortion(connection, table, day.get());
        deleted += portion;
        if (portion < PORTION) {
          from = JobDay.firstId(day.get().plusDays(1));
          day = dayOfOldest(connection, table, from, before);
        }
      }
    }
    return deleted;
  }

  private static Optional<LocalDate> dayOfOldest(
      Connection connection, String table, UUID from, LocalDate before) throws SQLException {
    try (PreparedStatement oldest = connection.prepareStatement(OLDEST.formatted(table))) {
      oldest.setObject(1, from);
      oldest.setObject(2, JobDay.firstId(before));
      try (ResultSet row = oldest.executeQuery()) {
        return row.next() ? Optional.of(JobDay.of(row.getObject(1, UUID.class))) : Optional.empty();
      }
    }
  }

  private static int deletePortion(Connection connection, String table, LocalDate day)
      throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE.formatted(table))) {
      delete.setObject(1, JobDay.firstId(day));
      delete.setObject(2, JobDay.firstId(day.plusDays(1)));
      delete.setString(3, "command_inbox" + SUFFIX.format(day));
      delete.setInt(4, PORTION);
      return delete.executeUpdate();
    }
  }
}
