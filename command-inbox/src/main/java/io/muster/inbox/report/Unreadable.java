package io.muster.inbox.report;

import org.apache.kafka.common.TopicPartition;

/**
 * A record that isn't what its topic promises.
 *
 * @param reason a code, never a value
 */
public record Unreadable(TopicPartition partition, long offset, String reason) {}
