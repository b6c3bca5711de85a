package io.muster.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final String TEXT =
      """
      # HELP jvm_memory_used_bytes The amount of used memory
      # TYPE jvm_memory_used_bytes gauge
      jvm_memory_used_bytes{area="heap",id="Tenured Gen"} 3.0E7
      jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 9.0E7
      jvm_memory_used_bytes{area="heap",id="Eden Space"} 1.5E6
      muster_stage_seconds_sum{stage="decode"} 1.25
      muster_stage_seconds_sum{stage="transaction",topic="a \\"b\\", c"} 8.5
      muster_stage_seconds_sum{stage="transaction",topic="other"} 0.5
      muster_results_total 42.0
      some_bucket{le="+Inf"} +Inf
      """;

  @Test
  void addsUpWhatTheHeapsPartsHold() {
    assertThat(Metrics.parsed(TEXT).heapUsed()).isEqualTo(3.15e7);
  }

  @Test
  void addsUpEachStage() {
    assertThat(Metrics.parsed(TEXT).by("muster_stage_seconds_sum", "stage"))
        .containsExactly(entry("decode", 1.25), entry("transaction", 9.0));
  }

  @Test
  void tellsWhatIsntThereFromZero() {
    Metrics metrics = Metrics.parsed(TEXT);

    assertThat(metrics.gcSeconds()).isNull();
    assertThat(metrics.sum("muster_results_total", null, null)).isEqualTo(42.0);
    assertThat(Metrics.NONE.heapUsed()).isNull();
  }
}
