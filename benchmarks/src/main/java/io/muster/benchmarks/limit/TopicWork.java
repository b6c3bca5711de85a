package io.muster.benchmarks.limit;

/**
 * What a scenario sent to a topic.
 *
 * @param messages by the partitions' offsets
 * @param bytes by which the topic's log files grew, so compressed and with all overhead
 */
public record TopicWork(String topic, long messages, long bytes) {}
