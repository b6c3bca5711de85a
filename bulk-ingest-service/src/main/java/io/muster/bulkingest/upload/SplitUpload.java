package io.muster.bulkingest.upload;

import io.muster.bulkingest.spool.UploadStore;
import io.muster.contracts.command.Operation;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.result.RowCode;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * An upload that was read to its end: every row is known and validated. It must be made {@link
 * #durable()} or it vanishes with {@link #close()}.
 */
public final class SplitUpload implements Closeable {
  private final long total;
  private final long commands;
  private final long givenPasswords;
  private final boolean holdsSecrets;
  private final Map<RowCode, Long> refused;
  private final Map<Operation, Long> operations;
  private final JobSnapshot.UploadedFile file;
  private final List<JobSnapshot.Notice> notices;
  private final UploadStore.Draft draft;

  SplitUpload(
      long total,
      long commands,
      long givenPasswords,
      boolean holdsSecrets,
      Map<RowCode, Long> refused,
      Map<Operation, Long> operations,
      JobSnapshot.UploadedFile file,
      List<JobSnapshot.Notice> notices,
      UploadStore.Draft draft) {
    this.total = total;
    this.commands = commands;
    this.givenPasswords = givenPasswords;
    this.holdsSecrets = holdsSecrets;
    this.refused = Map.copyOf(refused);
    this.operations = Map.copyOf(operations);
    this.file = file;
    this.notices = List.copyOf(notices);
    this.draft = draft;
  }

  /** Data rows, refused ones included. */
  public long total() {
    return total;
  }

  /** What the accepted rows ask of all services, duplicates among them. */
  public long commands() {
    return commands;
  }

  /** Rows with a password to be hashed, duplicates among them. */
  public long givenPasswords() {
    return givenPasswords;
  }

  /** Whether a row has a password, or the hash of one, that is kept sealed for a while only. */
  public boolean holdsSecrets() {
    return holdsSecrets;
  }

  /** Rows refused at the door, by code, duplicates included; codes without rows are left out. */
  public Map<RowCode, Long> refused() {
    return refused;
  }

  /** Rows by operation, refused ones included where their operation is known. */
  public Map<Operation, Long> operations() {
    return operations;
  }

  /** What was recognised. */
  public JobSnapshot.UploadedFile file() {
    return file;
  }

  /** Never null. */
  public List<JobSnapshot.Notice> notices() {
    return notices;
  }

  /** Returns when files and folder are on the disk: from then on a crash loses nothing. */
  public void durable() throws IOException {
    draft.keep();
  }

  /** Removes the spool unless it was made durable. */
  @Override
  public void close() throws IOException {
    draft.close();
  }
}
