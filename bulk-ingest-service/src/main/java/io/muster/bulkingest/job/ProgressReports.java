package io.muster.bulkingest.job;

import io.muster.chassis.wire.UnreadableMessage;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.job.JobProgress;
import io.muster.contracts.topic.Topics;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Takes the gateway's counts in: of each job the newest of a batch. */
@ApplicationScoped
public class ProgressReports {
  private static final Logger LOG = Logger.getLogger(ProgressReports.class);

  private final Wire<JobProgress> wire = Wire.of(Topics.JOB_PROGRESS);
  private final EndingJobs ending;
  private final OutageWait outage;

  ProgressReports(EndingJobs ending, OutageWait outage) {
    this.ending = ending;
    this.outage = outage;
  }

  @Incoming("job-progress")
  @Blocking
  void consume(ConsumerRecords<String, byte[]> batch) {
    Collection<JobProgress> newest = newestPerJob(batch);
    outage.untilItWorks("job progress", () -> ending.progressed(newest));
  }

  private Collection<JobProgress> newestPerJob(ConsumerRecords<String, byte[]> batch) {
    Map<UUID, JobProgress> newest = new LinkedHashMap<>();
    for (ConsumerRecord<String, byte[]> each : batch) {
      try {
        JobProgress progress = wire.decode(each.value());
        newest.merge(
            progress.jobId(), progress, (old, now) -> now.ended() >= old.ended() ? now : old);
      } catch (UnreadableMessage e) {
        // The gateway repeats its counts every second: nothing is lost with one of them.
        LOG.errorf(
            "unreadable progress, topic=%s partition=%d offset=%d: %s",
            each.topic(), each.partition(), each.offset(), e.getMessage());
      }
    }
    return newest.values();
  }
}
