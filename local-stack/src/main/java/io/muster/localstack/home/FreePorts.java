package io.muster.localstack.home;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Ports of 127.0.0.1 that nobody listens on, each given out once.
 *
 * <p>Not the kernel's choice (port 0): that comes from the range of outgoing connections, where,
 * while a process is being restarted, somebody's connection can take its port, and a client that
 * keeps trying can even connect to itself.
 */
public final class FreePorts {
  /** Below Linux' (32768) and macOS' (49152) range of outgoing connections. */
  private static final int FIRST = 20_000;

  private static final int LAST = 32_000;

  private final RandomGenerator random;
  private final Set<Integer> given = new HashSet<>();

  public FreePorts(RandomGenerator random) {
    this.random = random;
  }

  /** Free now, and as good as certain to stay so until a process of ours listens on it. */
  public synchronized int next() {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int port = random.nextInt(FIRST, LAST);
      if (!given.contains(port) && isFree(port)) {
        given.add(port);
        return port;
      }
    }
    throw new StackFailure("No free port between " + FIRST + " and " + LAST + " on 127.0.0.1.");
  }

  /** Whether a process could listen on it now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
