package io.muster.bulkingest.hr.intake;

import io.muster.bulkingest.job.OutageWait;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Takes HR's events in, a batch at a time. */
@ApplicationScoped
public class HrEventConsumer {
  private final TakingEvents taking;
  private final OutageWait outage;

  HrEventConsumer(TakingEvents taking, OutageWait outage) {
    this.taking = taking;
    this.outage = outage;
  }

  @Incoming("hr-events")
  @Blocking
  void consume(ConsumerRecords<byte[], byte[]> batch) {
    outage.untilItWorks("events of HR", () -> taking.take(batch));
  }
}
