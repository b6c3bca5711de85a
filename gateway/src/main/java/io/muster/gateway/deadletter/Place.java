package io.muster.gateway.deadletter;

import io.muster.contracts.topic.Topic;
import io.muster.contracts.topic.Topics;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a record that could not be read still is, on one of our own topics.
 *
 * @param offset of the record in its partition
 */
record Place(TopicPartition partition, long offset) {
  private static final Pattern WRITTEN = Pattern.compile("([^/]+)/(\\d{1,9})/(\\d{1,18})");

  /**
   * Reads {@code topic/partition/offset}, as the header of a letter has it.
   *
   * @param written null gives nothing
   * @return nothing also when it isn't a topic of the catalogue: a letter mustn't make us write
   *     anywhere else
   */
  static Optional<Place> of(String written) {
    Matcher place = WRITTEN.matcher(written == null ? "" : written);
    if (!place.matches()
        || Topics.all().stream().map(Topic::name).noneMatch(place.group(1)::equals)) {
      return Optional.empty();
    }
    return Optional.of(
        new Place(
            new TopicPartition(place.group(1), Integer.parseInt(place.group(2))),
            Long.parseLong(place.group(3))));
  }
}
