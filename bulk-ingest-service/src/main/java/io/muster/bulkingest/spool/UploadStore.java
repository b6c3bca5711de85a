package io.muster.bulkingest.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Set;
import java.util.UUID;

/**
 * Where uploads are kept, as named parts that are sealed before they come here: files now, S3
 * later. Thread-safe; a draft belongs to one thread.
 *
 * <p>A store that several instances can't share refuses the second one.
 */
public interface UploadStore extends Closeable {
  /**
   * Begins a new upload. Until it is kept nobody sees it, and a crash leaves nothing of it.
   *
   * @throws IOException also when there is an upload of that job already
   */
  Draft draft(UUID jobId) throws IOException;

  /**
   * Opens a part of a kept upload.
   *
   * @throws java.nio.file.NoSuchFileException when there is no such upload or part
   */
  SeekableByteChannel part(UUID jobId, String name) throws IOException;

  /** Removes an upload; nothing happens when there is none. */
  void discard(UUID jobId) throws IOException;

  /**
   * How many bytes an upload takes.
   *
   * @throws java.nio.file.NoSuchFileException when there is no such upload
   */
  long bytes(UUID jobId) throws IOException;

  /** The same for all instances that see the same uploads, at any time, and for nobody else. */
  String id();

  /** The jobs whose uploads are kept. */
  Set<UUID> kept() throws IOException;

  /**
   * Those of them that no other instance that runs has kept, for finding those that no job was
   * admitted for: what another one has just kept may be about to have its job.
   */
  Set<UUID> withoutKeeper() throws IOException;

  /** An upload that is still coming in. */
  interface Draft extends Closeable {
    /** A new part, written once from start to end. */
    WritableByteChannel write(String name) throws IOException;

    /** A part that was written and closed. */
    SeekableByteChannel read(String name) throws IOException;

    /** Removes a part that was needed for a while only. */
    void remove(String name) throws IOException;

    /** Makes the upload last: whatever crashes from here on, it is there. */
    void keep() throws IOException;

    /** Removes everything unless it was kept. */
    @Override
    void close() throws IOException;
  }
}
