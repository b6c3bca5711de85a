package io.muster.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimesTest {
  @Test
  void durations_are_written_as_people_say_them() {
    assertThat(Times.words("PT1H5M30S")).isEqualTo("1 h 5 min 30 s");
    assertThat(Times.words("PT48H")).isEqualTo("48 h");
    assertThat(Times.words("PT0.2S")).isEqualTo("under a second");
    assertThat(Times.words("soon")).isEqualTo("soon");
  }

  @Test
  void times_are_cut_to_the_second() {
    assertThat(Times.second("2026-11-24T01:46:04.444734Z")).isEqualTo("2026-11-24T01:46:04Z");
    assertThat(Times.second(null)).isNull();
  }
}
