package io.muster.license.books;

import io.muster.inbox.closing.KeptByDay;
import io.muster.inbox.database.JobDay;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/**
 * What closed jobs gave back can't be brought back any more, and nothing older than their exact
 * sets is under way. Reads whole tables, once for each day that goes.
 */
@ApplicationScoped
class ForgettingGivenBack implements KeptByDay {
  private static final List<String> FORGET =
      List.of(
          "DELETE FROM given_back WHERE job_id >= ? AND job_id < ?",
          "DELETE FROM exact_set WHERE job_id >= ? AND job_id < ?");

  @Override
  public void forget(Connection finder, LocalDate day) throws SQLException {
    for (String forget : FORGET) {
      try (PreparedStatement statement = finder.prepareStatement(forget)) {
        statement.setObject(1, JobDay.firstId(day));
        statement.setObject(2, JobDay.firstId(day.plusDays(1)));
        statement.executeUpdate();
      }
    }
  }
}
