package io.muster.inbox.batch;

import static io.muster.inbox.batch.Waits.spans;
import static io.muster.inbox.batch.Waits.told;
import static io.muster.inbox.batch.Waits.users;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.inbox.batch.Batch.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What is small passes what is big, as far as the order of its own key lets it. */
class SmallFirstTest {
  private static final TopicPartition FIRST = Polls.partition(0);
  private static final TopicPartition SECOND = Polls.partition(1);

  private final Waits waits = new Waits();

  @Test
  void whatIsSmallWaitsOnlyForTheBigJobsRowsBeforeItInItsOwnPartition() {
    for (int partition = 0; partition < 4; partition++) {
      waits.polled(waits.polls.rows(partition, Polls.BIG, 150));
    }
    waits.polled(waits.polls.rows(2, Polls.job(1), 1));
    waits.polled(waits.polls.rows(2, Polls.BIG, 10));

    Batch<Order> small = waits.waiting.nextQuick(Batch.empty());
    Batch<Order> rest = waits.waiting.nextQuick(Batch.empty());

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
    waits.polled(waits.polls.rows(0, Polls.BIG, 300), waits.polls.rows(1, Polls.job(1), 1));
    assertThat(waits.waiting.nextQuick(Batch.empty()).commands()).hasSize(301);

    waits.polled(waits.polls.rows(0, Polls.BIG, 600));
    waits.polled(waits.polls.rows(0, Polls.job(1), 1));
    assertThat(waits.waiting.nextQuick(Batch.empty()).commands()).hasSize(601);

    waits.polled(waits.polls.rows(0, Polls.BIG, 600));
    assertThat(waits.waiting.nextQuick(Batch.empty()).commands()).hasSize(600);
  }

  @Test
  void bigJobsGoOnHoweverManySmallOnesCome() {
    waits.polled(waits.polls.rows(0, Polls.BIG, 3_000));
    List<Set<TopicPartition>> turns = new ArrayList<>();
    for (int call = 0; call < 4; call++) {
      waits.polled(waits.polls.rows(1, Polls.job(call), 1));
      turns.add(waits.waiting.nextQuick(Batch.empty()).spans().keySet());
    }

    assertThat(turns).containsExactly(Set.of(SECOND), Set.of(FIRST), Set.of(SECOND), Set.of(FIRST));
  }

  @Test
  void whatIsTooFarBehindForOneBatchIsReachedByAndBy() {
    waits.polled(waits.polls.rows(0, Polls.BIG, 1_500));
    waits.polled(waits.polls.rows(0, Polls.job(1), 1), waits.polls.rows(1, Polls.BIG, 2_000));

    assertThat(spans(waits.waiting.nextQuick(Batch.empty())))
        .containsOnly(Map.entry(FIRST, new Span(0, 1_000)));
    assertThat(spans(waits.waiting.nextQuick(Batch.empty())))
        .containsOnly(Map.entry(FIRST, new Span(1_000, 1_501)));
  }

  @Test
  void whatIsSmallPassesTheRowsOfOthersInItsOwnPartition() {
    waits.polled(waits.polls.people(0, Polls.BIG, 500));
    waits.polled(waits.polls.single(0, 1, "ada"));
    waits.polled(waits.polls.people(0, Polls.BIG, 20));

    Batch<Order> small = waits.waiting.nextQuick(Batch.empty());
    Batch<Order> rest = waits.waiting.nextQuick(Batch.empty());

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
    assertThat(waits.waiting.nextQuick(Batch.empty())).isNull();
  }

  @Test
  void whatHasItsKeyComesWithItAndInOrder() {
    waits.polled(waits.polls.people(0, Polls.BIG, 500));
    waits.polled(waits.polls.single(0, 1, "user7"));
    waits.polled(waits.polls.single(0, 2, "user7"));

    Batch<Order> small = waits.waiting.nextQuick(Batch.empty());

    assertThat(small.commands()).extracting(Received::offset).containsExactly(7L, 500L, 501L);
    assertThat(waits.offsetsLeft()).hasSize(499).doesNotContain(7L, 500L, 501L);
  }

  @Test
  void whatStandsFirstIsDoneInItsTurn() {
    waits.polled(waits.polls.single(0, 1, "ada"));
    waits.polled(waits.polls.people(0, Polls.BIG, 500));
    waits.polled(waits.polls.single(0, 2, "bob"));

    Batch<Order> small = waits.waiting.nextQuick(Batch.empty());

    assertThat(users(small)).containsExactly("ada", "bob");
    assertThat(spans(small)).containsOnly(Map.entry(FIRST, new Span(0, 1)));
    assertThat(small.shares().values()).containsExactly(1);
    assertThat(spans(waits.waiting.nextQuick(Batch.empty())))
        .containsOnly(Map.entry(FIRST, new Span(1, 502)));
  }

  @Test
  void itPassesSlowOnesUnlessTheyHaveItsKey() {
    waits.polled(waits.polls.of(0, "slow1", "slow2", "slow3"));
    waits.polled(waits.polls.single(0, 1, "ada"), waits.polls.single(1, 2, "bob"));
    waits.polled(waits.polls.single(0, 3, "slow2"));
    waits.polled(waits.polls.single(0, 4, "slow2"));

    assertThat(told(waits.waiting.nextQuick(Batch.empty()))).containsExactly("0 ada", "1 bob");
    assertThat(waits.waiting.nextQuick(Batch.empty())).isNull();
    assertThat(told(waits.waiting.nextSlow())).endsWith("0 ada", "0 slow2", "0 slow2");
  }

