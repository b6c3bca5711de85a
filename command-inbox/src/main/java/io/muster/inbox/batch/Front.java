package io.muster.inbox.batch;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * The first of what waits of a partition, as far as it may be in one batch.
 *
 * @param reads in arrival order
 */
record Front<C>(TopicPartition partition, List<Read<C>> reads) {
  /** As far as {@link Read#goesOnBehind one goes on behind the other}. */
  static <C> Front<C> of(TopicPartition partition, List<Read<C>> waiting) {
    int end = waiting.isEmpty() ? 0 : 1;
    while (end < waiting.size() && waiting.get(end).goesOnBehind(waiting.get(end - 1))) {
      end++;
    }
    return new Front<>(partition, waiting.subList(0, end));
  }

  int size() {
    return reads.size();
  }

  /** Offset of its first. */
  long begin() {
    return reads.get(0).offset();
  }

  Front<C> first(int howMany) {
    return new Front<>(partition, reads.subList(0, howMany));
  }

  /** What stands before the first slow one, and before what shares a key with a batch. */
  Front<C> quickBefore(Batch<C> underWay) {
    Front<C> quick = upToSlowOne(0);
    Set<ByteBuffer> keys = underWay.keysOf(partition);
    if (keys.isEmpty()) {
      return quick;
    }
    int end = 0;
    while (end < quick.size() && !quick.reads.get(end).isOneOf(keys)) {
      end++;
    }
    return first(end);
  }

  /** What stands before the slow one that would be one too many. */
  Front<C> upToSlowOne(int slowOnes) {
    int end = 0;
    int seen = 0;
    while (end < reads.size()) {
      if (reads.get(end).slow() && ++seen > slowOnes) {
        break;
      }
      end++;
    }
    return first(end);
  }

  boolean beginsSlow() {
    return !reads.isEmpty() && reads.get(0).slow();
  }

  /** Whether others wait behind slow ones. */
  boolean isMixed() {
    return reads.stream().anyMatch(read -> read.waits() && !read.slow());
  }

  int slowOnes() {
    return (int) reads.stream().filter(Read::slow).count();
  }

  /** Which poll its first came with. */
  long since() {
    return reads.get(0).polled().number();
  }
}
