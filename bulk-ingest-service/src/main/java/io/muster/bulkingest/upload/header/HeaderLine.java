package io.muster.bulkingest.upload.header;

import io.muster.bulkingest.spool.Column;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A header line, understood. When several columns mean the same, the canonical name wins, then the
 * alias that stands first in the list, then the one further left; the others count as unknown.
 */
public final class HeaderLine {
  /** Written by {@code failures.csv}; a re-upload has no use for them. */
  private static final Set<String> OF_FAILURES = Set.of("rownumber", "errorcode", "errormessage");

  /** Google Workspace's: where it says something, Password holds a hash. */
  private static final String HASH_FUNCTION = "passwordhashfunction";

  private final Column[] columns;
  private final List<String> recognised = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();
  private int hashFunction = -1;

  private HeaderLine(Column[] columns) {
    this.columns = columns;
  }

  /**
   * @param headers as written, in order
   */
  public static HeaderLine of(List<String> headers) {
    List<Optional<ColumnNames.Found>> found = new ArrayList<>();
    Map<Column, Integer> winners = new EnumMap<>(Column.class);
    for (int i = 0; i < headers.size(); i++) {
      Optional<ColumnNames.Found> name = ColumnNames.find(headers.get(i));
      found.add(name);
      int place = i;
      name.ifPresent(
          n ->
              winners.merge(
                  n.column(),
                  place,
                  (old, mine) -> found.get(old).orElseThrow().rank() <= n.rank() ? old : mine));
    }
    HeaderLine line = new HeaderLine(new Column[headers.size()]);
    for (int i = 0; i < headers.size(); i++) {
      Column column = found.get(i).map(ColumnNames.Found::column).orElse(null);
      if (column != null && winners.get(column) == i) {
        line.columns[i] = column;
        line.recognised.add(column.canonical());
      } else if (ColumnNames.plain(headers.get(i)).equals(HASH_FUNCTION)) {
        line.hashFunction = i;
      } else {
        line.addUnknown(headers.get(i));
      }
    }
    return line;
  }

  private void addUnknown(String header) {
    String key = ColumnNames.key(header);
    if (!key.isEmpty() && !OF_FAILURES.contains(key)) {
      unknown.add(header.strip());
    }
  }

  /** Columns, those without a name included. */
  public int size() {
    return columns.length;
  }

  /** The column of a place, from 0; null for one that isn't used. */
  public Column column(int place) {
    return columns[place];
  }

  /**
   * The place of a column that tells by which function Password is hashed, where it is; -1 without
   * one.
   */
  public int hashFunction() {
    return hashFunction;
  }

  public boolean has(Column column) {
    return recognised.contains(column.canonical());
  }

  /** Canonical names in the file's order. */
  public List<String> recognised() {
    return List.copyOf(recognised);
  }

  /** Headers that aren't used, as written. */
  public List<String> unknown() {
    return List.copyOf(unknown);
  }
}
