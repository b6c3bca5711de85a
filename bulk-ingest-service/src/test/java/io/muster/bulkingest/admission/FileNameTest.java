package io.muster.bulkingest.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FileNameTest {
  @Test
  void lettersBeyondAsciiComeAsRfc8187WritesThem() {
    assertThat(FileName.of("UTF-8''donn%C3%A9es%201.csv")).isEqualTo("données 1.csv");
    assertThat(FileName.of("utf-8'de'%E2%82%ac+1.csv")).isEqualTo("€+1.csv");
  }

  @Test
  void orAsTheBytesOfUtf8() {
    String bytes =
        new String("Zoë 张.csv".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

    assertThat(FileName.of(bytes)).isEqualTo("Zoë 张.csv");
    assertThat(FileName.of("Jos\u00e9.csv")).as("no UTF-8").isEqualTo("José.csv");
  }

  @Test
  void allElseStaysAsItIsWithoutControlCharacters() {
    assertThat(FileName.of(null)).isNull();
    assertThat(FileName.of("C:\\100%.csv")).isEqualTo("C:\\100%.csv");
    assertThat(FileName.of("UTF-8''100%.csv")).isEqualTo("UTF-8''100%.csv");
    assertThat(FileName.of("a\tb")).isEqualTo("ab");
    assertThat(FileName.of("UTF-8''a%00b")).isEqualTo("ab");
  }
}
