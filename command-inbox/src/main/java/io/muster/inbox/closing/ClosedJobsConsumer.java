package io.muster.inbox.closing;

import io.muster.chassis.wire.UnreadableMessage;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.job.JobEvent;
import io.muster.contracts.topic.Topics;
import io.muster.inbox.database.JobDay;
import io.muster.inbox.database.Retries;
import io.muster.inbox.watch.IntakeWatch;
import io.muster.inbox.watch.IntakeWatch.Watched;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Hears from bulk-ingest-service which jobs were closed. What can't be read is the gateway's to put
 * down; here it leaves a job open for ever, which loses nothing.
 */
@ApplicationScoped
class ClosedJobsConsumer {
  private static final Logger LOG = Logger.getLogger(ClosedJobsConsumer.class);
  private static final Wire<JobEvent> WIRE = Wire.of(Topics.JOB_EVENTS);

  private final ClosedJobs closed;
  private final IntakeWatch watch;

  ClosedJobsConsumer(ClosedJobs closed, IntakeWatch watch) {
    this.closed = closed;
    this.watch = watch;
  }

  @Incoming("closed-jobs")
  @Blocking
  void consume(ConsumerRecords<byte[], byte[]> poll) {
    List<UUID> jobs = closedIn(poll);
    try (Watched watched = watch.begin()) {
      while (true) {
        try {
          closed.remember(jobs);
          return;
        } catch (RuntimeException e) {
          LOG.warnf("closed jobs wait for the database, SQLSTATE %s", Retries.sqlState(e));
          watched.waitOut(e);
        }
      }
    }
  }

  private static List<UUID> closedIn(ConsumerRecords<byte[], byte[]> poll) {
    List<UUID> jobs = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : poll) {
      try {
        JobEvent event = WIRE.decode(record.value());
        boolean isClosed = event.type() == JobEvent.Type.CLOSED || event.job().closedAt() != null;
        if (isClosed && JobDay.isJobId(event.job().id())) {
          jobs.add(event.job().id());
        }
      } catch (UnreadableMessage e) {
        LOG.warnf(
            "job event can't be read: %s partition=%d offset=%d",
            e.getMessage(), record.partition(), record.offset());
      }
    }
    return jobs;
  }
}
