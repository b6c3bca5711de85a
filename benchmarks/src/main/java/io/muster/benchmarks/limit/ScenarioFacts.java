package io.muster.benchmarks.limit;

import java.util.List;

/**
 * What a limit is to be held against: a scenario that has just run to its end on a stack that is
 * idle now.
 *
 * @param scenario its name, such as {@code enable}
 * @param tenant whose accounts it worked on
 * @param rows of its file
 * @param rowsPerSecond end to end
 * @param tables that it wrote, the most written first
 * @param topics that it sent to
 */
public record ScenarioFacts(
    String scenario,
    String tenant,
    long rows,
    double rowsPerSecond,
    List<TableWork> tables,
    List<TopicWork> topics) {
  public ScenarioFacts {
    tables = List.copyOf(tables);
    topics = List.copyOf(topics);
  }
}
