package io.muster.bulkingest.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * A store that takes nothing more when too little room would be left: a full disk stops everything
 * that stands on it, not this upload alone. Looked at when an upload begins, and again as it grows.
 */
public final class KeepingSpaceFree implements UploadStore {
  /** Written between two looks: a look is a system call, and a second's uploads fill no disk. */
  private static final long BYTES_BETWEEN_LOOKS = 16L << 20;

  private static final Logger LOG = Logger.getLogger(KeepingSpaceFree.class);

  private final UploadStore store;
  private final Space space;
  private final long minFreeBytes;

  /**
   * @param minFreeBytes an upload that would leave less is refused
   */
  public KeepingSpaceFree(UploadStore store, Space space, long minFreeBytes) {
    this.store = store;
    this.space = space;
    this.minFreeBytes = minFreeBytes;
  }

  /** Tells how many bytes can still be written. */
  @FunctionalInterface
  public interface Space {
    long free() throws IOException;
  }

  /**
   * @throws StoreFull also when writing to the draft
   */
  @Override
  public Draft draft(UUID jobId) throws IOException {
    look();
    return new Growing(store.draft(jobId));
  }

  private void look() throws IOException {
    long free = space.free();
    if (free < minFreeBytes) {
      StoreFull full = new StoreFull(free, minFreeBytes);
      LOG.errorf("an upload is refused: %s", full.getMessage());
      throw full;
    }
  }

  @Override
  public SeekableByteChannel part(UUID jobId, String name) throws IOException {
    return store.part(jobId, name);
  }

  @Override
  public void discard(UUID jobId) throws IOException {
    store.discard(jobId);
  }

  @Override
  public long bytes(UUID jobId) throws IOException {
    return store.bytes(jobId);
  }

  @Override
  public String id() {
    return store.id();
  }

  @Override
  public Set<UUID> kept() throws IOException {
    return store.kept();
  }

  @Override
  public Set<UUID> withoutKeeper() throws IOException {
    return store.withoutKeeper();
  }

  @Override
  public void close() throws IOException {
    store.close();
  }

  /** A draft that is weighed while it grows. One thread. */
  private final class Growing implements Draft {
    private final Draft draft;
    private long sinceLook;

    Growing(Draft draft) {
      this.draft = draft;
    }

    @Override
    public WritableByteChannel write(String name) throws IOException {
      WritableByteChannel part = draft.write(name);
      return new WritableByteChannel() {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
          sinceLook += bytes.remaining();
          if (sinceLook >= BYTES_BETWEEN_LOOKS) {
            sinceLook = 0;
            look();
          }
          return part.write(bytes);
        }

        @Override
        public boolean isOpen() {
          return part.isOpen();
        }

        @Override
        public void close() throws IOException {
          part.close();
        }
      };
    }

    @Override
    public SeekableByteChannel read(String name) throws IOException {
      return draft.read(name);
    }

    @Override
    public void remove(String name) throws IOException {
      draft.remove(name);
    }

    @Override
    public void keep() throws IOException {
      draft.keep();
    }

    @Override
    public void close() throws IOException {
      draft.close();
    }
  }
}
