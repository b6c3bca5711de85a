package io.muster.inbox.once;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.CommandId;
import io.muster.inbox.InboxDatabase;
import io.muster.inbox.batch.Batch;
import io.muster.inbox.batch.Order;
import io.muster.inbox.batch.Orders;
import io.muster.inbox.batch.Polled;
import io.muster.inbox.batch.Polls;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** One partition of orders, of one tenant and one job; each test makes its own. */
public final class OrderTopic {
  final UUID job = UuidCreator.getTimeOrderedEpoch();
  final String tenant = "t" + job.toString().replace("-", "");
  final TopicPartition partition = new TopicPartition("orders-" + job, 0);
  private final List<Order> log = new ArrayList<>();
  private final Wire<Order> wire = Wire.of(Orders.TOPIC);

  /** A topic that is being read from its beginning. */
  public OrderTopic(InboxDatabase database) {
    database.asSuperuser(
        "INSERT INTO consumer_position VALUES ('%s', 0, 'id', 0)".formatted(partition.topic()));
  }

  public Order order(long row, Order.Verb verb, String user, String badge) {
    return new Order(tenant, job, row, verb, user, badge, null);
  }

  public Order undo(long row) {
    return new Order(tenant, job, row, Order.Verb.COUNT, "ada", null, new CommandId(job, row));
  }

  public OrderTopic with(List<Order> orders) {
    log.addAll(orders);
    return this;
  }

  int end() {
    return log.size();
  }

  List<Order> log() {
    return List.copyOf(log);
  }

  /** What a poll from one offset to before another brings. */
  public Batch<Order> poll(int from, int to) {
    return Polls.batch(polled(from, to));
  }

  /** Of such a poll the last one, before its turn. */
  Batch<Order> lastBeforeItsTurn(int from, int to) {
    return Polls.lastBeforeItsTurn(polled(from, to));
  }

  /** All of it, when the last one was answered before its turn. */
  Batch<Order> lastAnswered(int from, int to) {
    return Polls.lastAnswered(polled(from, to));
  }

  private Polled polled(int from, int to) {
    return new Polled(
        partition,
        IntStream.range(from, to)
            .mapToObj(
                offset ->
                    new ConsumerRecord<byte[], byte[]>(
                        partition.topic(), 0, offset, null, wire.encode(log.get(offset))))
            .toList(),
        () -> {});
  }
}
