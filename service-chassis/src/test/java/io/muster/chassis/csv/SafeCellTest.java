package io.muster.chassis.csv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeCellTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "--",
        "+",
        "+49 30 =1",
        "+(1)",
        "'=1",
        "''-",
        "'+49 30 12"
      })
  void whatCouldStartAFormulaGetsAnApostrophe(String text) {
    assertThat(SafeCell.of(text)).isEqualTo("'" + text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-",
        "+49 30 1234-567",
        "+1 (206) 555.0100",
        "Ada",
        "'",
        "'t Hooft",
        "a=b",
        "",
        "5-3"
      })
  void whatStartsNoneStaysAsItIs(String text) {
    assertThat(SafeCell.of(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1",
        "'=1",
        "''=1",
        "'",
        "''",
        "-",
        "'-",
        "''-",
        "'+49 30 12",
        "'\tx",
        "'t Hooft"
      })
  void aReaderGetsBackWhatWasWritten(String text) {
    assertThat(SafeCell.text(SafeCell.of(text))).isEqualTo(text);
  }

  @Test
  void noTextIsAnEmptyCell() {
    assertThat(SafeCell.of(null)).isEmpty();
  }
}
