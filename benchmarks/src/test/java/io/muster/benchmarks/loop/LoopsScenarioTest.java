package io.muster.benchmarks.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.benchmarks.loop.Loops.LoopRate;
import io.muster.contracts.command.Operation;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopsScenarioTest {
  @Test
  void a_loop_is_a_line_of_the_table() {
    // Given
    LoopRate rate = new LoopRate("JsonLoop.encodeCommand", 1_234_567.8, 1_000.4, 912.2);

    // When
    String table = LoopsScenario.markdown(List.of(rate));

    // Then
    assertThat(table).contains("| JsonLoop.encodeCommand | 1,234,568 | 1,000 | 912 |\n");
  }

  @Test
  void every_row_that_the_loops_read_is_a_good_one() throws IOException {
    // Given
    byte[] file = Samples.file(Operation.ADD, 500, false);

    // When
    int commands = new ReadingRows(Operation.ADD).commands(file).size();

    // Then
    assertThat(commands).isEqualTo(500);
  }

  @Test
  void the_loops_themselves_run() throws Exception {
    // Given
    SealingLoop sealing = new SealingLoop();
    sealing.prepare();
    JsonLoop json = new JsonLoop();
    json.prepare();

    // When
    String sealed = sealing.sealPassword();

    // Then
    assertThat(sealed).isNotEmpty();
    assertThat(sealing.openPassword()).isNotNull();
    assertThat(sealing.spoolRow()).isEmpty();
    assertThat(json.decodeCommand().operation()).isEqualTo(Operation.ADD);
    assertThat(json.decodeResult().row()).isPositive();
    assertThat(new CountingLoop().countResult()[1]).as("user_applied").isNotEmpty();
    sealing.removeKeys();
  }
}
