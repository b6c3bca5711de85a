package io.muster.benchmarks.loop;

import io.muster.bulkingest.spool.UploadStore;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** An upload whose sealed parts stay in memory, so that a loop measures no disk. One thread. */
final class MemoryDraft implements UploadStore.Draft {
  private final Map<String, ByteArrayOutputStream> parts = new HashMap<>();

  @Override
  public WritableByteChannel write(String name) {
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    parts.put(name, part);
    return Channels.newChannel(part);
  }

  @Override
  public SeekableByteChannel read(String name) {
    return new SeekableInMemoryByteChannel(parts.get(name).toByteArray());
  }

  @Override
  public void remove(String name) {
    parts.remove(name);
  }

  @Override
  public void keep() {
    // Nobody reads it later.
  }

  @Override
  public void close() {
    parts.clear();
  }
}
