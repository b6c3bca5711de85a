package io.muster.contracts.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.muster.contracts.command.Part;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RowResultTest {
  private static final UUID JOB = UUID.fromString("01990000-0000-7000-8000-000000000001");

  @Test
  void manyRowsAreToldOfOneByOne() {
    RowResult many = applied(5, List.of(5L, 7L, 1023L));

    assertThat(many.allRows()).containsExactly(5L, 7L, 1023L);
    assertThat(many.of(7)).isEqualTo(applied(7, null));
    assertThat(applied(5, null).allRows()).containsExactly(5L);
  }

  @Test
  void oneRowIsToldInOneWay() {
    assertThat(applied(5, List.of(5L))).isEqualTo(applied(5, null));
  }

  @Test
  void manyRowsAscendFromTheFirstAndShareAKey() {
    for (List<Long> wrong :
        List.of(
            List.<Long>of(),
            List.of(6L, 7L),
            List.of(5L, 5L),
            List.of(5L, 9L, 8L),
            List.of(5L, 1024L))) {
      assertThatIllegalArgumentException().as("%s", wrong).isThrownBy(() -> applied(5, wrong));
    }
  }

  @Test
  void whatIsOfOneRowAloneIsNotToldOfMany() {
    List<Long> rows = List.of(5L, 6L);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> result(PartOutcome.REJECTED, RowCode.USER_NOT_FOUND, null, rows));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> result(PartOutcome.APPLIED, null, "it had one already", rows));
  }

  private static RowResult applied(long row, List<Long> rows) {
    return new RowResult(
        "contoso", JOB, row, Part.USER, PartOutcome.APPLIED, null, null, Set.of(Part.USER), rows);
  }

  private static RowResult result(
      PartOutcome outcome, RowCode code, String detail, List<Long> rows) {
    return new RowResult(
        "contoso", JOB, rows.get(0), Part.USER, outcome, code, detail, Set.of(Part.USER), rows);
  }
}
