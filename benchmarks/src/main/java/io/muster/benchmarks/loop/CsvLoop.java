package io.muster.benchmarks.loop;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A row of an {@code add} file: from bytes to fields, and from bytes to a command. */
@State(Scope.Benchmark)
public class CsvLoop {
  static final int ROWS = 2_000;

  private final ReadingRows reading = new ReadingRows(Operation.ADD);
  private byte[] file;

  /** Makes the file. */
  @Setup
  public void makeFile() {
    file = Samples.file(Operation.ADD, ROWS, false);
  }

  /** Decoding and splitting alone. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int splitRow() throws IOException {
    return reading.split(file);
  }

  /** Decoding, splitting, rules, command. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public List<UserCommand> rowToCommand() throws IOException {
    return reading.commands(file);
  }
}
