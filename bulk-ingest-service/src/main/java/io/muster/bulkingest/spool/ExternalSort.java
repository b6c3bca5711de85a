package io.muster.bulkingest.spool;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorts any number of short byte strings in bounded memory, by their unsigned bytes: what doesn't
 * fit goes to sealed runs, which are merged. One thread.
 */
final class ExternalSort implements Closeable {
  /** Runs merged at a time: each takes some 200 KiB for its open segment. */
  private static final int FAN_IN = 48;

  private final String name;
  private final SpoolWriter.Sealing sealing;
  private final Parts parts;
  private final UploadStore.Draft draft;
  private final SortBuffer buffer;
  private final Deque<String> runs = new ArrayDeque<>();
  private final List<Run> open = new ArrayList<>();
  private int made;

  /**
   * @param name prefix of the runs' parts
   * @param memoryBytes for sorting, 32 KiB at least
   */
  ExternalSort(
      String name,
      SpoolWriter.Sealing sealing,
      Parts parts,
      UploadStore.Draft draft,
      int memoryBytes) {
    this.name = name;
    this.sealing = sealing;
    this.parts = parts;
    this.draft = draft;
    this.buffer = new SortBuffer(memoryBytes);
  }

  /** The strings in order. */
  interface Sorted {
    /**
     * @return false at the end
     */
    boolean next() throws IOException;

    /** The string is {@link #length()} bytes from {@link #offset()}; it changes with the next. */
    byte[] bytes();

    int offset();

    int length();
  }

  void add(byte[] bytes, int length) throws IOException {
    if (!buffer.add(bytes, length)) {
      spill();
      if (!buffer.add(bytes, length)) {
        throw new IllegalArgumentException("a string longer than the memory for sorting");
      }
    }
  }

  /** No more is added after this. */
  Sorted sorted() throws IOException {
    if (runs.isEmpty()) {
      return buffer.sorted();
    }
    spill();
    buffer.release();
    while (runs.size() > FAN_IN) {
      mergeSome();
    }
    return merge(runs.size());
  }

  private void spill() throws IOException {
    try (PartWriter run = sealing.part(nextName())) {
      Sorted sorted = buffer.sorted();
      while (sorted.next()) {
        run.putWithLength(sorted.bytes(), sorted.offset(), sorted.length());
      }
    }
    buffer.clear();
  }

  private void mergeSome() throws IOException {
    Sorted merged = merge(FAN_IN);
    try (PartWriter run = sealing.part(nextName())) {
      while (merged.next()) {
        run.putWithLength(merged.bytes(), merged.offset(), merged.length());
      }
    }
  }

  private String nextName() {
    String run = name + "-run-" + ++made;
    runs.addLast(run);
    return run;
  }

  private Sorted merge(int count) throws IOException {
    PriorityQueue<Run> queue = new PriorityQueue<>(Comparator.naturalOrder());
    for (int i = 0; i < count; i++) {
      String part = runs.removeFirst();
      Run run = new Run(part, new PartReader(parts.openFromStart(part)));
      open.add(run);
      if (run.next()) {
        queue.add(run);
      }
    }
    return new Merged(queue);
  }

  @Override
  public void close() throws IOException {
    buffer.release();
    for (Run run : List.copyOf(open)) {
      run.end();
    }
  }

  /** A sorted part, at one of its strings. */
  private final class Run implements Comparable<Run> {
    private final String part;
    private final PartReader reader;

    Run(String part, PartReader reader) {
      this.part = part;
      this.reader = reader;
    }

    boolean next() throws IOException {
      if (reader.isAtEnd()) {
        end();
        return false;
      }
      reader.getWithLength();
      return true;
    }

    void end() throws IOException {
      open.remove(this);
      reader.close();
      draft.remove(part);
    }

    @Override
    public int compareTo(Run other) {
      return Arrays.compareUnsigned(
          reader.bytes(),
          reader.offset(),
          reader.offset() + reader.length(),
          other.reader.bytes(),
          other.reader.offset(),
          other.reader.offset() + other.reader.length());
    }
  }

  /** The lowest of all runs' strings, again and again. */
  private static final class Merged implements Sorted {
    private final PriorityQueue<Run> queue;
    private Run current;

    Merged(PriorityQueue<Run> queue) {
      this.queue = queue;
    }

    @Override
    public boolean next() throws IOException {
      if (current != null && current.next()) {
        queue.add(current);
      }
      current = queue.poll();
      return current != null;
    }

    @Override
    public byte[] bytes() {
      return current.reader.bytes();
    }

    @Override
    public int offset() {
      return current.reader.offset();
    }

    @Override
    public int length() {
      return current.reader.length();
    }
  }
}
