package io.muster.benchmarks.loop;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.benchmarks.loop.Loops.LoopRate;
import io.muster.benchmarks.scenario.Bench;
import io.muster.benchmarks.scenario.Scenario;
import io.muster.benchmarks.scenario.Section;
import java.util.List;
import java.util.Locale;

/** {@code --scenario loops}: the inner loops under JMH, without a stack. */
public final class LoopsScenario implements Scenario {
  private static final String NAME = "loops";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String purpose() {
    return "the inner loops on one thread, by JMH: reading rows, sealing, JSON, counting";
  }

  @Override
  public boolean byDefault() {
    return false;
  }

  @Override
  public boolean needsStack() {
    return false;
  }

  @Override
  public Section run(Bench bench) throws Exception {
    bench.say().accept("JMH measures the inner loops, some two minutes");
    List<LoopRate> rates = Loops.run(Loops.Effort.SHORT, "");
    ObjectNode json = JSON.createObjectNode();
    json.set("loops", JSON.valueToTree(rates));
    return new Section(NAME, json, markdown(rates), List.of());
  }

  static String markdown(List<LoopRate> rates) {
    StringBuilder table = new StringBuilder();
    table.append("### loops\n\n");
    table.append("| loop | per second, one thread | ± | bytes allocated each |\n");
    table.append("| --- | ---: | ---: | ---: |\n");
    for (LoopRate rate : rates) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %,.0f | %,.0f | %,.0f |\n",
              rate.name(),
              rate.opsPerSecond(),
              rate.error(),
              rate.bytesPerOp()));
    }
    return table.toString();
  }
}
