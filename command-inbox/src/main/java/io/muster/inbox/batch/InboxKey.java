package io.muster.inbox.batch;

import java.util.Comparator;
import java.util.Objects;
import java.util.UUID;

/**
 * Under which an outcome is kept.
 *
 * @param jobId a UUIDv7
 * @param kind of what is kept
 */
public record InboxKey(String tenant, UUID jobId, long row, Kind kind) {
  /** The table's primary key, so that two consumers write in one order. */
  public static final Comparator<InboxKey> ORDER =
      Comparator.comparing(InboxKey::tenant)
          .thenComparing(InboxKey::jobId)
          .thenComparingLong(InboxKey::row)
          .thenComparing(InboxKey::kind);

  public InboxKey {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(jobId, "jobId");
    Objects.requireNonNull(kind, "kind");
  }

  /** What is kept: the command's own outcome, or that of its undo. */
  public enum Kind {
    COMMAND("C"),
    UNDO("U");

    private final String letter;

    Kind(String letter) {
      this.letter = letter;
    }

    public String letter() {
      return letter;
    }

    public static Kind of(String letter) {
      return "U".equals(letter) ? UNDO : COMMAND;
    }
  }

  public boolean isUndo() {
    return kind == Kind.UNDO;
  }

  /** Where this command's undo would have left its tombstone. */
  public InboxKey tombstone() {
    return new InboxKey(tenant, jobId, row, Kind.UNDO);
  }

  /** The command that this undo undoes; a command's own key for itself. */
  public InboxKey undone() {
    return new InboxKey(tenant, jobId, row, Kind.COMMAND);
  }
}
