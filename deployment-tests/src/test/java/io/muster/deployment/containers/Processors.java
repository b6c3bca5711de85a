package io.muster.deployment.containers;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The processors that a JVM in a container believes to have. Without a limit of them it is those of
 * the machine, whatever the limit of memory is.
 *
 * @param count at least one
 */
public record Processors(int count) {
  private static final Pattern COUNT = Pattern.compile("-XX:ActiveProcessorCount=(\\d+)");

  /** Argon2id's, for each password that is hashed at a time. */
  private static final long A_HASH = 19L << 20;

  /** What user-service takes beside heap and hashes: docs/capacity.md, with some to spare. */
  private static final long BESIDE = 320L << 20;

  /**
   * @param options what {@code JDK_JAVA_OPTIONS} says; null for nothing
   * @return null when they don't say
   */
  public static Processors seenBy(String options) {
    Matcher count = COUNT.matcher(options == null ? "" : options);
    return count.find() ? new Processors(Integer.parseInt(count.group(1))) : null;
  }

  /**
   * Whether user-service stays within its container's memory when imports hash on all of them,
   * sign-ins on half as many threads and two at least, and the heap, half of the memory, is full.
   *
   * @param bytes the container's limit
   */
  public boolean fitInto(long bytes) {
    long hashes = count + Math.max(2, count / 2);
    return bytes / 2 + BESIDE + hashes * A_HASH <= bytes;
  }
}
