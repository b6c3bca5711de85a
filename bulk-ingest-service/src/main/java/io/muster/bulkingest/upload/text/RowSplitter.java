package io.muster.bulkingest.upload.text;

import io.muster.bulkingest.upload.UploadLimits;
import java.io.IOException;

/**
 * Cuts characters into rows and fields by RFC 4180, read leniently: CRLF, LF and CR end a row,
 * blank lines are passed over, a quote within an unquoted field is a letter like any other.
 *
 * <p>A row with a fault is one row: the next one begins at the physical line after the one where it
 * began, so an unclosed quote swallows nothing. For that, a row is kept in memory up to its limit
 * and no further. See docs/decisions/0003-our-own-csv-splitter.md. One thread.
 */
public final class RowSplitter {
  /** What is wrong with a row's form. */
  public enum Fault {
    UNCLOSED_QUOTE,
    TEXT_AFTER_QUOTE,
    ROW_TOO_LONG
  }

  private final UploadText text;
  private final int maxFieldBytes;
  private final int maxRowBytes;
  private final char[] buffer;
  private int limit;
  private boolean textEnded;
  private char delimiter = ',';

  /** Where this row and the next one begin in the buffer. */
  private int start;

  private int next;

  /** Fields of this row, counted from its start; those beyond the arrays are only counted. */
  private final int[] from;

  private final int[] to;
  private final boolean[] escaped;
  private int fields;
  private int lastWithText;
  private int overlong;
  private boolean quoted;
  private boolean kept;
  private Fault fault;

  /** Just after this row's first physical line, counted from its start; -1 while unknown. */
  private int secondLine;

  public RowSplitter(UploadText text, UploadLimits limits) {
    this.text = text;
    this.maxFieldBytes = limits.maxFieldBytes();
    this.maxRowBytes = limits.maxRowBytes();
    this.buffer = new char[maxRowBytes + 32 * 1024];
    int most = limits.maxColumns() + 1;
    this.from = new int[most];
    this.to = new int[most];
    this.escaped = new boolean[most];
  }

  /** From the next row on, or from this one {@link #again()}. */
  public void delimiter(char character) {
    this.delimiter = character;
  }

  /**
   * Goes to the next row that isn't blank.
   *
   * @return false at the end
   */
  public boolean next() throws IOException {
    do {
      start = next;
      if (start == limit && !more()) {
        return false;
      }
      split();
    } while (isBlank());
    return true;
  }

  /**
   * Splits this row once more, after another delimiter was set. A row that was too long to be kept
   * stays as it is.
   */
  public void again() throws IOException {
    if (kept) {
      split();
    }
  }

  /** This row as it stands in the file, its first 1,000 characters at most. */
  public String raw() {
    return kept ? new String(buffer, start, Math.min(next - start, 1000)) : "";
  }

  /** Null for a row in good form; else its fields mean nothing. */
  public Fault fault() {
    return fault;
  }

  /** Fields in this row, empty ones at its end included. */
  public int fields() {
    return fields;
  }

  /** The last field that isn't empty, counted from 0; -1 when all are. */
  public int lastWithText() {
    return lastWithText;
  }

  /** The first field over the limit, counted from 0; -1 when none is. */
  public int overlongField() {
    return overlong;
  }

  /** A field's text, quotes taken off; empty beyond the row's end. */
  public String field(int index) {
    if (index >= fields || from[index] == to[index]) {
      return "";
    }
    int first = start + from[index];
    int length = to[index] - from[index];
    return escaped[index] ? unescaped(first, length) : new String(buffer, first, length);
  }

  private String unescaped(int first, int length) {
    StringBuilder value = new StringBuilder(length);
    for (int i = first; i < first + length; i++) {
      value.append(buffer[i]);
      if (buffer[i] == '"') {
        i++;
      }
    }
    return value.toString();
  }

  private boolean isBlank() {
    return fault == null && !quoted && lastWithText < 0;
  }

  private void split() throws IOException {
    fields = 0;
    lastWithText = -1;
    overlong = -1;
    quoted = false;
    kept = true;
    fault = null;
    secondLine = -1;
    int at = 0;
    while (fault == null) {
      at = has(at) && buffer[start + at] == '"' ? quotedField(at + 1) : plainField(at);
      if (fault != null) {
        break;
      }
      if (!has(at)) {
        endAt(at);
        return;
      }
      char end = buffer[start + at];
      if (end != delimiter) {
        endAt(afterLineBreak(at));
        return;
      }
      at++;
    }
    resume(at);
  }

