package io.muster.gateway.track;

import io.muster.chassis.wire.Records;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.job.JobProgress;
import io.muster.contracts.topic.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.jboss.logging.Logger;

/**
 * Tells bulk-ingest-service the counts: once a second for every job whose counts changed, at once
 * for a job of which no row is left on the bus. What is still to be told stands in the table, so a
 * crash repeats a report and never forgets one.
 */
@ApplicationScoped
public class ProgressReports {
  private static final String CHANNEL = "job-progress";
  private static final Logger LOG = Logger.getLogger(ProgressReports.class);
  private static final Wire<JobProgress> WIRE = Wire.of(Topics.JOB_PROGRESS);
  private static final long EVERY_MILLIS = 1_000;

  private final UnreportedCounts unreported;
  private final KafkaClientService clients;
  private final Records records = new Records("gateway", "job-progress");
  private final LinkedBlockingQueue<JobKey> urgent = new LinkedBlockingQueue<>(10_000);
  private final Thread teller = new Thread(this::tell, "progress-reports");
  private volatile boolean stopping;

  /**
   * @param wiresTheChannel makes the channel's producer
   */
  ProgressReports(
      UnreportedCounts unreported,
      KafkaClientService clients,
      @Channel(CHANNEL) Emitter<byte[]> wiresTheChannel) {
    this.unreported = unreported;
    this.clients = clients;
  }

  /** Reports these without waiting for the second to pass. Returns at once. */
  void atOnce(Collection<JobKey> jobs) {
    // When the queue is full the next second's round tells them.
    jobs.forEach(urgent::offer);
  }

  void start(@Observes StartupEvent event) {
    teller.setDaemon(true);
    teller.start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping = true;
    teller.interrupt();
    teller.join(2_000);
  }

  private void tell() {
    long nextRound = System.nanoTime();
    while (!stopping) {
      try {
        long wait = nextRound - System.nanoTime();
        if (wait <= 0) {
          nextRound = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS);
          report(unreported.some());
          continue;
        }
        JobKey first = urgent.poll(wait, TimeUnit.NANOSECONDS);
        if (first != null) {
          Set<JobKey> jobs = new HashSet<>(Set.of(first));
          urgent.drainTo(jobs);
          report(unreported.of(jobs));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (Exception e) {
        // The marks stay in the table: the next round repeats what was not told.
        LOG.warnf("progress reports wait: %s", e.getClass().getSimpleName());
      }
    }
  }

  private void report(List<JobProgress> counts) throws Exception {
    if (counts.isEmpty()) {
      return;
    }
    Producer<String, byte[]> producer = clients.<String, byte[]>getProducer(CHANNEL).unwrap();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (JobProgress count : counts) {
      String key = count.jobId().toString();
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  Topics.JOB_PROGRESS.name(),
                  null,
                  key,
                  WIRE.encode(count),
                  records.headers(key + '/' + count.ended(), null))));
    }
    producer.flush();
    for (Future<RecordMetadata> one : sent) {
      one.get();
    }
    unreported.told(counts);
  }
}
