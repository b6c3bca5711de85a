package io.muster.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.muster.benchmarks.limit.TableWork;
import io.muster.benchmarks.limit.TopicWork;
import io.muster.benchmarks.measure.Footprint.Growth;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FootprintTest {
  private static TableWork table(String name, long in, long changed, long out, long bytes) {
    return new TableWork("user-service", "public", name, in, changed, changed, out, bytes);
  }

  private static Footprint footprint(long wal, long spool, TopicWork topic, TableWork... tables) {
    Map<String, TableWork> byName = new HashMap<>();
    for (TableWork each : tables) {
      byName.put(each.table(), each);
    }
    return new Footprint(
        byName, Map.of("user-service", wal * 10), wal, spool, Map.of(topic.topic(), topic));
  }

  @Test
  void tellsWhatCameOnTopTheMostWrittenTableFirst() {
    // Given
    Footprint before =
        footprint(1_000, 70, new TopicWork("t", 5, 500), table("account", 10, 3, 1, 8_192));

    // When a new table appears, too
    Growth growth =
        footprint(
                1_900,
                100,
                new TopicWork("t", 25, 900),
                table("account", 12, 3, 1, 16_384),
                table("change", 40, 1, 0, 4_096))
            .since(before);

    // Then
    assertThat(growth.tables())
        .containsExactly(table("change", 40, 1, 0, 4_096), table("account", 2, 0, 0, 8_192));
    assertThat(growth.walBytes()).isEqualTo(900);
    assertThat(growth.spoolBytes()).isEqualTo(30);
    assertThat(growth.databaseBytes()).containsExactly(entry("user-service", 9_000L));
    assertThat(growth.topics()).containsExactly(new TopicWork("t", 20, 400));
    assertThat(growth.busMessages()).isEqualTo(20);
  }

  @Test
  void leavesOutTablesAndTopicsThatWereNotWritten() {
    Footprint same =
        footprint(1_000, 70, new TopicWork("t", 5, 500), table("account", 10, 3, 1, 8_192));

    Growth growth = same.since(same);

    assertThat(growth.tables()).isEmpty();
    assertThat(growth.topics()).isEmpty();
  }

  @Test
  void countsNothingBelowZeroWhereAPartitionOrASegmentWasDropped() {
    Footprint before =
        footprint(1_000, 70, new TopicWork("t", 5, 500), table("change", 100, 0, 0, 8_192));

    Growth growth =
        footprint(1_000, 10, new TopicWork("t", 6, 100), table("change", 60, 4, 0, 4_096))
            .since(before);

    assertThat(growth.tables()).containsExactly(table("change", 0, 4, 0, -4_096));
    assertThat(growth.spoolBytes()).isZero();
    assertThat(growth.topics()).containsExactly(new TopicWork("t", 1, 0));
  }
}
