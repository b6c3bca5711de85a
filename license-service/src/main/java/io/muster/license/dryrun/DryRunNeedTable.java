package io.muster.license.dryrun;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.license.seat.Ledger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/** The table {@code dry_run_need}: which seats each row of a dry run would have needed anew. */
final class DryRunNeedTable {
  private static final String STORE =
      """
      INSERT INTO dry_run_need (tenant_id, job_id, row_no, sku)
      SELECT ?, ?, n.row_no, n.sku FROM unnest(?::bigint[], ?::text[]) AS n (row_no, sku)
      """;

  private DryRunNeedTable() {}

  static void store(Connection connection, DryRunBooks.Job job, List<Ledger.Need> needs)
      throws SQLException {
    if (needs.isEmpty()) {
      return;
    }
    List<Ledger.Need> inOrder =
        needs.stream()
            .sorted(Comparator.comparingLong(Ledger.Need::row).thenComparing(Ledger.Need::sku))
            .toList();
    try (PreparedStatement statement = connection.prepareStatement(STORE)) {
      statement.setString(1, job.tenant());
      statement.setObject(2, job.id());
      new ColumnArrays<>(statement, inOrder, 3)
          .add("bigint", Ledger.Need::row)
          .add("text", Ledger.Need::sku);
      statement.executeUpdate();
    }
  }
}
