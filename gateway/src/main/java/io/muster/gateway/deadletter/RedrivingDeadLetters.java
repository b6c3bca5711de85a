package io.muster.gateway.deadletter;

import io.muster.chassis.problem.RequestRefused;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.job.RequestCode;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Sends a record again that could not be read, as it was, to the partition that it was in: whoever
 * understands it now does it, by the same rules against doing things twice. Once for each letter;
 * what still can't be read is a new letter.
 */
@ApplicationScoped
class RedrivingDeadLetters {
  private static final String MARK =
      """
      UPDATE dead_letter SET redriven_at = ?, redriven_by = ?
       WHERE tenant_id = ? AND id = ? AND redriven_at IS NULL
      """;

  private static final long PATIENCE_SECONDS = 10;

  private final SourceRecords sources;
  private final DataSource dataSource;
  private final TenantScope tenants;
  private final KafkaClientService clients;
  private final Clock clock;

  RedrivingDeadLetters(
      SourceRecords sources,
      DataSource dataSource,
      TenantScope tenants,
      KafkaClientService clients,
      Clock clock) {
    this.sources = sources;
    this.dataSource = dataSource;
    this.tenants = tenants;
    this.clients = clients;
    this.clock = clock;
  }

  /**
   * Returns when the broker has it. The mark is committed after that: a crash between the two
   * leaves the letter to be sent once more, never a mark without a record.
   *
   * @param by the caller's subject
   * @return the letter as it is then
   * @throws RequestRefused when it was re-driven before or its topic has forgotten the record
   */
  @Transactional(rollbackOn = Exception.class)
  DeadLetter redrive(DeadLetter letter, String by) throws SQLException {
    Instant now = clock.instant();
    tenants.enter(letter.tenant());
    try (Connection connection = dataSource.getConnection();
        PreparedStatement mark = connection.prepareStatement(MARK)) {
      mark.setObject(1, OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
      mark.setString(2, by);
      mark.setString(3, letter.tenant());
      mark.setObject(4, letter.id());
      if (mark.executeUpdate() == 0) {
        throw RequestRefused.because(
            RequestCode.WRONG_STATE,
            "This letter was re-driven before. If its record still can't be read, there is a new"
                + " letter for it.");
      }
    }
    send(letter.place());
    return new DeadLetter(
        letter.tenant(),
        letter.id(),
        letter.place(),
        letter.reason(),
        letter.putBy(),
        letter.putAt(),
        now);
  }

  private void send(Place place) {
    ConsumerRecord<byte[], byte[]> record = sources.read(List.of(place)).get(place);
    if (record == null) {
      throw RequestRefused.because(
          RequestCode.WRONG_STATE,
          "The topic doesn't keep this record any more: it has to be sent anew by whoever sent it.");
    }
    Producer<byte[], byte[]> producer =
        clients.<byte[], byte[]>getProducer("dead-letters").unwrap();
    try {
      producer
          .send(
              new ProducerRecord<>(
                  record.topic(),
                  record.partition(),
                  null,
                  record.key(),
                  record.value(),
                  record.headers()))
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while a record was sent again", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("a record could not be sent again", e);
    }
  }
}
