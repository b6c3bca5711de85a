package io.muster.inbox.intake;

import io.muster.inbox.CommandHandler;
import io.muster.inbox.batch.Batch;
import io.muster.inbox.batch.Order;
import io.muster.inbox.batch.Polls;
import io.muster.inbox.batch.Received;
import io.muster.inbox.batch.SlowOnes;
import io.muster.inbox.once.Answers;
import io.muster.inbox.position.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Answers everything and notes which partitions' rows came together. */
final class Noting implements WorkingOff.Way<Order> {
  final List<String> batches = new CopyOnWriteArrayList<>();
  private Consumer<Integer> during = batch -> {};
  Runnable settling = () -> {};
  Long gap;

  void during(int batch, Runnable happens) {
    during =
        number -> {
          if (number == batch) {
            happens.run();
          }
        };
  }

  long lastRows() {
    return Long.parseLong(batches.get(batches.size() - 1).split(":")[1]);
  }

  void always(Runnable happens) {
    during = number -> happens.run();
  }

  @Override
  public List<Received<Order>> unseen(List<Received<Order>> commands) {
    return commands;
  }

  @Override
  public CommandHandler<Order> prepare(PreparingAhead<Order> ahead, Batch<Order> batch) {
    return ahead.handlerOf(batch);
  }

  @Override
  public Answers<Order> answer(CommandHandler<Order> applying, Batch<Order> batch) {
    List<String> parts = new ArrayList<>();
    batch
        .spans()
        .forEach((p, span) -> parts.add(p.partition() + ":" + (span.next() - span.first())));
    boolean prepared =
        batch.commands().stream().anyMatch(c -> new SlowOnes(1).needsPreparing(c.command()));
    batches.add(String.join(" ", parts) + (prepared ? " prepared" : ""));
    during.accept(batches.size());
    TopicPartition first = Polls.partition(0);
    Map<TopicPartition, Gap> gaps = gap == null ? Map.of() : Map.of(first, new Gap(0, gap));
    return new Answers<>(List.of(), batch.commands().size(), gaps, Map.of());
  }

  @Override
  public void settle(Batch<Order> batch, Answers<Order> answers) {
    if (!answers.gaps().isEmpty()) {
      settling.run();
    }
  }
}
