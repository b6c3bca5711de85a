package io.muster.inbox.batch;

import org.apache.kafka.common.TopicPartition;

/**
 * A command as it came from the bus.
 *
 * @param slice the dispatcher's slice number as it came; null when there is none
 */
public record Received<C>(
    C command, InboxKey key, TopicPartition partition, long offset, byte[] slice) {}
