package io.muster.inbox.batch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Polls of orders as a broker would give them: each partition counts its own offsets. */
public final class Polls {
  public static final UUID BIG = UUID.fromString("01a20b08-e96a-7043-8b15-711f4f719424");

  private static final Pattern USER = Pattern.compile("\"user\":\"([^\"]*)\"");

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

  /** Rows of one user. */
  public Polled rows(int partition, UUID job, int howMany) {
    return polled(partition, Collections.nCopies(howMany, order(job, "one")), () -> {});
  }

  /** Rows of as many users. */
  public Polled people(int partition, UUID job, int howMany) {
    return polled(
        partition,
        IntStream.range(0, howMany).mapToObj(i -> order(job, "user" + i)).toList(),
        () -> {});
  }

  /** A row of a job of its own. */
  public Polled single(int partition, int job, String user) {
    return polled(partition, List.of(order(job(job), user)), () -> {});
  }

  /** One of a job of its own that has to be prepared. */
  public Polled slow(int partition, int job, String user) {
    return single(partition, job, "slow-" + user);
  }

  /** One of a job of its own that hasn't, whatever the user's name. */
  public Polled quick(int partition, int job, String user) {
    String value = order(job(job), user).replace("}", ",\"verb\":\"REMOVE\"}");
    return polled(partition, List.of(value), () -> {});
  }

  public Polled polled(int partition, List<String> values, Runnable acknowledging) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (String value : values) {
      long offset = next.merge(partition, 1L, Long::sum) - 1;
      byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
      records.add(new ConsumerRecord<>("orders", partition, offset, userOf(value), bytes));
    }
    return new Polled(partition(partition), records, acknowledging);
  }

  /** The key of an order's record: its user. */
  public static byte[] userOf(String value) {
    Matcher user = USER.matcher(value == null ? "" : value);
    return user.find() ? user.group(1).getBytes(StandardCharsets.UTF_8) : null;
  }

  public static String order(UUID job, String user) {
    return "{\"tenant\":\"t\",\"jobId\":\"%s\",\"row\":1,\"user\":\"%s\"}".formatted(job, user);
  }

  /** Its last one before its turn: nothing of it was done yet. */
  public static Batch<Order> lastBeforeItsTurn(Polled polled) {
    List<Read<Order>> reads = Read.of(new Orders(), command -> false, polled);
    Batch<Order> batch = Batch.empty();
    batch.takeBeforeItsTurn(polled.partition(), reads.get(0).offset(), reads.get(reads.size() - 1));
    return batch;
  }

  /** All of it in one batch, whose last one was answered before. */
  public static Batch<Order> lastAnswered(Polled polled) {
    List<Read<Order>> reads = new ArrayList<>(Read.of(new Orders(), command -> false, polled));
    reads.add(reads.remove(reads.size() - 1).answeredBeforeItsTurn());
    return Batch.of(List.of(Front.of(polled.partition(), reads)));
  }

  /** All of it in one batch. */
  public static Batch<Order> batch(Polled polled) {
    return Batch.of(
        List.of(Front.of(polled.partition(), Read.of(new Orders(), command -> false, polled))));
  }
}
