package io.muster.bulkingest.spool;

import io.muster.sealing.SealedFor;
import io.muster.sealing.SealedStreams;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.UUID;

/** A job's parts, opened as what they are sealed for. */
final class Parts {
  /** Every row, in the file's order. */
  static final String ROWS = "rows";

  /** Counts, then where every 1,000th row begins. */
  static final String INDEX = "index";

  /** The rows that the rules refused, in order. */
  static final String REFUSED = "refused";

  /** The rows that repeat an earlier one, in order, each with that one. */
  static final String DUPLICATES = "duplicates";

  /** Where a part's bytes come from. */
  interface Source {
    SeekableByteChannel open(String part) throws IOException;
  }

  private final Source source;
  private final SealedStreams streams;
  private final String tenant;
  private final UUID jobId;

  Parts(Source source, SealedStreams streams, String tenant, UUID jobId) {
    this.source = source;
    this.streams = streams;
    this.tenant = tenant;
    this.jobId = jobId;
  }

  SealedFor belongsTo(String part) {
    return new SealedFor(tenant, jobId, part);
  }

  /** For reading from any place. */
  SeekableByteChannel open(String part) throws IOException {
    SeekableByteChannel sealed = source.open(part);
    try {
      return streams.open(sealed, belongsTo(part));
    } catch (IOException | RuntimeException e) {
      sealed.close();
      throw e;
    }
  }

  /** For reading from start to end. */
  ReadableByteChannel openFromStart(String part) throws IOException {
    SeekableByteChannel sealed = source.open(part);
    try {
      return streams.openFromStart(sealed, belongsTo(part));
    } catch (IOException | RuntimeException e) {
      sealed.close();
      throw e;
    }
  }
}
