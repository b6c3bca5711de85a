package io.muster.license.seat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
  @ParameterizedTest
  @ValueSource(strings = {"E3", "contoso:ENTERPRISEPACK", "Office 365 E3", "Büro/2", "A&B+C%", "席"})
  void theseAreSkus(String text) {
    assertThat(Text.isSku(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " E3",
        "E3 ",
        "E3\u00a0",
        "E3,F1",
        "E3;F1",
        "E\n3",
        "E\t3",
        "E\u00003",
        "E\uD8003",
        "E\u200b3",
        "E\u20283",
        "-"
      })
  void theseAreNot(String text) {
    assertThat(Text.isSku(text)).isFalse();
  }

  @Test
  void aSkuIs64CharactersAsPeopleCount() {
    assertThat(Text.isSku("\uD83D\uDE00".repeat(64))).isTrue();
    assertThat(Text.isSku("x".repeat(65))).isFalse();
  }
}
