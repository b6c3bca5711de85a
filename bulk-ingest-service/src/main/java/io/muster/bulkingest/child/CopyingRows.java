package io.muster.bulkingest.child;

import io.muster.bulkingest.spool.SpoolWriter;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.spool.UploadStore;
import io.muster.bulkingest.upload.UploadLimits;
import io.muster.contracts.command.Operation;
import io.muster.contracts.result.RowCode;
import io.muster.sealing.Keysets;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/**
 * Writes a child's spool out of its parent's rows, row by row, numbered from 1. Passwords go over
 * as they were sealed: nobody here could open them.
 */
@ApplicationScoped
class CopyingRows {
  private final UploadStore store;
  private final Keysets keysets;
  private final UploadLimits limits;

  CopyingRows(UploadStore store, Keysets keysets, UploadLimits limits) {
    this.store = store;
    this.keysets = keysets;
    this.limits = limits;
  }

  /**
   * What a child's spool holds.
   *
   * @param commands that its accepted rows ask of all services
   * @param toHash passwords among them that have to be hashed
   * @param holdsSecrets whether a row has a password or the hash of one
   */
  record Copied(
      long total,
      Map<RowCode, Long> refused,
      Map<Operation, Long> operations,
      long commands,
      long toHash,
      boolean holdsSecrets) {}

  /** Chooses the parent's rows and what becomes of them. */
  @FunctionalInterface
  interface Choice {
    /**
     * @param child takes rows with the numbers 1, 2, 3 and so on
     */
    void choose(ParentRows parent, Child child) throws IOException;
  }

  /** Makes a row of the child out of one of the parent. */
  @FunctionalInterface
  interface Becoming {
    SpooledRow become(SpooledRow parentRow, long childRow);
  }

  /** A child's spool that is being written. One thread. */
  static final class Child {
    private final SpoolWriter writer;
    private final Map<Operation, Long> operations = new EnumMap<>(Operation.class);
    private long total;
    private long commands;
    private long toHash;
    private boolean holdsSecrets;

    private Child(SpoolWriter writer) {
      this.writer = writer;
    }

    /** Takes the parent's rows as what they become here. */
    ParentRows.Sink taking(Becoming becoming) {
      return parentRow -> {
        SpooledRow row = becoming.become(parentRow, ++total);
        if (row.operation() != null) {
          operations.merge(row.operation(), 1L, Long::sum);
        }
        if (!row.isRefused()) {
          commands += row.parts().size();
          toHash += row.sealedPassword() == null || row.passwordIsHash() ? 0 : 1;
          holdsSecrets |= row.sealedPassword() != null;
        }
        writer.write(row);
      };
    }
  }

  /**
   * Copies and returns when the child's spool is on the disk. Until a job is admitted for it, it is
   * the caller's to discard; a crash leaves it to the sweep at the next start.
   *
   * @throws IOException nothing is left then
   */
  Copied copy(ParentRows parent, String tenant, UUID childId, Choice choice) throws IOException {
    try (UploadStore.Draft draft = store.draft(childId)) {
      Copied copied;
      try (SpoolWriter writer =
          new SpoolWriter(draft, keysets, tenant, childId, limits.sortBytes())) {
        Child child = new Child(writer);
        choice.choose(parent, child);
        copied =
            new Copied(
                child.total,
                writer.finish(),
                child.operations,
                child.commands,
                child.toHash,
                child.holdsSecrets);
      }
      draft.keep();
      return copied;
    }
  }
}
