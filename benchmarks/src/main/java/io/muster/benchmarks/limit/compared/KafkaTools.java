package io.muster.benchmarks.limit.compared;

import io.muster.benchmarks.limit.Limit;
import io.muster.benchmarks.limit.MeasuredLimit;
import io.muster.benchmarks.limit.ScenarioFacts;
import io.muster.benchmarks.limit.TopicWork;
import io.muster.benchmarks.limit.alone.KafkaAlone;
import io.muster.benchmarks.limit.alone.SampledMessages;
import io.muster.benchmarks.stack.BenchStack;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Kafka's own performance tools with a scenario's own commands. */
public final class KafkaTools implements Limit {
  private static final int SAMPLE = 10_000;

  /** Fewer measure how the tool starts. */
  private static final long LEAST = 500_000;

  private static final long MOST = 1_000_000;

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public boolean concerns(String scenario) {
    return true;
  }

  @Override
  public List<MeasuredLimit> measure(ScenarioFacts facts, BenchStack stack, Consumer<String> say)
      throws Exception {
    Map<String, Object> client = stack.kafkaAdministrator();
    SampledMessages sample = SampledMessages.ofCommands(client, SAMPLE);
    say.accept(
        "Kafka's own producer and consumer, messages of " + (int) sample.averageBytes() + " bytes");
    long messages = Math.max(LEAST, Math.min(facts.rows(), MOST));
    KafkaAlone alone = KafkaAlone.measure(client, sample, messages);
    double perRow = messagesPerRow(facts);
    String what =
        "%,d of the scenario's commands, %.0f bytes on the average; %.2f messages a row on all topics"
            .formatted(messages, alone.averageBytes(), perRow);
    return List.of(
        limit(
            "producer",
            alone.produced(),
            perRow,
            "ProducerPerformance, acks=all, lz4: " + what,
            alone),
        limit("consumer", alone.consumed(), perRow, "ConsumerPerformance: " + what, null));
  }

  private MeasuredLimit limit(
      String which, double rate, double perRow, String how, KafkaAlone figures) {
    return new MeasuredLimit(
        name() + "-" + which,
        "messages",
        rate,
        rate / perRow,
        true,
        how,
        figures == null ? null : Details.of(figures));
  }

  /** Of all topics, because it is one broker. */
  private static double messagesPerRow(ScenarioFacts facts) {
    long messages = facts.topics().stream().mapToLong(TopicWork::messages).sum();
    return Math.max(1, (double) messages / Math.max(1, facts.rows()));
  }
}
