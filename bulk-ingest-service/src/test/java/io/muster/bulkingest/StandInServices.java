package io.muster.bulkingest;

import io.muster.chassis.wire.Records;
import io.muster.chassis.wire.UnreadableMessage;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.job.JobProgress;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.contracts.topic.Headers;
import io.muster.contracts.topic.Topics;
import io.muster.localstack.testing.TestPlatform;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Answers commands in place of user-service and license-service, and counts in place of the
 * gateway, for the jobs that a test tells it to; of all others it only remembers the commands.
 */
public final class StandInServices implements AutoCloseable {
  private static final Predicate<UserCommand> NOT_YET = command -> false;

  /** The next command of each partition that no stand-in of this run has answered. */
  private static final Map<TopicPartition, Long> LEFT_OFF = new ConcurrentHashMap<>();

  private final TestPlatform platform = TestPlatform.shared();
  private final Map<UUID, Seen> jobs = new ConcurrentHashMap<>();
  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(
          new HashMap<>(platform.kafkaClient("broker")),
          new StringSerializer(),
          new ByteArraySerializer());
  private final KafkaConsumer<String, byte[]> consumer =
      new KafkaConsumer<>(consumerConfig(), new StringDeserializer(), new ByteArrayDeserializer());
  private final Thread thread = new Thread(this::run, "stand-in-services");
  private volatile boolean stopping;

  /** What came for a job, and what became of it. */
  private static final class Seen {
    private final List<UserCommand> commands = new ArrayList<>();
    private final List<byte[]> slices = new ArrayList<>();
    private final Set<Long> succeeded = new HashSet<>();
    private final Set<Long> failed = new HashSet<>();
    private int answered;
    private int told;
    private boolean answers;
    private Predicate<UserCommand> succeeds = NOT_YET;
  }

