package io.muster.gateway.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.Part;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CuttingResultsTest {
  private static final UUID JOB = UUID.fromString("01990000-0000-7000-8000-000000000001");

  @Test
  void aPollThatTellsOfFewRowsIsOneTransaction() {
    List<RowResult> poll = List.of(ofAChunk(0), ofAChunk(1));

    assertThat(RowResultsConsumer.cut(poll)).containsExactly(poll);
  }

  @Test
  void aPollThatTellsOfManyRowsIsCutInOrder() {
    List<RowResult> poll = new ArrayList<>();
    for (int chunk = 0; chunk < 200; chunk++) {
      poll.add(ofAChunk(chunk));
    }

    List<List<RowResult>> parts = RowResultsConsumer.cut(poll);

    assertThat(parts.stream().flatMap(List::stream)).containsExactlyElementsOf(poll);
    assertThat(parts)
        .allSatisfy(
            part ->
                assertThat(part.stream().mapToInt(each -> each.allRows().size()).sum())
                    .isBetween(1, 50_000));
  }

  private static RowResult ofAChunk(int chunk) {
    List<Long> rows =
        LongStream.range(chunk * 1024L, (chunk + 1) * 1024L)
            .filter(row -> row > 0)
            .boxed()
            .toList();
    return new RowResult(
        "contoso",
        JOB,
        rows.get(0),
        Part.USER,
        PartOutcome.APPLIED,
        null,
        null,
        Set.of(Part.USER),
        rows);
  }
}
