package io.muster.inbox.batch;

import static io.muster.inbox.batch.Waits.told;
import static io.muster.inbox.batch.Waits.users;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.inbox.batch.Batch.Span;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What comes next of all that waits. */
class WaitingTest {
  private static final TopicPartition FIRST = Polls.partition(0);
  private static final TopicPartition SECOND = Polls.partition(1);

  private final Waits waits = new Waits();

  @Test
  void nothingWaitsAtFirst() {
    assertThat(waits.waiting.nextQuick(Batch.empty())).isNull();
    assertThat(waits.waiting.nextSlow()).isNull();
  }

  @Test
  void smallPollsAreDoneTogether() {
    waits.polled(waits.polls.of(0, "a", "b"));
    waits.polled(waits.polls.of(0, "c"), waits.polls.of(1, "d"));

    Batch<Order> batch = waits.waiting.nextQuick(Batch.empty());

    assertThat(users(batch)).containsExactly("a", "b", "c", "d");
    assertThat(batch.spans())
        .containsOnly(Map.entry(FIRST, new Span(0, 3)), Map.entry(SECOND, new Span(0, 1)));
    assertThat(batch.shares().values()).containsExactlyInAnyOrder(2, 1, 1);
    assertThat(waits.waiting.nextQuick(Batch.empty())).isNull();
  }

  @Test
  void partitionsWhereQuickOnesHaveToWaitForSlowOnesWithTheirKeyComeFirst() {
    String slow = Polls.order(Polls.BIG, "slow");
    String quick = Polls.order(Polls.job(1), "slow");
    waits.polled(
        waits.polls.of(0, "slow", "slow", "slow"),
        waits.polls.polled(1, List.of(slow, slow, quick, slow), () -> {}),
        waits.polls.polled(2, List.of(slow, quick), () -> {}),
        waits.polls.of(3, "fast", "fast"),
        waits.polls.of(4, "fast", "slow"));

    assertThat(told(waits.waiting.nextQuick(Batch.empty())))
        .containsExactly("4 fast", "3 fast", "3 fast");
    assertThat(waits.waiting.nextQuick(Batch.empty())).isNull();
    assertThat(told(waits.waiting.nextSlow()))
        .as("with what stands behind them and before the next slow one")
        .containsExactly("2 slow", "2 quick", "1 slow", "1 slow", "1 quick");
    assertThat(told(waits.waiting.nextSlow())).containsExactly("1 slow", "4 slow", "0 slow");
    assertThat(told(waits.waiting.nextSlow())).containsExactly("0 slow", "0 slow");
    assertThat(waits.waiting.nextSlow()).isNull();
  }

  @Test
  void slowOnesOfAllPollsTogetherAreAsManyAsArePreparedAtOnce() {
    waits.polled(waits.polls.of(0, "slow"));
    waits.polled(waits.polls.of(0, "slow"), waits.polls.of(1, "slow"));
    waits.polled(waits.polls.of(0, "slow"));

    assertThat(told(waits.waiting.nextSlow())).containsExactly("1 slow", "0 slow", "0 slow");
    assertThat(told(waits.waiting.nextSlow())).containsExactly("0 slow");
  }

  @Test
  void slowOnesDontWaitForEverForThoseThatComeLaterAndAreFewer() {
    waits.polled(waits.polls.of(0, "slow", "slow", "slow", "slow", "slow"));
    assertThat(told(waits.waiting.nextSlow())).hasSize(3).containsOnly("0 slow");

    waits.polled(waits.polls.of(1, "slow"));
    waits.polled(waits.polls.single(1, 1, "slow"));

    assertThat(told(waits.waiting.nextSlow())).containsExactly("0 slow", "0 slow");
    assertThat(told(waits.waiting.nextSlow())).containsExactly("1 slow", "1 quick");
  }

  @Test
  void theRestIsDoneInBatchesOfWhatHasWaitedLongest() {
    waits.polled(waits.polls.rows(0, Polls.BIG, 700));
    waits.polled(waits.polls.rows(1, Polls.BIG, 700));
    waits.polled(waits.polls.rows(0, Polls.BIG, 700));

    assertThat(Waits.spans(waits.waiting.nextQuick(Batch.empty())))
        .containsOnly(Map.entry(FIRST, new Span(0, 700)), Map.entry(SECOND, new Span(0, 300)));
    assertThat(Waits.spans(waits.waiting.nextQuick(Batch.empty())))
        .containsOnly(Map.entry(FIRST, new Span(700, 1300)), Map.entry(SECOND, new Span(300, 700)));
    assertThat(Waits.spans(waits.waiting.nextQuick(Batch.empty())))
        .containsOnly(Map.entry(FIRST, new Span(1300, 1400)));
  }

  @Test
  void aPartitionOfWhichSomethingIsOnItsWayIsPassedOver() {
    waits.polled(waits.polls.of(0, "slow"));
    Batch<Order> underWay = waits.waiting.nextSlow();
    waits.polled(waits.polls.people(0, Polls.BIG, 200), waits.polls.people(1, Polls.BIG, 201));

    assertThat(Waits.spans(waits.waiting.nextQuick(underWay))).containsOnlyKeys(SECOND);
    assertThat(waits.waiting.nextQuick(underWay)).isNull();
    assertThat(Waits.spans(waits.waiting.nextQuick(Batch.empty()))).containsOnlyKeys(FIRST);
  }

  @Test
  void whatIsReadAgainIsABatchOfItsOwnAfterwards() {
    waits.polled(waits.polls.of(0, "a", "b", "c"));
    waits.polled(waits.polls.seek(0, 1).of(0, "b", "c", "d"));
    waits.polled(waits.polls.of(0, "e"));

    assertThat(users(waits.waiting.nextQuick(Batch.empty()))).containsExactly("a", "b", "c");
    assertThat(users(waits.waiting.nextQuick(Batch.empty()))).containsExactly("b", "c", "d", "e");
  }

  @Test
  void aPollThatMissesSomethingBeforeItBeginsABatch() {
    waits.polled(waits.polls.of(0, "a"));
    waits.polled(waits.polls.seek(0, 7).of(0, "h"));

    assertThat(users(waits.waiting.nextQuick(Batch.empty()))).containsExactly("a");
    assertThat(waits.waiting.nextQuick(Batch.empty()).spans().get(FIRST).first()).isEqualTo(7);
  }

  @Test
  void behindAGapOnlyWhatWasReadAgainStays() {
    Polled behind = waits.polls.seek(0, 10).of(0, "k", "l");
    Polled again = waits.polls.seek(0, 4).of(0, "e", "f");
    Polled farAhead = waits.polls.seek(0, 30).of(0, "x");
    Polled other = waits.polls.of(1, "other");
    waits.polled(behind);
    waits.polled(again);
    waits.polled(farAhead, other);

    assertThat(waits.waiting.dropBehindGap(FIRST, 8))
        .containsOnly(Map.entry(behind, 2), Map.entry(farAhead, 1));

    assertThat(users(waits.waiting.nextQuick(Batch.empty()))).containsExactly("e", "f", "other");
    assertThat(waits.waiting.dropBehindGap(FIRST, 8)).isEmpty();
  }
}
