package io.muster.gateway.track.report;

import io.muster.chassis.gather.Gathered;
import io.muster.chassis.wire.Records;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.job.JobProgress;
import io.muster.contracts.topic.Topics;
import io.muster.gateway.track.job.JobKey;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.jboss.logging.Logger;

/**
 * Tells bulk-ingest-service the counts: once a second for every job whose counts changed, at once
 * for a job of which no row is left on the bus, but of single calls' jobs twice a second, together:
 * whoever made one has its row's outcome without that. What is still to be told stands in the
 * table, so a crash repeats a report and never forgets one.
 */
@ApplicationScoped
public class ProgressReports {
  private static final String CHANNEL = "job-progress";
  private static final Logger LOG = Logger.getLogger(ProgressReports.class);
  private static final Wire<JobProgress> WIRE = Wire.of(Topics.JOB_PROGRESS);
  private static final long EVERY_MILLIS = 1_000;
  private static final long GATHER_MILLIS = 500;

  /** Others are told by the next second's round. */
  private static final int MOST_DUE = 10_000;

  private final UnreportedCounts unreported;
  private final KafkaClientService clients;
  private final Records records = new Records("gateway", "job-progress");
  private final Gathered<JobKey> due = new Gathered<>(MOST_DUE);
  private final Thread teller = new Thread(this::tell, "progress-reports");
  private volatile long reported = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(GATHER_MILLIS);
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
  public void atOnce(Collection<JobKey> jobs) {
    within(0, jobs);
  }

  /**
   * Reports these with others of their kind: at once where the last report is half a second old,
   * else as soon as it is. Returns at once.
   */
  public void together(Collection<JobKey> jobs) {
    long sinceThen = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - reported);
    within(Math.max(0, GATHER_MILLIS - sinceThen), jobs);
  }

  private void within(long millis, Collection<JobKey> jobs) {
    jobs.forEach(job -> due.put(job, millis));
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
        List<JobKey> jobs = due.take(MOST_DUE, wait);
        if (!jobs.isEmpty()) {
          reported = System.nanoTime();
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
