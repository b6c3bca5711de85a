package io.muster.inbox.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.inbox.batch.Batch.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What comes next of all that waits. */
class WaitingTest {
  private static final TopicPartition FIRST = Polls.partition(0);
  private static final TopicPartition SECOND = Polls.partition(1);

  private final Polls polls = new Polls();
  private final Waiting<Order> waiting = new Waiting<>(new Orders(), new SlowOnes(3), 1_000);
  private long poll;

  @Test
  void nothingWaitsAtFirst() {
    assertThat(waiting.nextQuick(Set.of())).isNull();
    assertThat(waiting.nextSlow()).isNull();
  }

  @Test
  void smallPollsAreDoneTogether() {
    polled(polls.of(0, "a", "b"));
    polled(polls.of(0, "c"), polls.of(1, "d"));

    Batch<Order> batch = waiting.nextQuick(Set.of());

    assertThat(users(batch)).containsExactly("a", "b", "c", "d");
    assertThat(batch.spans())
        .containsOnly(Map.entry(FIRST, new Span(0, 3)), Map.entry(SECOND, new Span(0, 1)));
    assertThat(batch.shares().values()).containsExactlyInAnyOrder(2, 1, 1);
    assertThat(waiting.nextQuick(Set.of())).isNull();
  }

  @Test
  void whatIsQuickWaitsOnlyForTheSlowCommandsBeforeItInItsOwnPartition() {
    polled(
        polls.of(0, "slow", "slow", "slow"),
        polls.of(1, "slow", "slow", "fast", "slow"),
        polls.of(2, "slow", "fast"),
        polls.of(3, "fast", "fast"),
        polls.of(4, "fast", "slow"));

    assertThat(told(waiting.nextQuick(Set.of()))).containsExactly("3 fast", "3 fast", "4 fast");
    assertThat(waiting.nextQuick(Set.of())).isNull();
    assertThat(told(waiting.nextSlow()))
        .as("with what stands behind them and before the next slow one")
        .containsExactly("2 slow", "2 fast", "1 slow", "1 slow", "1 fast");
    assertThat(told(waiting.nextSlow())).containsExactly("1 slow", "4 slow", "0 slow");
    assertThat(told(waiting.nextSlow())).containsExactly("0 slow", "0 slow");
    assertThat(waiting.nextSlow()).isNull();
  }

  @Test
  void slowOnesOfAllPollsTogetherAreAsManyAsArePreparedAtOnce() {
    polled(polls.of(0, "slow"));
    polled(polls.of(0, "slow"), polls.of(1, "slow"));
    polled(polls.of(0, "slow"));

    assertThat(told(waiting.nextSlow())).containsExactly("1 slow", "0 slow", "0 slow");
    assertThat(told(waiting.nextSlow())).containsExactly("0 slow");
  }

  @Test
  void slowOnesDontWaitForEverForThoseThatComeLaterAndAreFewer() {
    polled(polls.of(0, "slow", "slow", "slow", "slow", "slow"));
    assertThat(told(waiting.nextSlow())).hasSize(3).containsOnly("0 slow");

    polled(polls.of(1, "slow", "fast"));

    assertThat(told(waiting.nextSlow())).containsExactly("0 slow", "0 slow");
    assertThat(told(waiting.nextSlow())).containsExactly("1 slow", "1 fast");
  }

  @Test
  void whatIsSmallWaitsOnlyForTheBigJobsRowsBeforeItInItsOwnPartition() {
    for (int partition = 0; partition < 4; partition++) {
      polled(polls.rows(partition, Polls.BIG, 150));
    }
    polled(polls.rows(2, Polls.job(1), 1));
    polled(polls.rows(2, Polls.BIG, 10));

    Batch<Order> small = waiting.nextQuick(Set.of());
    Batch<Order> rest = waiting.nextQuick(Set.of());

    assertThat(small.commands()).hasSize(151);
    assertThat(small.commands().get(150).command().jobId()).isEqualTo(Polls.job(1));
    TopicPartition third = Polls.partition(2);
    assertThat(small.spans()).containsOnlyKeys(third);
    assertThat(rest.commands()).hasSize(460);
    assertThat(rest.spans().get(third).first())
        .as("its partition goes on where the batch before ended")
        .isEqualTo(small.spans().get(third).next());
  }

  @Test
  void itIsLeftWholeWhereACutWouldSaveLittle() {
    polled(polls.rows(0, Polls.BIG, 300), polls.rows(1, Polls.job(1), 1));
    assertThat(waiting.nextQuick(Set.of()).commands()).hasSize(301);

    polled(polls.rows(0, Polls.BIG, 600));
    polled(polls.rows(0, Polls.job(1), 1));
    assertThat(waiting.nextQuick(Set.of()).commands()).hasSize(601);

    polled(polls.rows(0, Polls.BIG, 600));
    assertThat(waiting.nextQuick(Set.of()).commands()).hasSize(600);
  }

