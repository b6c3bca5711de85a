package io.muster.inbox.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.inbox.batch.Batch.Span;
import io.muster.inbox.report.Unreadable;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final TopicPartition FIFTH = Polls.partition(5);
  private static final TopicPartition SIXTH = Polls.partition(6);

  private final Polls polls = new Polls().seek(5, 40);

  @Test
  void whatIsNoCommandIsPutAsideWithItsReasonAndStillCountsAsRead() {
    Batch<Order> batch =
        Polls.batch(
            polls.polled(
                5,
                Arrays.asList(
                    Polls.order(Polls.BIG, "ada"),
                    "{",
                    "{\"tenant\":\"a,b\",\"jobId\":\"" + Polls.BIG + "\",\"row\":1}",
                    Polls.order(UUID.randomUUID(), "ada"),
                    "{\"tenant\":\"t\",\"jobId\":\"ff"
                        + Polls.BIG.toString().substring(2)
                        + "\",\"row\":1}",
                    null),
                () -> {}));

    assertThat(batch.commands()).hasSize(1);
    assertThat(batch.unreadable())
        .containsExactly(
            new Unreadable(FIFTH, 41, "NOT_THE_CONTRACTS_JSON"),
            new Unreadable(FIFTH, 42, "NO_TENANT_ID"),
            new Unreadable(FIFTH, 43, "NO_JOB_ID"),
            new Unreadable(FIFTH, 44, "NO_JOB_ID"),
            new Unreadable(FIFTH, 45, "EMPTY"));
    assertThat(batch.spans()).containsOnly(Map.entry(FIFTH, new Span(40, 46)));
    assertThat(batch.jobDays()).containsExactly(LocalDate.of(2026, 11, 24));
  }

  @Test
  void aPartitionThatIsReadAgainIsLeftOutWithAllThatCameOfIt() {
    Polled fifth = polls.polled(5, List.of(Polls.order(Polls.BIG, "ada"), "{"), () -> {});
    Polled sixth = polls.polled(6, List.of(Polls.order(Polls.BIG, "bob"), "{"), () -> {});
    Batch<Order> batch =
        Batch.of(
            List.of(
                Front.of(FIFTH, Read.of(new Orders(), command -> false, fifth)),
                Front.of(SIXTH, Read.of(new Orders(), command -> false, sixth))));

    Map<Polled, Integer> left = batch.leaveOut(FIFTH);

    assertThat(left).containsOnly(Map.entry(fifth, 2));
    assertThat(batch.shares()).containsOnly(Map.entry(sixth, 2));
    assertThat(batch.spans()).containsOnlyKeys(SIXTH);
    assertThat(batch.commands()).extracting(c -> c.command().user()).containsExactly("bob");
    assertThat(batch.unreadable()).extracting(Unreadable::partition).containsExactly(SIXTH);
  }
}
