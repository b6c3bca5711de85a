package io.muster.localstack;

import java.util.List;

/**
 * How a local stack stands.
 *
 * @param running whether any of its processes lives
 * @param launcherAlive whether the {@code up} that started it lives
 * @param parts empty when it isn't running
 * @param lags of every consumer group and topic; empty when Kafka can't be asked
 */
public record StackStatus(
    boolean running, boolean launcherAlive, List<PartStatus> parts, List<GroupLag> lags) {
  public StackStatus {
    parts = List.copyOf(parts);
    lags = List.copyOf(lags);
  }

  /** Whether all parts do their work. */
  public boolean healthy() {
    return running && parts.stream().allMatch(part -> part.health() == Health.UP);
  }

  /** What a part answers. */
  public enum Health {
    /** It does its work. */
    UP,
    /** Its process lives, but it can't work: a check fails, or it is still starting. */
    NOT_READY,
    /** There is no such process. */
    DOWN
  }

  /**
   * @param pid 0 when there is no process
   * @param address where it listens
   * @param version of what runs; null when it can't be asked
   * @param log absolute
   */
  public record PartStatus(
      String name, Health health, long pid, int port, String address, String version, String log) {}

  /**
   * Messages that a group has not yet done.
   *
   * @param lag over all partitions of the topic; never negative
   */
  public record GroupLag(String group, String topic, long lag) {}
}
