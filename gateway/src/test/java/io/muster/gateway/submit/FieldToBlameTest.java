package io.muster.gateway.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.result.RowCode;
import org.junit.jupiter.api.Test;

class FieldToBlameTest {
  @Test
  void itIsTheOneThatTheCodeMeansOrTheColumnThatTheMessageNames() {
    assertThat(ChangingAUser.toBlame(RowCode.NO_SEATS_LEFT, "Column X: no.")).isEqualTo("licenses");
    assertThat(
            ChangingAUser.toBlame(
                RowCode.INVALID_VALUE, "Column EmployeeId: another account has this employee id."))
        .isEqualTo("employeeId");
    assertThat(ChangingAUser.toBlame(RowCode.INVALID_VALUE, "Columns are wrong.")).isNull();
    assertThat(ChangingAUser.toBlame(RowCode.SUPERSEDED, null)).isNull();
  }
}
