package io.muster.bulkingest.spool;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserPrincipalName;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Finds the accepted rows that repeat an earlier one's user and operation. While rows come in, only
 * a keyed 64-bit hash of each is sorted; at the end, the few rows whose hashes meet are read again
 * and compared by their text, so that a collision costs time and never a row. One thread.
 */
final class FindingDuplicates implements Closeable {
  private final Hashing hashing;
  private final Sorts sorts;
  private final Deque<ExternalSort> open = new ArrayDeque<>();
  private final ExternalSort hashes;
  private final ByteBuffer pair = ByteBuffer.allocate(2 * Long.BYTES);

  /** 64 bits of a key. */
  interface Hashing {
    long of(byte[] bytes, int offset, int length);
  }

  /** Makes sorts over sealed runs of that name. */
  interface Sorts {
    ExternalSort named(String name);
  }

  FindingDuplicates(Hashing hashing, Sorts sorts) {
    this.hashing = hashing;
    this.sorts = sorts;
    this.hashes = open("hashes");
  }

  void add(long row, Operation operation, String userPrincipalName) throws IOException {
    byte[] key = key(operation, userPrincipalName);
    addPair(hashes, hashing.of(key, 0, key.length), row);
  }

  /**
   * Ends the search.
   *
   * @param list gets (row, first row) for each duplicate, in row order
   * @param reader over the whole spool
   * @return how many
   */
  long writeTo(PartWriter list, SpoolReader reader) throws IOException {
    ExternalSort suspects = open("suspects");
    findSuspects(suspects);
    hashes.close();
    ExternalSort texts = open("texts");
    readTexts(suspects.sorted(), reader, texts);
    suspects.close();
    ExternalSort duplicates = open("duplicates");
    compareTexts(texts.sorted(), duplicates);
    texts.close();
    long count = 0;
    ExternalSort.Sorted sorted = duplicates.sorted();
    while (sorted.next()) {
      list.put(number(sorted, 0));
      list.put(number(sorted, Long.BYTES));
      count++;
    }
    return count;
  }

  /** All rows that share their hash with another. */
  private void findSuspects(ExternalSort suspects) throws IOException {
    ExternalSort.Sorted sorted = hashes.sorted();
    long hash = 0;
    long firstRow = 0;
    boolean firstIsOut = true;
    while (sorted.next()) {
      long nextHash = number(sorted, 0);
      long row = number(sorted, Long.BYTES);
      if (firstRow == 0 || nextHash != hash) {
        hash = nextHash;
        firstRow = row;
        firstIsOut = false;
        continue;
      }
      if (!firstIsOut) {
        addPair(suspects, firstRow, 0);
        firstIsOut = true;
      }
      addPair(suspects, row, 0);
    }
  }

  /** The suspects' keys, each followed by a zero, which no key holds, and its row. */
  private static void readTexts(
      ExternalSort.Sorted suspects, SpoolReader reader, ExternalSort texts) throws IOException {
    while (suspects.next()) {
      long row = number(suspects, 0);
      reader.seek(row);
      SpooledRow spooled = reader.next();
      byte[] key = key(spooled.operation(), spooled.userPrincipalName());
      byte[] text = Arrays.copyOf(key, key.length + 1 + Long.BYTES);
      ByteBuffer.wrap(text).putLong(key.length + 1, row);
      texts.add(text, text.length);
    }
  }

  private void compareTexts(ExternalSort.Sorted texts, ExternalSort duplicates) throws IOException {
    byte[] first = new byte[0];
    long firstRow = 0;
    while (texts.next()) {
      int keyEnd = texts.offset() + texts.length() - Long.BYTES;
      long row = number(texts, texts.length() - Long.BYTES);
      if (Arrays.equals(first, 0, first.length, texts.bytes(), texts.offset(), keyEnd)) {
        addPair(duplicates, row, firstRow);
      } else {
        first = Arrays.copyOfRange(texts.bytes(), texts.offset(), keyEnd);
        firstRow = row;
      }
    }
  }

  private static byte[] key(Operation operation, String userPrincipalName) {
    byte[] name = UserPrincipalName.keyOf(userPrincipalName).getBytes(StandardCharsets.UTF_8);
    byte[] key = new byte[name.length + 1];
    key[0] = (byte) (RowFormat.OPERATIONS.indexOf(operation) + 1);
    System.arraycopy(name, 0, key, 1, name.length);
    return key;
  }

  private void addPair(ExternalSort sort, long first, long second) throws IOException {
    pair.putLong(0, first).putLong(Long.BYTES, second);
    sort.add(pair.array(), pair.capacity());
  }

  private static long number(ExternalSort.Sorted sorted, int place) {
    return ByteBuffer.wrap(sorted.bytes()).getLong(sorted.offset() + place);
  }

  private ExternalSort open(String name) {
    ExternalSort sort = sorts.named(name);
    open.addFirst(sort);
    return sort;
  }

  @Override
  public void close() throws IOException {
    while (!open.isEmpty()) {
      open.removeFirst().close();
    }
  }
}
