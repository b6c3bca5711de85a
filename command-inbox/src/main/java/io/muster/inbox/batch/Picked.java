package io.muster.inbox.batch;

import java.util.BitSet;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * Which of a partition's first are done before the rest.
 *
 * @param front of what waits
 * @param begin offset up to which the partition is done, as far as this client knows; lower than
 *     the front's own where a batch of it is still on its way
 * @param places of the picked ones in the front
 */
record Picked<C>(Front<C> front, long begin, BitSet places) {
  TopicPartition partition() {
    return front.partition();
  }

  int size() {
    return places.cardinality();
  }

  /** How many stand first, with nothing before them that stays: it is their turn anyway. */
  int inTurn() {
    boolean nothingBefore = begin == front.begin();
    return nothingBefore ? places.nextClearBit(0) : 0;
  }

  /** Takes them, and leaves those of whom it isn't the turn yet in their places, as answered. */
  void takeInto(Batch<C> batch) {
    List<Read<C>> reads = front.reads();
    int inTurn = inTurn();
    for (int place = 0; place < inTurn; place++) {
      batch.take(partition(), reads.get(place));
    }
    for (int place = places.nextSetBit(inTurn); place >= 0; place = places.nextSetBit(place + 1)) {
      Read<C> read = reads.get(place);
      batch.takeBeforeItsTurn(partition(), begin, read);
      reads.set(place, read.answeredBeforeItsTurn());
    }
  }
}
