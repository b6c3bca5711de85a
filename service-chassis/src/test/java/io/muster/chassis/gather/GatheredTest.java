package io.muster.chassis.gather;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GatheredTest {
  private static final long LONG = MINUTES.toNanos(1);
  private final Gathered<String> gathered = new Gathered<>(3);

  @Test
  void who_is_due_comes_once_and_in_order() throws Exception {
    gathered.put("a", 0);
    gathered.put("b", 0);
    gathered.put("a", 0);

    assertThat(gathered.take(10, LONG)).containsExactly("a", "b");
    assertThat(gathered.take(10, 0)).isEmpty();
  }

  @Test
  void who_is_not_due_stays() throws Exception {
    gathered.put("later", 60_000);
    gathered.put("now", 0);

    assertThat(gathered.take(10, LONG)).containsExactly("now");
    assertThat(gathered.take(10, MILLISECONDS.toNanos(1))).isEmpty();
  }

  @Test
  void the_earlier_time_counts() throws Exception {
    gathered.put("a", 60_000);
    gathered.put("a", 0);
    gathered.put("a", 60_000);

    assertThat(gathered.take(10, LONG)).containsExactly("a");
  }

  @Test
  void no_more_than_asked_for_are_taken() throws Exception {
    gathered.put("a", 0);
    gathered.put("b", 0);

    assertThat(gathered.take(1, LONG)).containsExactly("a");
    assertThat(gathered.take(1, LONG)).containsExactly("b");
  }

  @Test
  void who_finds_no_room_is_left_out() throws Exception {
    List.of("a", "b", "c", "d").forEach(key -> gathered.put(key, 60_000));
    List.of("a", "b", "c", "d").forEach(key -> gathered.put(key, 0));

    assertThat(gathered.take(10, LONG)).containsExactly("a", "b", "c");
    assertThatThrownBy(() -> new Gathered<>(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whoever_waits_is_woken_and_waits_until_it_is_due() throws Exception {
    CompletableFuture<List<String>> taken = new CompletableFuture<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                taken.complete(gathered.take(10, LONG));
              } catch (InterruptedException e) {
                taken.completeExceptionally(e);
              }
            });
    waiting.start();
    long begun = System.nanoTime();
    gathered.put("far", 60_000);
    gathered.put("near", 30);

    assertThat(taken.get(30, java.util.concurrent.TimeUnit.SECONDS)).containsExactly("near");
    assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(MILLISECONDS.toNanos(30));
  }
}
