package io.muster.inbox.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.Part;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.inbox.report.ResultRuns.Echoed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ResultRunsTest {
  private static final UUID JOB = UUID.fromString("01990000-0000-7000-8000-000000000001");
  private static final UUID OTHER = UUID.fromString("01990000-0000-7000-8000-000000000002");
  private static final Set<Part> BOTH = Set.of(Part.USER, Part.LICENSE);

  private final ResultRuns runs = new ResultRuns();

  @Test
  void rowsThatAreAlikeComeTogetherWhateverStandsBetween() {
    runs.add(applied(JOB, 9), slice("a.1"));
    runs.add(applied(OTHER, 9), slice("a.2"));
    runs.add(applied(JOB, 3), slice("a.1"));

    assertThat(runs.all())
        .extracting(Echoed::result)
        .containsExactly(
            new RowResult(
                "contoso",
                JOB,
                3,
                Part.USER,
                PartOutcome.APPLIED,
                null,
                null,
                BOTH,
                List.of(3L, 9L)),
            applied(OTHER, 9));
  }

  @Test
  void aRowThatCameTwiceIsToldOnce() {
    runs.add(applied(JOB, 3), slice("a.1"));
    runs.add(applied(JOB, 4), slice("a.1"));
    runs.add(applied(JOB, 3), slice("a.1"));

    assertThat(runs.all())
        .singleElement()
        .extracting(run -> run.result().rows())
        .isEqualTo(List.of(3L, 4L));
  }

  @Test
  void eachSliceIsEchoedForItsOwnRows() {
    runs.add(applied(JOB, 1), slice("a.1"));
    runs.add(applied(JOB, 2), slice("a.2"));
    runs.add(applied(JOB, 3), null);
    runs.add(applied(JOB, 4), slice("a.2"));

    assertThat(runs.all())
        .extracting(run -> run.result().allRows() + " " + text(run.slice()))
        .containsExactly("[1] a.1", "[2, 4] a.2", "[3] null");
  }

  @Test
  void rowsOfTwoKeysStayApart() {
    runs.add(applied(JOB, 1023), slice("a.1"));
    runs.add(applied(JOB, 1024), slice("a.1"));

    assertThat(runs.all()).extracting(run -> run.result().row()).containsExactly(1023L, 1024L);
  }

  @Test
  void eachOutcomePartAndSetOfPartsIsToldByItself() {
    runs.add(applied(JOB, 1), slice("a.1"));
    runs.add(result(2, Part.USER, PartOutcome.UNDONE, BOTH), slice("a.1"));
    runs.add(result(3, Part.LICENSE, PartOutcome.UNDONE, BOTH), slice("a.1"));
    runs.add(result(4, Part.USER, PartOutcome.APPLIED, Set.of(Part.USER)), slice("a.1"));

    assertThat(runs.all()).extracting(run -> run.result().row()).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void whatWasRefusedOrHasSomethingToAddStaysByItself() {
    RowResult refused =
        new RowResult(
            "contoso", JOB, 1, Part.USER, PartOutcome.REJECTED, RowCode.USER_NOT_FOUND, null, BOTH);
    RowResult noted =
        new RowResult(
            "contoso", JOB, 1, Part.USER, PartOutcome.APPLIED, null, "It was so already.", BOTH);

    assertThat(ResultRuns.canJoin(refused)).isFalse();
    assertThat(ResultRuns.canJoin(noted)).isFalse();
    assertThat(ResultRuns.canJoin(applied(JOB, 1))).isTrue();
  }

  private static RowResult applied(UUID job, long row) {
    return new RowResult("contoso", job, row, Part.USER, PartOutcome.APPLIED, null, null, BOTH);
  }

  private static RowResult result(long row, Part part, PartOutcome outcome, Set<Part> parts) {
    return new RowResult("contoso", JOB, row, part, outcome, null, null, parts);
  }

  private static byte[] slice(String number) {
    return number.getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(byte[] slice) {
    return slice == null ? null : new String(slice, StandardCharsets.US_ASCII);
  }
}
