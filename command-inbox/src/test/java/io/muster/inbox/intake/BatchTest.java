package io.muster.inbox.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.inbox.intake.Batch.Span;
import io.muster.inbox.report.Unreadable;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final TopicPartition FIFTH = new TopicPartition("orders", 5);
  private static final UUID JOB = UUID.fromString("01a20b08-e96a-7043-8b15-711f4f719424");

  private long offset = 40;

  @Test
  void whatIsNoCommandIsPutAsideWithItsReasonAndStillCountsAsRead() {
    Batch<Order> batch =
        Batch.of(
            new Orders(),
            List.of(
                record("{\"tenant\":\"contoso\",\"jobId\":\"" + JOB + "\",\"row\":1}"),
                record("{"),
                record("{\"tenant\":\"a,b\",\"jobId\":\"" + JOB + "\",\"row\":1}"),
                record(
                    "{\"tenant\":\"contoso\",\"jobId\":\"" + UUID.randomUUID() + "\",\"row\":1}"),
                record(
                    "{\"tenant\":\"contoso\",\"jobId\":\"ff"
                        + JOB.toString().substring(2)
                        + "\",\"row\":1}"),
                record(null)));

    assertThat(batch.commands()).hasSize(1);
    assertThat(batch.unreadable())
        .containsExactly(
            new Unreadable(FIFTH, 41, "NOT_THE_CONTRACTS_JSON"),
            new Unreadable(FIFTH, 42, "NO_TENANT_ID"),
            new Unreadable(FIFTH, 43, "NO_JOB_ID"),
            new Unreadable(FIFTH, 44, "NO_JOB_ID"),
            new Unreadable(FIFTH, 45, "EMPTY"));
    assertThat(batch.spans()).containsOnly(java.util.Map.entry(FIFTH, new Span(40, 46)));
    assertThat(batch.jobDays()).containsExactly(LocalDate.of(2026, 11, 24));
  }

  @Test
  void aPollIsCutBehindSoManySlowCommandsAndNothingIsLeftOut() {
    String slow = "{\"tenant\":\"t\",\"jobId\":\"" + JOB + "\",\"row\":1,\"user\":\"slow\"}";
    String fast = "{\"tenant\":\"t\",\"jobId\":\"" + JOB + "\",\"row\":1,\"user\":\"fast\"}";

    List<Batch<Order>> batches =
        Batch.cut(
            new Orders(),
            List.of(
                record(fast), record(slow), record("{"), record(slow), record(slow), record(fast)),
            order -> order.user().equals("slow"),
            2);

    assertThat(batches)
        .extracting(batch -> batch.spans().get(FIFTH))
        .containsExactly(new Span(40, 44), new Span(44, 46));
    assertThat(batches).extracting(batch -> batch.commands().size()).containsExactly(3, 2);
  }

  @Test
  void whatIsQuickWaitsOnlyForTheSlowCommandsBeforeItInItsOwnPartition() {
    List<ConsumerRecord<byte[], byte[]>> poll = new ArrayList<>();
    poll.addAll(of(0, "slow", "slow", "slow"));
    poll.addAll(of(1, "slow", "slow", "fast", "slow"));
    poll.addAll(of(2, "slow", "fast"));
    poll.addAll(of(3, "fast", "fast"));
    poll.addAll(of(4, "fast"));

    List<Batch<Order>> batches =
        Batch.cut(new Orders(), poll, order -> order.user().equals("slow"), 3);

    assertThat(batches)
        .extracting(BatchTest::told)
        .containsExactly(
            List.of("3 fast", "3 fast", "4 fast"),
            List.of("2 slow", "2 fast", "1 slow", "1 slow"),
            List.of("1 fast", "1 slow"),
            List.of("0 slow", "0 slow", "0 slow"));
    assertThat(batches.get(1).spans().get(new TopicPartition("orders", 1)).next())
        .as("a partition goes on where the batch before ended")
        .isEqualTo(batches.get(2).spans().get(new TopicPartition("orders", 1)).first());
  }

  @Test
  void whatIsSmallWaitsOnlyForTheBigJobsRowsBeforeItInItsOwnPartition() {
    UUID single = UUID.fromString("01a20b08-e96a-7043-8b15-711f4f719425");
    List<ConsumerRecord<byte[], byte[]>> poll = new ArrayList<>();
    for (int partition = 0; partition < 4; partition++) {
      poll.addAll(of(partition, "big", 150));
    }
    poll.add(call(2, single));
    poll.addAll(of(2, "big", 10));

    List<Batch<Order>> batches = Batch.cut(new Orders(), poll, order -> false, 100);

    assertThat(batches).extracting(batch -> batch.commands().size()).containsExactly(151, 460);
    assertThat(batches.get(0).commands().get(150).command().jobId()).isEqualTo(single);
    TopicPartition third = new TopicPartition("orders", 2);
    assertThat(batches.get(0).spans()).containsOnlyKeys(third);
    assertThat(batches.get(1).spans().get(third).first())
        .as("its partition goes on where the batch before ended")
        .isEqualTo(batches.get(0).spans().get(third).next());
  }

  @Test
  void aPollIsLeftWholeWhereACutWouldSaveLittle() {
    UUID single = UUID.fromString("01a20b08-e96a-7043-8b15-711f4f719425");
    List<ConsumerRecord<byte[], byte[]>> few = new ArrayList<>(of(0, "big", 300));
    few.add(call(1, single));
    List<ConsumerRecord<byte[], byte[]>> behindAll = new ArrayList<>(of(0, "big", 600));
    behindAll.add(call(0, single));
    List<ConsumerRecord<byte[], byte[]>> nothingSmall = new ArrayList<>(of(0, "big", 600));

    for (List<ConsumerRecord<byte[], byte[]>> poll : List.of(few, behindAll, nothingSmall)) {
      assertThat(Batch.cut(new Orders(), poll, order -> false, 100)).hasSize(1);
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> of(int partition, String user, int times) {
    return of(partition, java.util.Collections.nCopies(times, user).toArray(String[]::new));
  }

  private ConsumerRecord<byte[], byte[]> call(int partition, UUID job) {
    String json = "{\"tenant\":\"t\",\"jobId\":\"%s\",\"row\":1,\"user\":\"one\"}";
    return new ConsumerRecord<>(
        "orders", partition, offset++, null, json.formatted(job).getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> told(Batch<Order> batch) {
    return batch.commands().stream()
        .map(c -> c.partition().partition() + " " + c.command().user())
        .toList();
  }

  private List<ConsumerRecord<byte[], byte[]>> of(int partition, String... users) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (String user : users) {
      String json =
          "{\"tenant\":\"t\",\"jobId\":\"%s\",\"row\":1,\"user\":\"%s\"}".formatted(JOB, user);
      records.add(
          new ConsumerRecord<>(
              "orders", partition, offset++, null, json.getBytes(StandardCharsets.UTF_8)));
    }
    return records;
  }

  private ConsumerRecord<byte[], byte[]> record(String json) {
    byte[] value = json == null ? null : json.getBytes(StandardCharsets.UTF_8);
    return new ConsumerRecord<>("orders", 5, offset++, null, value);
  }
}
