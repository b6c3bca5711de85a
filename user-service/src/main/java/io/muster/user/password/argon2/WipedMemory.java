package io.muster.user.password.argon2;

import com.sun.jna.Memory;

/**
 * Native memory for a clear text, cleared before it goes. Of an array JNA would leave a copy of its
 * own behind.
 */
final class WipedMemory extends Memory implements AutoCloseable {
  WipedMemory(byte[] content) {
    // Memory of no size can't be had.
    super(Math.max(1, content.length));
    write(0, content, 0, content.length);
  }

  @Override
  public void close() {
    clear();
    dispose();
  }
}
