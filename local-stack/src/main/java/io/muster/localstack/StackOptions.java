package io.muster.localstack;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How to run a local stack.
 *
 * @param folder where its data lies; null = a temporary one, which goes away with the stack
 * @param port of the first gateway on 127.0.0.1; 0 = a free one
 * @param instances of each service
 */
public record StackOptions(Path folder, int port, int instances) {
  /** API.md. */
  public static final Path DEFAULT_FOLDER = Path.of(".muster");

  public static final int DEFAULT_PORT = 8080;

  /** As many as have partitions to share: a topic of commands has 12. */
  public static final int MOST_INSTANCES = 12;

  public StackOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("no port: " + port);
    }
    if (instances < 1 || instances > MOST_INSTANCES) {
      throw new IllegalArgumentException("no number of instances: " + instances);
    }
  }

  /** Data stays in the folder. */
  public static StackOptions keeping(Path folder, int port) {
    return new StackOptions(Objects.requireNonNull(folder, "folder"), port, 1);
  }

  /** The same with so many instances of each service. */
  public StackOptions withInstances(int wanted) {
    return new StackOptions(folder, port, wanted);
  }

  /** Nothing stays: a folder and ports of its own, gone at the end, even on failure. */
  public static StackOptions passing() {
    return new StackOptions(null, 0, 1);
  }
}