  @Test
  void itPassesABatchThatIsUnderWayUnlessThatHasItsKey() {
    waits.polled(waits.polls.of(0, "slow1", "slow2", "slow3"));
    Batch<Order> underWay = waits.waiting.nextSlow();
    waits.polled(waits.polls.single(0, 1, "slow2"));
    waits.polled(waits.polls.single(0, 2, "ada"));

    Batch<Order> small = waits.waiting.nextQuick(underWay);

    assertThat(users(small)).containsExactly("ada");
    assertThat(spans(small))
        .as("the database knows of nothing above where the other begins")
        .containsOnly(Map.entry(FIRST, new Span(0, 0)));
    assertThat(waits.waiting.nextQuick(underWay)).isNull();
    assertThat(users(waits.waiting.nextQuick(Batch.empty()))).containsExactly("slow2", "ada");
  }

  @Test
  void behindAGapNothingPassesWhatIsUnderWay() {
    waits.polled(waits.polls.of(0, "slow1"));
    Batch<Order> underWay = waits.waiting.nextSlow();
    waits.polled(waits.polls.seek(0, 7).single(0, 1, "ada"));

    assertThat(waits.waiting.nextQuick(underWay)).isNull();
  }

  @Test
  void whatIsSmallAndSlowPassesOthersThatAreSlow() {
    waits.polled(waits.polls.of(0, "slow1", "slow2", "slow3", "slow4", "slow5", "slow6"));
    waits.polled(waits.polls.slow(0, 1, "ada"));

    Batch<Order> small = waits.waiting.nextSlow();

    assertThat(users(small)).containsExactly("slow-ada");
    assertThat(spans(small)).containsOnly(Map.entry(FIRST, new Span(0, 0)));
    assertThat(users(waits.waiting.nextSlow())).containsExactly("slow1", "slow2", "slow3");
    Batch<Order> rest = waits.waiting.nextSlow();
    assertThat(users(rest)).containsExactly("slow4", "slow5", "slow6", "slow-ada");
    assertThat(rest.commands().get(3).answered())
        .as("the database is asked for it once more in its turn")
        .isTrue();
    assertThat(waits.waiting.nextSlow()).isNull();
  }

  @Test
  void whatHasItsKeyComesWithTheSlowOneToo() {
    waits.polled(waits.polls.of(0, "slow1", "slow2", "slow3", "slow4", "slow-ada", "quick"));
    waits.polled(waits.polls.single(0, 7, "slow-ada"), waits.polls.slow(0, 1, "ada"));

    Batch<Order> small = waits.waiting.nextSlow();

    assertThat(small.commands()).extracting(Received::offset).containsExactly(4L, 6L, 7L);
  }

  @Test
  void bigSlowJobsGoOnHoweverManySmallSlowOnesCome() {
    waits.polled(waits.polls.of(0, "slow1", "slow2", "slow3", "slow4", "slow5", "slow6"));
    waits.polled(waits.polls.slow(1, 1, "ada"));
    assertThat(users(waits.waiting.nextSlow())).containsExactly("slow-ada");
    waits.polled(waits.polls.slow(1, 2, "bob"));

    assertThat(users(waits.waiting.nextSlow())).containsExactly("slow-bob", "slow1", "slow2");
  }

  @Test
  void whatWasPickedKeepsNothingElseOfItsPartitionWaiting() {
    waits.polled(waits.polls.people(0, Polls.BIG, 500));
    waits.polled(waits.polls.slow(0, 1, "ada"));
    Batch<Order> picked = waits.waiting.nextSlow();
    assertThat(users(picked)).containsExactly("slow-ada");

    assertThat(spans(waits.waiting.nextQuick(picked)))
        .as("up to itself")
        .containsOnly(Map.entry(FIRST, new Span(0, 500)));
    waits.polled(waits.polls.single(0, 2, "slow-ada"), waits.polls.single(0, 3, "bob"));
    Batch<Order> call = waits.waiting.nextQuick(picked);
    assertThat(users(call)).containsExactly("bob");
    assertThat(spans(call)).containsOnly(Map.entry(FIRST, new Span(500, 500)));
    assertThat(waits.waiting.nextQuick(picked)).isNull();
  }

  @Test
  void aCallOfSomebodyWhosePasswordWasSetPassesAsWell() {
    waits.polled(waits.polls.of(0, "slow1", "slow2", "slow3", "slow4"));
    waits.polled(waits.polls.slow(0, 1, "ada"));
    assertThat(users(waits.waiting.nextSlow())).containsExactly("slow-ada");
    waits.polled(waits.polls.quick(0, 2, "slow-ada"));

    Batch<Order> call = waits.waiting.nextQuick(Batch.empty());

    assertThat(call.commands()).extracting(Received::offset).containsExactly(4L, 5L);
    assertThat(call.commands()).extracting(Received::answered).containsExactly(true, false);
  }

  @Test
  void slowOnesOfOneBatchAreLeftWhole() {
    waits.polled(waits.polls.of(0, "slow1", "slow2"));
    waits.polled(waits.polls.slow(0, 1, "ada"));

    assertThat(users(waits.waiting.nextSlow())).containsExactly("slow1", "slow2", "slow-ada");
  }
}
