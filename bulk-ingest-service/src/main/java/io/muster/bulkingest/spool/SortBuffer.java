package io.muster.bulkingest.spool;

import java.util.Arrays;

/**
 * Byte strings in one array, sorted in place by their places: no object per string. Each takes its
 * bytes and 16 more. One thread.
 */
final class SortBuffer {
  /** Of memory besides the bytes: the first eight of them as a number, place and length. */
  private static final int PER_STRING = 16;

  /** Below it, putting each in its place is faster than cutting in parts. */
  private static final int SMALL = 16;

  private final int memoryBytes;
  private byte[] bytes = new byte[4096];
  private long[] heads = new long[256];
  private int[] places = new int[256];
  private int[] lengths = new int[256];
  private int used;
  private int count;

  SortBuffer(int memoryBytes) {
    this.memoryBytes = memoryBytes;
  }

  /**
   * @return false when it doesn't fit
   */
  boolean add(byte[] source, int length) {
    if (used + length + (count + 1L) * PER_STRING > memoryBytes) {
      return false;
    }
    if (used + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, grown(bytes.length, used + length));
    }
    if (count == places.length) {
      int size = grown(count, count + 1);
      heads = Arrays.copyOf(heads, size);
      places = Arrays.copyOf(places, size);
      lengths = Arrays.copyOf(lengths, size);
    }
    System.arraycopy(source, 0, bytes, used, length);
    heads[count] = head(source, length);
    places[count] = used;
    lengths[count++] = length;
    used += length;
    return true;
  }

  /** By half: doubling would hold three times what is needed while it copies. */
  private static int grown(int size, int needed) {
    return Math.max(size + size / 2, needed);
  }

  /** The first eight bytes as a number whose signed order is that of the bytes. */
  private static long head(byte[] source, int length) {
    long head = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      head = head << 8 | (i < length ? source[i] & 0xFF : 0);
    }
    return head ^ Long.MIN_VALUE;
  }

  void clear() {
    used = 0;
    count = 0;
  }

  /** Gives the memory back; nothing can be added any more. */
  void release() {
    clear();
    bytes = new byte[0];
    heads = new long[0];
    places = new int[0];
    lengths = new int[0];
  }

  ExternalSort.Sorted sorted() {
    sort(0, count - 1);
    return new ExternalSort.Sorted() {
      private int current = -1;

      @Override
      public boolean next() {
        return ++current < count;
      }

      @Override
      public byte[] bytes() {
        return bytes;
      }

      @Override
      public int offset() {
        return places[current];
      }

      @Override
      public int length() {
        return lengths[current];
      }
    };
  }

  /** Quicksort around the middle one of three; the smaller part first, so that the stack is low. */
  private void sort(int first, int last) {
    int low = first;
    int high = last;
    while (high - low > SMALL) {
      int cut = cut(low, high);
      if (cut - low < high - cut) {
        sort(low, cut);
        low = cut + 1;
      } else {
        sort(cut + 1, high);
        high = cut;
      }
    }
    for (int i = low + 1; i <= high; i++) {
      for (int j = i; j > low && compare(j - 1, j) > 0; j--) {
        swap(j - 1, j);
      }
    }
  }

  /** Hoare's partition. */
  private int cut(int low, int high) {
    int middle = (low + high) >>> 1;
    if (compare(middle, low) < 0) {
      swap(middle, low);
    }
    if (compare(high, low) < 0) {
      swap(high, low);
    }
    if (compare(high, middle) < 0) {
      swap(high, middle);
    }
    // The pivot stands first, so that swaps don't move it before the end.
    swap(low, middle);
    int i = low - 1;
    int j = high + 1;
    int pivot = low;
    while (true) {
      do {
        i++;
      } while (compare(i, pivot) < 0);
      do {
        j--;
      } while (compare(j, pivot) > 0);
      if (i >= j) {
        return j;
      }
      swap(i, j);
      if (i == pivot) {
        pivot = j;
      } else if (j == pivot) {
        pivot = i;
      }
    }
  }

  private int compare(int a, int b) {
    int byHead = Long.compare(heads[a], heads[b]);
    return byHead != 0
        ? byHead
        : Arrays.compareUnsigned(
            bytes, places[a], places[a] + lengths[a], bytes, places[b], places[b] + lengths[b]);
  }

  private void swap(int a, int b) {
    long head = heads[a];
    heads[a] = heads[b];
    heads[b] = head;
    int place = places[a];
    places[a] = places[b];
    places[b] = place;
    int length = lengths[a];
    lengths[a] = lengths[b];
    lengths[b] = length;
  }
}
