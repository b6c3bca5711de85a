package io.muster.license.books;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.Stamp;
import io.muster.license.seat.Claims;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How claims stand in a table: {@code submission, stamp_row} of the newest stamp, both null where
 * nobody claims the seat, {@code earlier_claims} below it, {@code oldest_is_permanent}, {@code
 * newest_only_confirms}.
 */
public final class ClaimColumns {
  private ClaimColumns() {}

  /**
   * @param first number of the first of the five columns, in the order above
   */
  public static Claims read(ResultSet rows, int first) throws SQLException {
    long submission = rows.getLong(first);
    if (rows.wasNull()) {
      return new Claims();
    }
    Stamp newest = new Stamp(submission, rows.getLong(first + 1));
    List<Stamp> oldestFirst = new ArrayList<>();
    Array earlier = rows.getArray(first + 2);
    if (earlier != null) {
      Long[] pairs = (Long[]) earlier.getArray();
      for (int i = 0; i < pairs.length; i += 2) {
        oldestFirst.add(new Stamp(pairs[i], pairs[i + 1]));
      }
    }
    boolean onlyConfirms = rows.getBoolean(first + 4);
    if (!onlyConfirms) {
      oldestFirst.add(newest);
    }
    return new Claims(oldestFirst, rows.getBoolean(first + 3), onlyConfirms ? newest : null);
  }

  /** Binds the five columns, in the order above; the third as text, to be cast. */
  public static <T> ColumnArrays<T> add(ColumnArrays<T> columns, Function<T, Claims> claims)
      throws SQLException {
    return columns
        .add("bigint", row -> of(claims.apply(row), Stamp::submission))
        .add("bigint", row -> of(claims.apply(row), Stamp::row))
        .add("text", row -> pairs(claims.apply(row).earlier()))
        .add("boolean", row -> claims.apply(row).oldestIsPermanent())
        .add("boolean", row -> claims.apply(row).newestOnlyConfirms());
  }

  private static Long of(Claims claims, Function<Stamp, Long> number) {
    return claims.isEmpty() ? null : number.apply(claims.newest());
  }

  /** As an array's text: unnest would take a second dimension apart. */
  private static String pairs(List<Stamp> stamps) {
    return stamps.isEmpty()
        ? null
        : stamps.stream()
            .map(stamp -> stamp.submission() + "," + stamp.row())
            .collect(Collectors.joining(",", "{", "}"));
  }
}
