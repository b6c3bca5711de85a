package io.muster.inbox.batch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Polls of orders as a broker would give them: each partition counts its own offsets. */
public final class Polls {
  public static final UUID BIG = UUID.fromString("01a20b08-e96a-7043-8b15-711f4f719424");

  private final Map<Integer, Long> next = new HashMap<>();

  public static TopicPartition partition(int number) {
    return new TopicPartition("orders", number);
  }

  /** An id of a job of its own. */
  public static UUID job(int number) {
    return UUID.fromString("01a20b08-e96a-7043-8b15-%012d".formatted(number));
  }

  /** Partitions are read on from here. */
  public Polls seek(int partition, long offset) {
    next.put(partition, offset);
    return this;
  }

  /** What a poll brings of one partition: rows of the big job, for these users. */
  public Polled of(int partition, String... users) {
    return polled(partition, Arrays.stream(users).map(user -> order(BIG, user)).toList(), () -> {});
  }

  public Polled rows(int partition, UUID job, int howMany) {
    return polled(partition, java.util.Collections.nCopies(howMany, order(job, "one")), () -> {});
  }

  public Polled polled(int partition, List<String> values, Runnable acknowledging) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (String value : values) {
      long offset = next.merge(partition, 1L, Long::sum) - 1;
      byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
      records.add(new ConsumerRecord<>("orders", partition, offset, null, bytes));
    }
    return new Polled(partition(partition), records, acknowledging);
  }

  public static String order(UUID job, String user) {
    return "{\"tenant\":\"t\",\"jobId\":\"%s\",\"row\":1,\"user\":\"%s\"}".formatted(job, user);
  }

  /** All of it in one batch. */
  public static Batch<Order> batch(Polled polled) {
    return Batch.of(
        List.of(Front.of(polled.partition(), Read.of(new Orders(), command -> false, polled))));
  }
}