  @Test
  void theRestIsDoneInBatchesOfWhatHasWaitedLongest() {
    polled(polls.rows(0, Polls.BIG, 700));
    polled(polls.rows(1, Polls.BIG, 700));
    polled(polls.rows(0, Polls.BIG, 700));

    assertThat(spans(waiting.nextQuick(Set.of())))
        .containsOnly(Map.entry(FIRST, new Span(0, 700)), Map.entry(SECOND, new Span(0, 300)));
    assertThat(spans(waiting.nextQuick(Set.of())))
        .containsOnly(Map.entry(FIRST, new Span(700, 1300)), Map.entry(SECOND, new Span(300, 700)));
    assertThat(spans(waiting.nextQuick(Set.of())))
        .containsOnly(Map.entry(FIRST, new Span(1300, 1400)));
  }

  @Test
  void bigJobsGoOnHoweverManySmallOnesCome() {
    polled(polls.rows(0, Polls.BIG, 3_000));
    List<Set<TopicPartition>> turns = new ArrayList<>();
    for (int call = 0; call < 4; call++) {
      polled(polls.rows(1, Polls.job(call), 1));
      turns.add(waiting.nextQuick(Set.of()).spans().keySet());
    }

    assertThat(turns).containsExactly(Set.of(SECOND), Set.of(FIRST), Set.of(SECOND), Set.of(FIRST));
  }

  @Test
  void whatIsTooFarBehindForOneBatchIsReachedByAndBy() {
    polled(polls.rows(0, Polls.BIG, 1_500));
    polled(polls.rows(0, Polls.job(1), 1), polls.rows(1, Polls.BIG, 2_000));

    assertThat(spans(waiting.nextQuick(Set.of())))
        .containsOnly(Map.entry(FIRST, new Span(0, 1_000)));
    assertThat(spans(waiting.nextQuick(Set.of())))
        .containsOnly(Map.entry(FIRST, new Span(1_000, 1_501)));
  }

  @Test
  void aPartitionOfWhichSomethingIsOnItsWayIsPassedOver() {
    polled(polls.of(0, "a"), polls.of(1, "b"));

    assertThat(users(waiting.nextQuick(Set.of(FIRST)))).containsExactly("b");
    assertThat(waiting.nextQuick(Set.of(FIRST))).isNull();
    assertThat(users(waiting.nextQuick(Set.of()))).containsExactly("a");
  }

  @Test
  void whatIsReadAgainIsABatchOfItsOwnAfterwards() {
    polled(polls.of(0, "a", "b", "c"));
    polled(polls.seek(0, 1).of(0, "b", "c", "d"));
    polled(polls.of(0, "e"));

    assertThat(users(waiting.nextQuick(Set.of()))).containsExactly("a", "b", "c");
    assertThat(users(waiting.nextQuick(Set.of()))).containsExactly("b", "c", "d", "e");
  }

  @Test
  void aPollThatMissesSomethingBeforeItBeginsABatch() {
    polled(polls.of(0, "a"));
    polled(polls.seek(0, 7).of(0, "h"));

    assertThat(users(waiting.nextQuick(Set.of()))).containsExactly("a");
    assertThat(waiting.nextQuick(Set.of()).spans().get(FIRST).first()).isEqualTo(7);
  }

  @Test
  void behindAGapOnlyWhatWasReadAgainStays() {
    Polled behind = polls.seek(0, 10).of(0, "k", "l");
    Polled again = polls.seek(0, 4).of(0, "e", "f");
    Polled farAhead = polls.seek(0, 30).of(0, "x");
    Polled other = polls.of(1, "other");
    polled(behind);
    polled(again);
    polled(farAhead, other);

    assertThat(waiting.dropBehindGap(FIRST, 8))
        .containsOnly(Map.entry(behind, 2), Map.entry(farAhead, 1));

    assertThat(users(waiting.nextQuick(Set.of()))).containsExactly("e", "f", "other");
    assertThat(waiting.dropBehindGap(FIRST, 8)).isEmpty();
  }

  private void polled(Polled... parts) {
    poll++;
    for (Polled part : parts) {
      part.number(poll);
      waiting.add(part);
    }
  }

  private static Map<TopicPartition, Span> spans(Batch<Order> batch) {
    return batch.spans();
  }

  private static List<String> users(Batch<Order> batch) {
    return batch.commands().stream().map(c -> c.command().user()).toList();
  }

  private static List<String> told(Batch<Order> batch) {
    return batch.commands().stream()
        .map(c -> c.partition().partition() + " " + c.command().user())
        .toList();
  }
}