  /**
   * @return where the field ended: at a delimiter, a line break or the end of the text
   */
  private int plainField(int first) throws IOException {
    int at = first;
    boolean blank = true;
    while (true) {
      int end = limit - start;
      while (at < end) {
        char c = buffer[start + at];
        if (c == delimiter || c == '\n' || c == '\r') {
          break;
        }
        blank &= c == ' ';
        at++;
      }
      if (at < end || !has(at)) {
        break;
      }
    }
    if (at > maxRowBytes) {
      fault = Fault.ROW_TOO_LONG;
    }
    add(first, at, false, blank);
    return at;
  }

  /**
   * @param first just after the opening quote
   * @return where the field ended, blanks after the closing quote passed over
   */
  private int quotedField(int first) throws IOException {
    quoted = true;
    boolean doubled = false;
    int at = first;
    while (true) {
      if (at > maxRowBytes || (secondLine >= 0 && at - first > maxFieldBytes) || !has(at)) {
        fault = Fault.UNCLOSED_QUOTE;
        return at;
      }
      char c = buffer[start + at];
      if (c == '"') {
        if (!has(at + 1) || buffer[start + at + 1] != '"') {
          break;
        }
        doubled = true;
        at += 2;
      } else if (c == '\n' || c == '\r') {
        at = afterLineBreak(at);
        secondLine = secondLine < 0 ? at : secondLine;
      } else {
        at++;
      }
    }
    add(first, at, doubled, at == first);
    at++;
    while (has(at) && buffer[start + at] == ' ') {
      at++;
    }
    if (has(at) && !endsField(buffer[start + at])) {
      fault = Fault.TEXT_AFTER_QUOTE;
    }
    return at;
  }

  private boolean endsField(char c) {
    return c == delimiter || c == '\n' || c == '\r';
  }

  private void add(int first, int end, boolean doubled, boolean blank) {
    if (fields < from.length) {
      from[fields] = first;
      to[fields] = end;
      escaped[fields] = doubled;
    }
    if (!blank) {
      lastWithText = fields;
    }
    if (overlong < 0 && end - first > maxFieldBytes / 3 && utf8(first, end) > maxFieldBytes) {
      overlong = fields;
    }
    fields++;
  }

  private void endAt(int end) {
    next = start + end;
    if (end > maxRowBytes / 3 && utf8(0, end) > maxRowBytes) {
      fault = Fault.ROW_TOO_LONG;
    }
  }

  /** After a fault: the line after the one where the row began. */
  private void resume(int at) throws IOException {
    if (secondLine >= 0) {
      next = start + secondLine;
      return;
    }
    int i = at;
    while (true) {
      if (!has(i)) {
        if (textEnded) {
          break;
        }
        // The row fills the buffer: let go of it and look for its end without it.
        kept = false;
        start += i;
        i = 0;
        continue;
      }
      char c = buffer[start + i];
      if (c == '\n' || c == '\r') {
        i = afterLineBreak(i);
        break;
      }
      i++;
    }
    next = start + i;
  }

  private int afterLineBreak(int at) throws IOException {
    return buffer[start + at] == '\r' && has(at + 1) && buffer[start + at + 1] == '\n'
        ? at + 2
        : at + 1;
  }

  /** Whether there is a character at that place of the row, reading on when needed. */
  private boolean has(int at) throws IOException {
    while (start + at >= limit) {
      if (!more()) {
        return false;
      }
    }
    return true;
  }

  private boolean more() throws IOException {
    if (textEnded) {
      return false;
    }
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, limit - start);
      limit -= start;
      next -= start;
      start = 0;
    }
    if (buffer.length - limit < 2) {
      // This row fills the buffer, so it is beyond the limit already.
      return false;
    }
    int count = text.read(buffer, limit, buffer.length - limit);
    if (count < 0) {
      textEnded = true;
      return false;
    }
    limit += count;
    return true;
  }

  private int utf8(int first, int end) {
    int bytes = 0;
    for (int i = start + first; i < start + end; i++) {
      char c = buffer[i];
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }
}
