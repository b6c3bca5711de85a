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
  private final Waiting<Order> waiting = new Waiting<>(new Orders(), new SlowOnes(3), () -> 1_000);
  private long poll;

  @Test
  void nothingWaitsAtFirst() {
    assertThat(waiting.nextQuick(Batch.empty())).isNull();
    assertThat(waiting.nextSlow()).isNull();
  }

  @Test
  void smallPollsAreDoneTogether() {
    polled(polls.of(0, "a", "b"));
    polled(polls.of(0, "c"), polls.of(1, "d"));

    Batch<Order> batch = waiting.nextQuick(Batch.empty());

    assertThat(users(batch)).containsExactly("a", "b", "c", "d");
    assertThat(batch.spans())
        .containsOnly(Map.entry(FIRST, new Span(0, 3)), Map.entry(SECOND, new Span(0, 1)));
    assertThat(batch.shares().values()).containsExactlyInAnyOrder(2, 1, 1);
    assertThat(waiting.nextQuick(Batch.empty())).isNull();
  }

  @Test
  void partitionsWhereQuickOnesHaveToWaitForSlowOnesWithTheirKeyComeFirst() {
    String slow = Polls.order(Polls.BIG, "slow");
    String quick = Polls.order(Polls.job(1), "slow");
    polled(
        polls.of(0, "slow", "slow", "slow"),
        polls.polled(1, List.of(slow, slow, quick, slow), () -> {}),
        polls.polled(2, List.of(slow, quick), () -> {}),
        polls.of(3, "fast", "fast"),
        polls.of(4, "fast", "slow"));

    assertThat(told(waiting.nextQuick(Batch.empty())))
        .containsExactly("4 fast", "3 fast", "3 fast");
    assertThat(waiting.nextQuick(Batch.empty())).isNull();
    assertThat(told(waiting.nextSlow()))
        .as("with what stands behind them and before the next slow one")
        .containsExactly("2 slow", "2 quick", "1 slow", "1 slow", "1 quick");
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

    polled(polls.of(1, "slow"));
    polled(polls.single(1, 1, "slow"));

    assertThat(told(waiting.nextSlow())).containsExactly("0 slow", "0 slow");
    assertThat(told(waiting.nextSlow())).containsExactly("1 slow", "1 quick");
  }

  @Test
  void whatIsSmallWaitsOnlyForTheBigJobsRowsBeforeItInItsOwnPartition() {
    for (int partition = 0; partition < 4; partition++) {
      polled(polls.rows(partition, Polls.BIG, 150));
    }
    polled(polls.rows(2, Polls.job(1), 1));
    polled(polls.rows(2, Polls.BIG, 10));

    Batch<Order> small = waiting.nextQuick(Batch.empty());
    Batch<Order> rest = waiting.nextQuick(Batch.empty());

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
    assertThat(waiting.nextQuick(Batch.empty()).commands()).hasSize(301);

    polled(polls.rows(0, Polls.BIG, 600));
    polled(polls.rows(0, Polls.job(1), 1));
    assertThat(waiting.nextQuick(Batch.empty()).commands()).hasSize(601);

    polled(polls.rows(0, Polls.BIG, 600));
    assertThat(waiting.nextQuick(Batch.empty()).commands()).hasSize(600);
  }

  @Test
  void theRestIsDoneInBatchesOfWhatHasWaitedLongest() {
    polled(polls.rows(0, Polls.BIG, 700));
    polled(polls.rows(1, Polls.BIG, 700));
    polled(polls.rows(0, Polls.BIG, 700));

    assertThat(spans(waiting.nextQuick(Batch.empty())))
        .containsOnly(Map.entry(FIRST, new Span(0, 700)), Map.entry(SECOND, new Span(0, 300)));
    assertThat(spans(waiting.nextQuick(Batch.empty())))
        .containsOnly(Map.entry(FIRST, new Span(700, 1300)), Map.entry(SECOND, new Span(300, 700)));
    assertThat(spans(waiting.nextQuick(Batch.empty())))
        .containsOnly(Map.entry(FIRST, new Span(1300, 1400)));
  }

  @Test
  void bigJobsGoOnHoweverManySmallOnesCome() {
    polled(polls.rows(0, Polls.BIG, 3_000));
    List<Set<TopicPartition>> turns = new ArrayList<>();
    for (int call = 0; call < 4; call++) {
      polled(polls.rows(1, Polls.job(call), 1));
      turns.add(waiting.nextQuick(Batch.empty()).spans().keySet());
    }

    assertThat(turns).containsExactly(Set.of(SECOND), Set.of(FIRST), Set.of(SECOND), Set.of(FIRST));
  }

  @Test
  void whatIsTooFarBehindForOneBatchIsReachedByAndBy() {
    polled(polls.rows(0, Polls.BIG, 1_500));
    polled(polls.rows(0, Polls.job(1), 1), polls.rows(1, Polls.BIG, 2_000));

    assertThat(spans(waiting.nextQuick(Batch.empty())))
        .containsOnly(Map.entry(FIRST, new Span(0, 1_000)));
    assertThat(spans(waiting.nextQuick(Batch.empty())))
        .containsOnly(Map.entry(FIRST, new Span(1_000, 1_501)));
  }

  @Test
  void whatIsSmallPassesTheRowsOfOthersInItsOwnPartition() {
    polled(polls.people(0, Polls.BIG, 500));
    polled(polls.single(0, 1, "ada"));
    polled(polls.people(0, Polls.BIG, 20));

    Batch<Order> small = waiting.nextQuick(Batch.empty());
    Batch<Order> rest = waiting.nextQuick(Batch.empty());

    assertThat(users(small)).containsExactly("ada");
    assertThat(spans(small))
        .as("nothing before it is done")
        .containsOnly(Map.entry(FIRST, new Span(0, 0)));
    assertThat(small.shares()).as("its poll isn't done with").isEmpty();
    assertThat(spans(rest)).containsOnly(Map.entry(FIRST, new Span(0, 521)));
    assertThat(rest.shares().values()).containsExactlyInAnyOrder(500, 1, 20);
    assertThat(rest.commands().stream().filter(Received::answered).map(Received::offset))
        .as("the database is asked for it once more in its turn")
        .containsExactly(500L);
    assertThat(waiting.nextQuick(Batch.empty())).isNull();
  }

  @Test
  void whatHasItsKeyComesWithItAndInOrder() {
    polled(polls.people(0, Polls.BIG, 500));
    polled(polls.single(0, 1, "user7"));
    polled(polls.single(0, 2, "user7"));

    Batch<Order> small = waiting.nextQuick(Batch.empty());

    assertThat(small.commands()).extracting(Received::offset).containsExactly(7L, 500L, 501L);
    assertThat(offsetsLeft()).hasSize(499).doesNotContain(7L, 500L, 501L);
  }

  @Test
  void whatStandsFirstIsDoneInItsTurn() {
    polled(polls.single(0, 1, "ada"));
    polled(polls.people(0, Polls.BIG, 500));
    polled(polls.single(0, 2, "bob"));

    Batch<Order> small = waiting.nextQuick(Batch.empty());

    assertThat(users(small)).containsExactly("ada", "bob");
    assertThat(spans(small)).containsOnly(Map.entry(FIRST, new Span(0, 1)));
    assertThat(small.shares().values()).containsExactly(1);
    assertThat(spans(waiting.nextQuick(Batch.empty())))
        .containsOnly(Map.entry(FIRST, new Span(1, 502)));
  }

  @Test
  void itPassesSlowOnesUnlessTheyHaveItsKey() {
    polled(polls.of(0, "slow1", "slow2", "slow3"));
    polled(polls.single(0, 1, "ada"), polls.single(1, 2, "bob"));
    polled(polls.single(0, 3, "slow2"));
    polled(polls.single(0, 4, "slow2"));

    assertThat(told(waiting.nextQuick(Batch.empty()))).containsExactly("0 ada", "1 bob");
    assertThat(waiting.nextQuick(Batch.empty())).isNull();
    assertThat(told(waiting.nextSlow())).endsWith("0 ada", "0 slow2", "0 slow2");
  }

  @Test
  void itPassesABatchThatIsUnderWayUnlessThatHasItsKey() {
    polled(polls.of(0, "slow1", "slow2", "slow3"));
    Batch<Order> underWay = waiting.nextSlow();
    polled(polls.single(0, 1, "slow2"));
    polled(polls.single(0, 2, "ada"));

    Batch<Order> small = waiting.nextQuick(underWay);

    assertThat(users(small)).containsExactly("ada");
    assertThat(spans(small))
        .as("the database knows of nothing above where the other begins")
        .containsOnly(Map.entry(FIRST, new Span(0, 0)));
    assertThat(waiting.nextQuick(underWay)).isNull();
    assertThat(users(waiting.nextQuick(Batch.empty()))).containsExactly("slow2", "ada");
  }

  @Test
  void behindAGapNothingPassesWhatIsUnderWay() {
    polled(polls.of(0, "slow1"));
    Batch<Order> underWay = waiting.nextSlow();
    polled(polls.seek(0, 7).single(0, 1, "ada"));

    assertThat(waiting.nextQuick(underWay)).isNull();
  }

  @Test
  void aPartitionOfWhichSomethingIsOnItsWayIsPassedOver() {
    polled(polls.of(0, "slow"));
    Batch<Order> underWay = waiting.nextSlow();
    polled(polls.people(0, Polls.BIG, 200), polls.people(1, Polls.BIG, 201));

    assertThat(spans(waiting.nextQuick(underWay))).containsOnlyKeys(SECOND);
    assertThat(waiting.nextQuick(underWay)).isNull();
    assertThat(spans(waiting.nextQuick(Batch.empty()))).containsOnlyKeys(FIRST);
  }

  @Test
  void whatIsReadAgainIsABatchOfItsOwnAfterwards() {
    polled(polls.of(0, "a", "b", "c"));
    polled(polls.seek(0, 1).of(0, "b", "c", "d"));
    polled(polls.of(0, "e"));

    assertThat(users(waiting.nextQuick(Batch.empty()))).containsExactly("a", "b", "c");
    assertThat(users(waiting.nextQuick(Batch.empty()))).containsExactly("b", "c", "d", "e");
  }

  @Test
  void aPollThatMissesSomethingBeforeItBeginsABatch() {
    polled(polls.of(0, "a"));
    polled(polls.seek(0, 7).of(0, "h"));

    assertThat(users(waiting.nextQuick(Batch.empty()))).containsExactly("a");
    assertThat(waiting.nextQuick(Batch.empty()).spans().get(FIRST).first()).isEqualTo(7);
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

    assertThat(users(waiting.nextQuick(Batch.empty()))).containsExactly("e", "f", "other");
    assertThat(waiting.dropBehindGap(FIRST, 8)).isEmpty();
  }

  private void polled(Polled... parts) {
    poll++;
    for (Polled part : parts) {
      part.number(poll);
      waiting.add(part);
    }
  }

  /** Of what waits and wasn't answered before its turn. */
  private List<Long> offsetsLeft() {
    return waiting.nextQuick(Batch.empty()).commands().stream()
        .filter(command -> !command.answered())
        .map(Received::offset)
        .toList();
  }

  private static Map<TopicPartition, Span> spans(Batch<Order> batch) {
    return batch.spans();
  }

  private static List<String> users(Batch<Order> batch) {
    return batch.commands().stream().map(c -> c.command().user()).toList();
  }

  private static List<String> told(Batch<Order> batch) {
    return batch.commands().stream()
        .map(c -> c.partition().partition() + " " + told(c.command()))
        .toList();
  }

  private static String told(Order order) {
    boolean hasASlowOnesKey = order.user().equals("slow") && !order.jobId().equals(Polls.BIG);
    return hasASlowOnesKey ? "quick" : order.user();
  }
}
