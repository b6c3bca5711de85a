package io.muster.inbox.once;

import io.muster.inbox.Answer;
import io.muster.inbox.position.Gap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What became of a batch.
 *
 * @param answers to be sent once the transaction is through, in arrival order
 * @param fresh how many commands were done now
 * @param gaps partitions to be read again from the stored position; nothing of them was looked at
 * @param unknown partitions with commands below the stored position that have no outcome, with the
 *     first such offset: the topic may be another one under the same name
 */
public record Answers<C>(
    List<Answer<C>> answers,
    int fresh,
    Map<TopicPartition, Gap> gaps,
    Map<TopicPartition, Long> unknown) {}
