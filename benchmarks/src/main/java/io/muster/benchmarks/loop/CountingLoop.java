package io.muster.benchmarks.loop;

import io.muster.contracts.command.Part;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.topic.Topics;
import io.muster.gateway.track.row.ChunkPlanes;
import io.muster.gateway.track.row.PartsOfARow;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The gateway's bits, and what every key is made by. */
@State(Scope.Benchmark)
public class CountingLoop {
  private static final int ROWS = Topics.ROWS_PER_RESULT_KEY;
  private static final Set<Part> PARTS = Set.of(Part.USER, Part.LICENSE);

  /** Not a constant, so that nothing is worked out ahead. */
  private String plainName = "Chris.Green1234@Contoso.com";

  private String accentedName = "Bj\u00f6rn.S\u00f8rensen1234@Contoso.com";

  /** A result of either part for each row of a chunk, from the stored planes to those to store. */
  @Benchmark
  @OperationsPerInvocation(2 * ROWS)
  public byte[][] countResult() {
    ChunkPlanes planes = ChunkPlanes.empty();
    for (Part part : Part.values()) {
      if (part != Part.FILE) {
        for (int row = 0; row < ROWS; row++) {
          PartsOfARow before = planes.row(row);
          planes.put(row, before.heard(part, PartOutcome.APPLIED, PARTS));
        }
      }
    }
    return planes.planes();
  }

  /** ASCII alone. */
  @Benchmark
  public String keyOfPlainName() {
    return UserPrincipalName.keyOf(plainName);
  }

  /** Letters beyond ASCII, composed already. */
  @Benchmark
  public String keyOfAccentedName() {
    return UserPrincipalName.keyOf(accentedName);
  }
}
