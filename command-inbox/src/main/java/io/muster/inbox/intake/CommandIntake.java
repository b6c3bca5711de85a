package io.muster.inbox.intake;

import io.muster.inbox.CommandHandler;
import io.muster.inbox.CommandType;
import io.muster.inbox.batch.Polled;
import io.muster.inbox.watch.IntakeWatch;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordBatchMetadata;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes polls in at once, so that the client goes on polling while a batch is worked on, and has
 * what waits worked off in the order that suits those who wait: small jobs first. Each client of a
 * channel has a backlog and a thread of its own, since it has partitions of its own.
 */
@ApplicationScoped
public class CommandIntake {
  private static final AtomicInteger THREADS = new AtomicInteger();

  private final AnsweringBatches answering;
  private final IntakeWatch watch;
  private final Map<String, WorkingOff<?>> clients = new ConcurrentHashMap<>();
  private final ExecutorService threads;

  CommandIntake(AnsweringBatches answering, IntakeWatch watch) {
    this.answering = answering;
    this.watch = watch;
    // Quarkus's, and not that of whichever thread takes the first poll in.
    ClassLoader classes = Thread.currentThread().getContextClassLoader();
    this.threads = Executors.newCachedThreadPool(work -> named(work, classes));
  }

  /**
   * Takes in a poll and doesn't block; for a consumer without an acknowledgement of its own. The
   * poll is acknowledged here, partition by partition, when every command is answered and every
   * answer acknowledged by the broker, however long an outage takes.
   *
   * @param type of all commands of the channel
   * @param handler as well
   * @return done when there is room for the client's next poll; fails only where this code is wrong
   */
  public <C> CompletionStage<Void> take(
      CommandType<C> type, CommandHandler<C> handler, KafkaRecordBatch<byte[], byte[]> poll) {
    IncomingKafkaRecordBatchMetadata<?, ?> from =
        poll.getMetadata(IncomingKafkaRecordBatchMetadata.class).orElseThrow();
    return clients
        .computeIfAbsent(
            from.getChannel() + '/' + from.getConsumerIndex(),
            client ->
                new WorkingOff<>(
                    type,
                    handler,
                    answering.of(type),
                    watch,
                    threads,
                    WorkingOff.Limits.USUAL,
                    System::nanoTime))
        .offer(Polled.of(poll));
  }

  /** What is under way ends by itself: {@link IntakeWatch} tells it to. */
  @PreDestroy
  void stop() {
    threads.shutdown();
  }

  private static Thread named(Runnable work, ClassLoader classes) {
    Thread thread = new Thread(work, "command-intake-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
    thread.setContextClassLoader(classes);
    return thread;
  }
}
