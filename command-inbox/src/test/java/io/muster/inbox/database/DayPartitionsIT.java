package io.muster.inbox.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.inbox.InboxDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class DayPartitionsIT {
  private static final String A_ROW_OF_2031 =
      "INSERT INTO command_inbox VALUES"
          + " ('contoso', '01c12714-f200-7000-8000-000000000001', 1, 'C', 'A')";

  private static final String A_ROW_OF_2032 =
      "INSERT INTO command_inbox VALUES"
          + " ('contoso', '01c87ec6-1e00-7000-8000-000000000001', 1, 'C', 'A')";

  private final InboxDatabase database = InboxDatabase.shared();

  @Test
  void manyServicesMayMakeADaysPartitionsAtOnce() throws Exception {
    Set<LocalDate> days = Set.of(LocalDate.of(2030, 1, 1), LocalDate.of(2030, 1, 2));
    ExecutorService threads = Executors.newFixedThreadPool(6);

    List<Callable<Void>> makers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      makers.add(
          () -> {
            new DayPartitions(database.dataSource(), database).ensure(days);
            return null;
          });
    }
    for (Future<Void> made : threads.invokeAll(makers)) {
      made.get();
    }
    threads.shutdown();

    assertThat(
            strings(
                "SELECT relname FROM pg_class WHERE relname LIKE 'command_inbox_2030%'"
                    + " AND relkind = 'r' ORDER BY 1"))
        .containsExactly("command_inbox_20300101", "command_inbox_20300102");
  }

  @Test
  void aJobsRowsLandInTheDayOfItsId() throws SQLException {
    assertThatThrownBy(() -> asTenant("contoso", A_ROW_OF_2031))
        .hasMessageContaining("no partition of relation");

    new DayPartitions(database.dataSource(), database).ensure(Set.of(LocalDate.of(2031, 2, 17)));
    asTenant("contoso", A_ROW_OF_2031);

    assertThat(asTenant("contoso", "SELECT tableoid::regclass FROM command_inbox"))
        .contains("command_inbox_20310217");
  }

  @Test
  void theServiceOwnsNothingAndSeesOnlyItsTransactionsTenants() throws SQLException {
    new DayPartitions(database.dataSource(), database).ensure(Set.of(LocalDate.of(2032, 2, 17)));

    assertThatThrownBy(() -> asTenant("contoso", "CREATE TABLE mine (id int)"))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> asTenant("contoso", "SELECT * FROM command_inbox_20320217"))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> asTenant("fabrikam", A_ROW_OF_2032))
        .hasMessageContaining("row-level security");
    asTenant("contoso", A_ROW_OF_2032);
    assertThat(asTenant("fabrikam", "SELECT 1 FROM command_inbox WHERE tenant_id = 'contoso'"))
        .isEmpty();
  }

  @Test
  void aDayThatNoJobCanHaveIsRefused() {
    assertThatThrownBy(
            () ->
                new DayPartitions(database.dataSource(), database)
                    .ensure(Set.of(LocalDate.of(1999, 1, 1))))
        .hasMessageContaining("no job was made on that day");
  }

  private List<String> strings(String query) throws SQLException {
    return asTenant("", query);
  }

  private List<String> asTenant(String tenant, String sql) throws SQLException {
    return database.inNew(
        () -> {
          try (Connection connection = database.dataSource().getConnection();
              Statement statement = connection.createStatement()) {
            statement.execute("SELECT set_config('muster.tenants', '%s', true)".formatted(tenant));
            List<String> found = new ArrayList<>();
            if (statement.execute(sql)) {
              try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                  found.add(rows.getString(1));
                }
              }
            }
            return found;
          }
        });
  }
}
