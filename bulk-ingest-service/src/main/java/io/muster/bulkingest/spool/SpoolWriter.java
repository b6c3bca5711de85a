package io.muster.bulkingest.spool;

import io.muster.contracts.result.RowCode;
import io.muster.sealing.Keysets;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/**
 * Writes an upload's rows to sealed parts as they come, and finds its duplicates at the end. Memory
 * doesn't grow with the rows but for 8 bytes per 1,000 of them. One thread.
 */
public final class SpoolWriter implements Closeable {
  /** An index entry per so many rows: a reader passes over 999 at most, half a millisecond. */
  static final int ROWS_PER_INDEX_ENTRY = 1000;

  /** Numbers before the first entry: rows, their bytes, refused rows, duplicates. */
  static final long COUNTS_IN_INDEX = 4;

  private final UploadStore.Draft draft;
  private final Parts parts;
  private final Sealing sealing;
  private final PartWriter rows;
  private final PartWriter refused;
  private final FindingDuplicates duplicates;
  private final RowFormat format = new RowFormat();
  private boolean repeatsCount;
  private final Map<RowCode, Long> refusedByCode = new EnumMap<>(RowCode.class);
  private long[] index = new long[64];
  private long total;
  private long refusedRows;

  /**
   * @param draft stays open
   * @param sortBytes memory for finding duplicates
   */
  public SpoolWriter(
      UploadStore.Draft draft, Keysets keysets, String tenant, UUID jobId, int sortBytes)
      throws IOException {
    this(draft, keysets, tenant, jobId, sortBytes, null);
  }

  /**
   * @param hashing for tests that force collisions; null for the keyed hash
   */
  SpoolWriter(
      UploadStore.Draft draft,
      Keysets keysets,
      String tenant,
      UUID jobId,
      int sortBytes,
      FindingDuplicates.Hashing hashing)
      throws IOException {
    this.draft = draft;
    this.parts = new Parts(draft::read, keysets.streams(), tenant, jobId);
    this.sealing =
        name -> new PartWriter(keysets.streams().seal(draft.write(name), parts.belongsTo(name)));
    this.rows = sealing.part(Parts.ROWS);
    this.refused = sealing.part(Parts.REFUSED);
    this.duplicates =
        new FindingDuplicates(
            hashing == null ? keysets.hash(parts.belongsTo(Parts.DUPLICATES))::of : hashing,
            name -> new ExternalSort(name, sealing, parts, draft, sortBytes));
    rows.put(RowFormat.VERSION);
  }

  /**
   * The same operation on the same user may stand in several rows, and each counts: for rows that
   * were not written by somebody who may have pasted twice. Before the first row.
   */
  public SpoolWriter withRepeats() {
    repeatsCount = true;
    return this;
  }

  /** Begins a new sealed part. */
  interface Sealing {
    PartWriter part(String name) throws IOException;
  }

  /** Adds the next row; rows come in order, without gaps. */
  public void write(SpooledRow row) throws IOException {
    if (row.row() != total + 1) {
      throw new IllegalStateException("rows come in order");
    }
    if (total % ROWS_PER_INDEX_ENTRY == 0) {
      int entry = (int) (total / ROWS_PER_INDEX_ENTRY);
      if (entry == index.length) {
        index = Arrays.copyOf(index, entry * 2);
      }
      index[entry] = rows.written();
    }
    total++;
    format.encode(row);
    rows.putWithLength(format.bytes(), 0, format.length());
    if (row.isRefused()) {
      refusedRows++;
      refused.put(row.row());
      refusedByCode.merge(row.refusal().code(), 1L, Long::sum);
    } else if (!repeatsCount) {
      duplicates.add(row.row(), row.operation(), row.userPrincipalName());
    }
  }

  /**
   * Ends the parts and looks for duplicates.
   *
   * @return rows refused by code, duplicates included
   */
  public Map<RowCode, Long> finish() throws IOException {
    rows.close();
    refused.close();
    long found = 0;
    writeIndex(Parts.INDEX, 0);
    try (PartWriter list = sealing.part(Parts.DUPLICATES);
        SpoolReader reader = new SpoolReader(parts)) {
      found = duplicates.writeTo(list, reader);
    }
    if (found > 0) {
      draft.remove(Parts.INDEX);
      writeIndex(Parts.INDEX, found);
      refusedByCode.put(RowCode.DUPLICATE_ROW, found);
    }
    return refusedByCode;
  }

  private void writeIndex(String name, long duplicatesFound) throws IOException {
    try (PartWriter out = sealing.part(name)) {
      out.put(total);
      out.put(rows.written());
      out.put(refusedRows);
      out.put(duplicatesFound);
      for (int i = 0; i * (long) ROWS_PER_INDEX_ENTRY < total; i++) {
        out.put(index[i]);
      }
    }
  }

  /** Lets go of what is open; what was written stays with the draft. */
  @Override
  public void close() throws IOException {
    try (rows;
        refused) {
      duplicates.close();
    }
  }
}