  /**
   * Goes on where the one before it left off. All that came before that is answered, and too much
   * to be kept by every test class again: a whole run sends hundreds of thousands of commands.
   */
  public StandInServices() {
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.USER_COMMANDS.name()).stream()
            .map(each -> new TopicPartition(each.topic(), each.partition()))
            .toList();
    consumer.assign(partitions);
    partitions.forEach(each -> consumer.seek(each, LEFT_OFF.getOrDefault(each, 0L)));
    thread.setDaemon(true);
    thread.start();
  }

  /** From now on every command of that job comes back; those before as well. */
  public void answer(UUID job, Predicate<UserCommand> succeeds) {
    Seen seen = seen(job);
    synchronized (seen) {
      seen.succeeds = succeeds;
      seen.answers = true;
    }
  }

  /** From now on nothing comes back, until it is told to answer again. */
  public void hold(UUID job) {
    Seen seen = seen(job);
    synchronized (seen) {
      seen.answers = false;
    }
  }

  /** What came so far is lost. */
  public void forget(UUID job) {
    Seen seen = seen(job);
    synchronized (seen) {
      seen.commands.clear();
      seen.slices.clear();
      seen.answered = 0;
    }
  }

  /** All that came for a job so far, repeats included. */
  public List<UserCommand> commands(UUID job) {
    Seen seen = seen(job);
    synchronized (seen) {
      return List.copyOf(seen.commands);
    }
  }

  /** Rows of a job that came so far. */
  public Set<Long> rows(UUID job) {
    Set<Long> rows = new HashSet<>();
    commands(job).forEach(command -> rows.add(command.row()));
    return rows;
  }

  /** Rows of a job that came back so far. */
  public int answered(UUID job) {
    Seen seen = seen(job);
    synchronized (seen) {
      return seen.succeeded.size() + seen.failed.size();
    }
  }

  private Seen seen(UUID job) {
    return jobs.computeIfAbsent(job, id -> new Seen());
  }

  private void run() {
    try (consumer) {
      boolean last = false;
      while (!last) {
        last = stopping;
        for (ConsumerRecord<String, byte[]> each : consumer.poll(Duration.ofMillis(50))) {
          remember(each);
        }
        jobs.forEach(this::answerWhatIsDue);
      }
      consumer.assignment().forEach(each -> LEFT_OFF.put(each, consumer.position(each)));
    }
  }

  private Map<String, Object> consumerConfig() {
    Map<String, Object> config = new HashMap<>(platform.kafkaClient("broker"));
    // Also from the start of a topic that was deleted and made anew.
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return config;
  }

  private void remember(ConsumerRecord<String, byte[]> each) {
    try {
      UserCommand command = Wire.of(Topics.USER_COMMANDS).decode(each.value());
      Seen seen = seen(command.jobId());
      synchronized (seen) {
        seen.commands.add(command);
        seen.slices.add(Records.header(each.headers(), Headers.SLICE));
      }
    } catch (UnreadableMessage e) {
      throw new AssertionError("a command can't be read", e);
    }
  }

  private void answerWhatIsDue(UUID job, Seen seen) {
    synchronized (seen) {
      if (!seen.answers) {
        return;
      }
      Map<List<Object>, TreeMap<Long, UserCommand>> together = new LinkedHashMap<>();
      for (; seen.answered < seen.commands.size(); seen.answered++) {
        UserCommand command = seen.commands.get(seen.answered);
        byte[] slice = seen.slices.get(seen.answered);
        for (Part part : command.parts()) {
          boolean refused = part == Part.USER && !seen.succeeds.test(command);
          if (refused || slice == null) {
            var unused = producer.send(result(command, part, slice, refused, List.of()));
          } else {
            together
                .computeIfAbsent(
                    List.of(part, ByteBuffer.wrap(slice), Topics.chunkOf(command.row())),
                    alike -> new TreeMap<>())
                .put(command.row(), command);
          }
        }
        if (!seen.succeeded.contains(command.row()) && !seen.failed.contains(command.row())) {
          (seen.succeeds.test(command) ? seen.succeeded : seen.failed).add(command.row());
        }
      }
      together.forEach(
          (alike, rows) -> {
            byte[] slice = ((ByteBuffer) alike.get(1)).array();
            var unused =
                producer.send(
                    result(
                        rows.firstEntry().getValue(),
                        (Part) alike.get(0),
                        slice,
                        false,
                        List.copyOf(rows.keySet())));
          });
      int ended = seen.succeeded.size() + seen.failed.size();
      if (ended > seen.told) {
        seen.told = ended;
        var unusedToo =
            producer.send(
                new ProducerRecord<>(
                    Topics.JOB_PROGRESS.name(),
                    job.toString(),
                    Wire.of(Topics.JOB_PROGRESS)
                        .encode(
                            new JobProgress(
                                seen.commands.get(0).tenant(),
                                job,
                                seen.succeeded.size(),
                                seen.failed.size()))));
      }
    }
  }

  /**
   * @param rows that are told of together, as the services do
   */
  private static ProducerRecord<String, byte[]> result(
      UserCommand command, Part part, byte[] slice, boolean refused, List<Long> rows) {
    boolean many = rows.size() > 1;
    String id =
        many
            ? Records.resultId(command.jobId(), command.row(), rows.get(rows.size() - 1), part)
            : Records.resultId(command.jobId(), command.row(), part);
    var headers = new Records("stand-in", "row-result").headers(id, slice);
    if (many) {
      headers.add(Headers.ROWS, Integer.toString(rows.size()).getBytes(StandardCharsets.US_ASCII));
    }
    headers.add(Headers.OUTCOME, (refused ? "R" : "A").getBytes(StandardCharsets.US_ASCII));
    return new ProducerRecord<>(
        Topics.ROW_RESULTS.name(),
        null,
        command.jobId().toString(),
        Wire.of(Topics.ROW_RESULTS)
            .encode(
                new RowResult(
                    command.tenant(),
                    command.jobId(),
                    command.row(),
                    part,
                    refused ? PartOutcome.REJECTED : PartOutcome.APPLIED,
                    refused ? RowCode.USER_NOT_FOUND : null,
                    refused ? "There is no such user." : null,
                    command.parts(),
                    many ? rows : null)),
        headers);
  }

  /**
   * Whatever nobody answered is answered now: it would be sent again and again, in the others' way.
   */
  @Override
  public void close() throws InterruptedException {
    jobs.keySet().forEach(job -> answer(job, command -> true));
    stopping = true;
    thread.join();
    producer.close();
  }
}
