package io.muster.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void without_a_terminal_there_are_plain_lines_every_few_seconds() {
    try (Progress progress = Progress.on(terminal(false, Map.of()), "rows", "rows", () -> now)) {
      for (int i = 1; i <= 100; i++) {
        now = now.plusMillis(100);
        progress.show(i * 10L, 2000, "RUNNING");
      }
    }

    assertThat(printed().lines()).hasSize(3).first().isEqualTo("rows: 300 of 2,000 rows, RUNNING");
    assertThat(printed()).doesNotContain("\u001b").doesNotContain("\r");
  }

  @Test
  void no_color_means_no_bar_on_a_terminal_either() {
    Terminal terminal = terminal(true, Map.of("NO_COLOR", "1"));
    try (Progress progress = Progress.on(terminal, "rows", "rows", () -> now)) {
      progress.show(1, 2, "");
    }

    assertThat(printed()).doesNotContain("\u001b").doesNotContain("\r");
  }

  @Test
  void on_a_terminal_the_bar_is_wiped_at_the_end() {
    try (Progress progress = Progress.on(terminal(true, Map.of()), "rows", "rows", () -> now)) {
      progress.show(1, 2, "RUNNING");
    }

    assertThat(printed()).endsWith("\r\u001b[K");
  }

  private String printed() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Terminal terminal(boolean person, Map<String, String> environment) {
    return new Terminal(
        InputStream.nullInputStream(),
        OutputStream.nullOutputStream(),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        person,
        person,
        () -> 80,
        environment,
        Person.nobody());
  }
}
