package io.muster.benchmarks.loop;

import io.muster.chassis.wire.UnreadableMessage;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowResult;
import io.muster.contracts.topic.Topics;
import java.io.IOException;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** JSON of a command of an {@code add} file, and of a result. */
@State(Scope.Benchmark)
public class JsonLoop {
  private final Wire<UserCommand> commands = Wire.of(Topics.USER_COMMANDS);
  private final Wire<RowResult> results = Wire.of(Topics.ROW_RESULTS);
  private UserCommand command;
  private byte[] commandBytes;
  private RowResult result;
  private byte[] resultBytes;

  /** Takes a row in the middle of a file. */
  @Setup
  public void prepare() throws IOException {
    command =
        new ReadingRows(Operation.ADD).commands(Samples.file(Operation.ADD, 100, false)).get(49);
    commandBytes = commands.encode(command);
    result =
        new RowResult(
            Samples.TENANT,
            Samples.JOB,
            123_456,
            Part.USER,
            PartOutcome.APPLIED,
            null,
            null,
            Set.of(Part.USER, Part.LICENSE));
    resultBytes = results.encode(result);
  }

  /** As the dispatcher sends it. */
  @Benchmark
  public byte[] encodeCommand() {
    return commands.encode(command);
  }

  /** As user-service reads it. */
  @Benchmark
  public UserCommand decodeCommand() throws UnreadableMessage {
    return commands.decode(commandBytes);
  }

  /** As a service reports it. */
  @Benchmark
  public byte[] encodeResult() {
    return results.encode(result);
  }

  /** As the gateway counts it. */
  @Benchmark
  public RowResult decodeResult() throws UnreadableMessage {
    return results.decode(resultBytes);
  }
}
