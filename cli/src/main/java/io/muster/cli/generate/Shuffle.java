package io.muster.cli.generate;

/**
 * The numbers below a size in a mixed order, each exactly once, without holding any: a Feistel
 * network over the next power of four, walked until it lands below the size. Immutable.
 */
final class Shuffle {
  private static final int ROUNDS = 4;

  private final long size;
  private final long key;
  private final int halfBits;
  private final long halfMask;

  /**
   * An order.
   *
   * @param size 1 or more
   * @param key which of the orders
   */
  Shuffle(long size, long key) {
    this.size = size;
    this.key = key;
    int bits = Math.max(2, Long.SIZE - Long.numberOfLeadingZeros(size - 1));
    this.halfBits = (bits + 1) / 2;
    this.halfMask = (1L << halfBits) - 1;
  }

  /** The number at this place, both from 0 to size - 1. */
  long at(long place) {
    long number = place;
    do {
      number = mixed(number);
    } while (number >= size);
    return number;
  }

  private long mixed(long number) {
    long left = number >>> halfBits;
    long right = number & halfMask;
    for (int round = 0; round < ROUNDS; round++) {
      long next = left ^ (hash(right + ((long) round << 32) ^ key) & halfMask);
      left = right;
      right = next;
    }
    return left << halfBits | right;
  }

  /** SplitMix64's finisher: every bit of the input touches every bit of the answer. */
  static long hash(long number) {
    long z = number + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
