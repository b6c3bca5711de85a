package io.muster.bulkingest.spool;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;

/** Uploads as folders of files: {@code DIR/<job>/<part>}. */
public final class FileUploadStore implements UploadStore {
  private FileUploadStore() {}

  /**
   * Takes a directory for this process alone and sweeps what a crash left half done.
   *
   * @throws IOException when another process has it
   */
  public static FileUploadStore at(Path directory) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public Draft draft(UUID jobId) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public SeekableByteChannel part(UUID jobId, String name) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void discard(UUID jobId) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<UUID> kept() throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() throws IOException {
    throw new UnsupportedOperationException();
  }
}
