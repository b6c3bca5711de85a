package io.muster.inbox.batch;

import io.muster.inbox.batch.Batch.Span;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What waits of polls, of which three slow ones and a thousand rows make a batch. */
final class Waits {
  final Polls polls = new Polls();
  final Waiting<Order> waiting = new Waiting<>(new Orders(), new SlowOnes(3), () -> 1_000);
  private long poll;

  void polled(Polled... parts) {
    poll++;
    for (Polled part : parts) {
      part.number(poll);
      waiting.add(part);
    }
  }

  /** Of what waits and wasn't answered before its turn. */
  List<Long> offsetsLeft() {
    return waiting.nextQuick(Batch.empty()).commands().stream()
        .filter(command -> !command.answered())
        .map(Received::offset)
        .toList();
  }

  static Map<TopicPartition, Span> spans(Batch<Order> batch) {
    return batch.spans();
  }

  static List<String> users(Batch<Order> batch) {
    return batch.commands().stream().map(c -> c.command().user()).toList();
  }

  static List<String> told(Batch<Order> batch) {
    return batch.commands().stream()
        .map(c -> c.partition().partition() + " " + told(c.command()))
        .toList();
  }

  private static String told(Order order) {
    boolean hasASlowOnesKey = order.user().equals("slow") && !order.jobId().equals(Polls.BIG);
    return hasASlowOnesKey ? "quick" : order.user();
  }
}
