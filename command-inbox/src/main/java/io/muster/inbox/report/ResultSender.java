package io.muster.inbox.report;

import io.muster.chassis.wire.Records;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.Part;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.contracts.topic.Topics;
import io.muster.inbox.Answer;
import io.muster.inbox.CommandType;
import io.muster.inbox.Following;
import io.muster.inbox.Outcome;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/**
 * Sends outcomes to {@link Topics#ROW_RESULTS}, what follows from them to other services, and what
 * the tenants' other systems are told to {@link Topics#ACCOUNT_EVENTS}, all of a batch before the
 * one wait for the broker. Thread-safe.
 */
@ApplicationScoped
public class ResultSender {
  static final String CHANNEL = "row-results";

  private static final Map<PartOutcome, byte[]> OUTCOMES = new EnumMap<>(PartOutcome.class);

  static {
    for (PartOutcome outcome : PartOutcome.values()) {
      OUTCOMES.put(outcome, outcome.name().substring(0, 1).getBytes(StandardCharsets.US_ASCII));
    }
  }

  private final Wire<RowResult> wire = Wire.of(Topics.ROW_RESULTS);
  private final KafkaClientService clients;
  private final AnnouncingChanges announcing;
  private final Records records;
  private final Map<String, Records> commands = new ConcurrentHashMap<>();
  private final String service;

  /**
   * @param wiresTheChannel makes the channel's producer, with the settings that are checked at
   *     start-up. It isn't sent through: a message object and a hop between threads per row cost
   *     more than the row
   */
  ResultSender(
      KafkaClientService clients,
      AnnouncingChanges announcing,
      @ConfigProperty(name = "quarkus.application.name") String service,
      @Channel(CHANNEL) Emitter<byte[]> wiresTheChannel) {
    this.clients = clients;
    this.announcing = announcing;
    this.records = new Records(service, "row-result");
    this.service = service;
  }

  /**
   * Returns when the broker has acknowledged all of them.
   *
   * @throws org.apache.kafka.common.KafkaException when one wasn't acknowledged; any number of them
   *     may have been, and they are all to be sent again
   */
  public <C> void send(CommandType<C> type, List<Answer<C>> answers) {
    if (answers.isEmpty()) {
      return;
    }
    Producer<String, byte[]> producer = clients.<String, byte[]>getProducer(CHANNEL).unwrap();
    Acknowledgements acknowledgements = new Acknowledgements();
    ResultRuns runs = new ResultRuns();
    for (Answer<C> answer : answers) {
      if (acknowledgements.failed()) {
        break; // a topic that isn't there costs a minute for each record
      }
      for (RowResult result : results(type, answer)) {
        if (ResultRuns.canJoin(result)) {
          runs.add(result, answer.slice());
        } else {
          var unused = producer.send(record(result, answer.slice()), acknowledgements);
        }
      }
      for (Following<?> following : type.following(answer.command(), answer.outcome())) {
        var unusedToo = producer.send(record(following, answer.slice()), acknowledgements);
      }
      for (ProducerRecord<String, byte[]> event : announcing.of(type, answer)) {
        var unusedAsWell = producer.send(event, acknowledgements);
      }
    }
    for (ResultRuns.Echoed run : runs.all()) {
      if (acknowledgements.failed()) {
        break;
      }
      var unused = producer.send(record(run.result(), run.slice()), acknowledgements);
    }
    producer.flush();
    acknowledgements.check();
  }

  /** Of the part that was done here, and of those that no other service will tell of. */
  private static <C> List<RowResult> results(CommandType<C> type, Answer<C> answer) {
    C command = answer.command();
    Outcome outcome = answer.outcome();
    Set<Part> skipped = type.skipped(command, outcome);
    RowResult own =
        result(type, command, type.part(), outcome.part(), outcome.code(), outcome.detail());
    if (skipped.isEmpty()) {
      return List.of(own);
    }
    List<RowResult> results = new ArrayList<>(1 + skipped.size());
    results.add(own);
    for (Part part : skipped) {
      results.add(result(type, command, part, PartOutcome.SKIPPED, null, null));
    }
    return results;
  }

  private static <C> RowResult result(
      CommandType<C> type, C command, Part part, PartOutcome outcome, RowCode code, String detail) {
    CommandId id = type.id(command);
    return new RowResult(
        type.tenant(command),
        id.jobId(),
        id.row(),
        part,
        outcome,
        code,
        detail,
        type.parts(command));
  }

  private ProducerRecord<String, byte[]> record(RowResult result, byte[] slice) {
    List<Long> rows = result.allRows();
    Headers headers = records.headers(idOf(result), slice);
    headers.add(io.muster.contracts.topic.Headers.OUTCOME, OUTCOMES.get(result.outcome()));
    if (rows.size() > 1) {
      headers.add(
          io.muster.contracts.topic.Headers.ROWS,
          Integer.toString(rows.size()).getBytes(StandardCharsets.US_ASCII));
    }
    return new ProducerRecord<>(
        Topics.ROW_RESULTS.name(),
        null,
        Topics.resultKey(result.jobId(), result.row()),
        wire.encode(result),
        headers);
  }

  private static String idOf(RowResult result) {
    List<Long> rows = result.allRows();
    return rows.size() == 1
        ? Records.resultId(result.jobId(), result.row(), result.part())
        : Records.resultId(result.jobId(), result.row(), rows.get(rows.size() - 1), result.part());
  }

  private <V> ProducerRecord<String, byte[]> record(Following<V> following, byte[] slice) {
    CommandId id = following.id();
    return new ProducerRecord<>(
        following.topic().name(),
        null,
        following.key(),
        Wire.of(following.topic()).encode(following.command()),
        commands
            .computeIfAbsent(following.topic().name(), topic -> new Records(service, word(topic)))
            .headers(Records.commandId(id.jobId(), id.row()), slice));
  }

  /** What a topic's messages are called: {@code user-command} on {@code muster.user-commands}. */
  private static String word(String topic) {
    return topic.substring(topic.indexOf('.') + 1, topic.length() - 1);
  }
}
