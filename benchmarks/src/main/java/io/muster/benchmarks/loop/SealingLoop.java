package io.muster.benchmarks.loop;

import io.muster.benchmarks.limit.postgresql.Folders;
import io.muster.bulkingest.spool.SpoolWriter;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.contracts.command.Operation;
import io.muster.sealing.Keysets;
import io.muster.sealing.Secret;
import io.muster.sealing.password.PasswordEpochs;
import io.muster.sealing.password.PasswordOpener;
import io.muster.sealing.password.PasswordSealer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Sealing: a given password for user-service, and a row for the spool. */
@State(Scope.Benchmark)
public class SealingLoop {
  private static final String USER = "person@contoso.com";
  private static final String PASSWORD = "correct horse 7 battery";

  private final Keysets keysets = Keysets.inMemory();
  private final int sortBytes = Samples.limits().sortBytes();
  private Path privateKeys;
  private Path publicKeys;
  private PasswordSealer sealer;
  private PasswordOpener opener;
  private String sealed;
  private List<SpooledRow> rows;

  /** Makes keys and rows. */
  @Setup
  public void prepare() throws IOException {
    privateKeys = Folders.temporary("muster-loop-private-");
    publicKeys = Folders.temporary("muster-loop-public-");
    new PasswordEpochs(privateKeys, publicKeys, Clock.systemUTC()).ensure();
    sealer = PasswordSealer.open(publicKeys, Samples.TENANT, Clock.systemUTC());
    opener = new PasswordOpener(privateKeys);
    sealed = sealer.seal(USER, Secret.of(PASSWORD));
    rows = new ReadingRows(Operation.ADD).rows(Samples.file(Operation.ADD, CsvLoop.ROWS, false));
  }

  /** Removes the keys. */
  @TearDown
  public void removeKeys() throws IOException {
    for (Path folder : List.of(privateKeys, publicKeys)) {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  /** One password, with its part of a data key for a thousand. */
  @Benchmark
  public String sealPassword() {
    return sealer.seal(USER, Secret.of(PASSWORD));
  }

  /** One password, its data key known. */
  @Benchmark
  public Secret openPassword() throws Exception {
    return opener.open(Samples.TENANT, USER, sealed);
  }

  /** One row encoded, sealed and looked at for duplicates. */
  @Benchmark
  @OperationsPerInvocation(CsvLoop.ROWS)
  public Map<?, ?> spoolRow() throws IOException {
    try (MemoryDraft draft = new MemoryDraft();
        SpoolWriter writer =
            new SpoolWriter(draft, keysets, Samples.TENANT, Samples.JOB, sortBytes)) {
      for (SpooledRow row : rows) {
        writer.write(row);
      }
      return writer.finish();
    }
  }
}
