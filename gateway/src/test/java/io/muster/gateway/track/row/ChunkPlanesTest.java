package io.muster.gateway.track.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.topic.Topics;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ChunkPlanesTest {
  @Property(tries = 100)
  void keepsTheStateOfEveryRowApartFromItsNeighbours(@ForAll("rows") Map<Long, PartsOfARow> rows) {
    ChunkPlanes planes = ChunkPlanes.empty();

    rows.forEach(planes::put);

    ChunkPlanes stored = new ChunkPlanes(planes.planes());
    Map<Long, PartsOfARow> read = new HashMap<>();
    for (long row = 5 * 1024; row < 6 * 1024; row++) {
      if (!stored.row(row).equals(PartsOfARow.UNHEARD)) {
        read.put(row, stored.row(row));
      }
    }
    assertThat(read).isEqualTo(rows);
  }

  @Example
  void aPlaneWithoutABitTakesNoRoom() {
    ChunkPlanes planes = ChunkPlanes.empty();

    planes.put(7, new PartsOfARow(PartOutcome.APPLIED, null));

    assertThat(Arrays.stream(planes.planes()).map(plane -> plane.length))
        .containsExactly(128, 128, 0, 0, 0, 0, 0, 0);
  }

  @Example
  void aChunkHoldsTheRowsThatShareAKeyOnTheTopic() {
    UUID job = UUID.randomUUID();
    for (long row : new long[] {1, 1023, 1024, 2047, 2048, 19_999_999}) {
      assertThat(Topics.resultKey(job, row)).endsWith("/" + ChunkPlanes.chunkOf(row));
      assertThat(ChunkPlanes.firstRowOf(ChunkPlanes.chunkOf(row))).isLessThanOrEqualTo(row);
    }
  }

  @Provide
  Arbitrary<Map<Long, PartsOfARow>> rows() {
    Arbitrary<PartOutcome> outcomes = Arbitraries.of(PartOutcome.class).injectNull(0.2);
    Arbitrary<PartsOfARow> parts =
        Combinators.combine(outcomes, outcomes)
            .as(PartsOfARow::new)
            .filter(row -> !row.equals(PartsOfARow.UNHEARD));
    return Arbitraries.maps(Arbitraries.longs().between(5 * 1024, 6 * 1024 - 1), parts)
        .ofMaxSize(200);
  }
}
