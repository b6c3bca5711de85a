package io.muster.gateway.track;

import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.TenantId;
import io.muster.contracts.job.JobEvent;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.topic.Topics;
import io.muster.gateway.track.job.RememberingJobs;
import io.muster.gateway.track.watch.BatchWatch;
import io.muster.gateway.track.watch.DeadLetters;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** What bulk-ingest-service tells of its jobs becomes the gateway's view of them. */
@ApplicationScoped
class JobEventsConsumer {
  private static final Wire<JobEvent> WIRE = Wire.of(Topics.JOB_EVENTS);

  private final RememberingJobs remembering;
  private final AwaitedJobs awaited;
  private final DeadLetters deadLetters;
  private final BatchWatch watch;

  JobEventsConsumer(
      RememberingJobs remembering, AwaitedJobs awaited, DeadLetters deadLetters, BatchWatch watch) {
    this.remembering = remembering;
    this.awaited = awaited;
    this.deadLetters = deadLetters;
    this.watch = watch;
  }

  @Incoming("job-events")
  @Blocking
  void consume(ConsumerRecords<byte[], byte[]> poll) {
    List<JobSnapshot> jobs =
        Heard.read(
                poll,
                WIRE,
                event -> TenantId.isOne(event.job().tenant()) ? null : "NO_TENANT_ID",
                deadLetters)
            .stream()
            .map(JobEvent::job)
            .toList();
    if (jobs.isEmpty()) {
      return;
    }
    awaited.moved(watch.untilDone("batch of job events", () -> remembering.remember(jobs)));
  }
}
