package io.muster.bulkingest.upload.text;

import io.muster.bulkingest.upload.UploadLimits;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * An upload's bytes after inflation, counted and digested. Gzip is taken off when the request says
 * so and when the bytes do, so that a {@code .csv.gz} can be sent as it is. One thread.
 */
public final class UploadBytes {
  /** Below it the ratio says nothing: a header of one letter over and over is no bomb. */
  private static final long RATIO_COUNTS_FROM = 4 * 1024 * 1024;

  private final UploadLimits limits;
  private final ArrivingBytes body;
  private final InputStream inflated;
  private final boolean compressed;
  private final MessageDigest digest;
  private long count;

  /**
   * @param body not closed here
   * @param contentEncoding the header as it came; null when there was none
   * @throws RequestRefused UNREADABLE_FILE for an encoding that isn't gzip
   */
  public UploadBytes(InputStream body, String contentEncoding, UploadLimits limits)
      throws IOException {
    this.limits = limits;
    this.body = new ArrivingBytes(body);
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    try {
      ArrivingBytes announced = announced(this.body, contentEncoding);
      boolean zipped = isGzip(announced);
      this.inflated = zipped ? new WholeGzip(announced) : announced;
      this.compressed = zipped || announced != this.body;
    } catch (IOException e) {
      throw explained(e);
    }
  }

  /**
   * Reads on.
   *
   * @return how many bytes, -1 at the end
   * @throws RequestRefused TOO_LARGE beyond a limit, UNREADABLE_FILE for damaged gzip
   * @throws IOException when the body broke off
   */
  int read(byte[] target, int offset, int length) throws IOException {
    int read;
    try {
      read = inflated.read(target, offset, length);
    } catch (IOException e) {
      throw explained(e);
    }
    if (read > 0) {
      count += read;
      if (count > limits.maxBytes()) {
        throw tooLarge(
            "The file is larger than "
                + limits.maxBytes()
                + " bytes after inflation, the limit of one upload: split it.");
      }
      if (compressed
          && count > RATIO_COUNTS_FROM
          && count / limits.maxInflation() > body.arrived()) {
        throw tooLarge(
            "The compressed file inflates to more than "
                + limits.maxInflation()
                + " times its size, the limit for an upload: send it uncompressed.");
      }
      digest.update(target, offset, read);
    }
    return read;
  }

  /** Bytes after inflation, so far. */
  public long count() {
    return count;
  }

  /** Hex of SHA-256 over the inflated bytes; to be asked once, at the end. */
  public String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static ArrivingBytes announced(ArrivingBytes body, String contentEncoding)
      throws IOException {
    String encoding =
        contentEncoding == null ? "" : contentEncoding.strip().toLowerCase(Locale.ROOT);
    return switch (encoding) {
      case "", "identity" -> body;
      case "gzip", "x-gzip" -> {
        if (body.available() == 0) {
          yield body;
        }
        if (!isGzip(body)) {
          throw unreadable("The request says Content-Encoding: gzip, but its body isn't gzip.");
        }
        yield new ArrivingBytes(new WholeGzip(body));
      }
      default ->
          throw unreadable(
              "Of content encodings only gzip is understood: send gzip or plain text.");
    };
  }

  private static boolean isGzip(ArrivingBytes bytes) throws IOException {
    return bytes.startsWith(0x1F, 0x8B, 0x08);
  }

  /** What the gzip layer complains about is the file's fault, unless the body itself broke off. */
  private IOException explained(IOException e) {
    if (body.isBroken()) {
      return e;
    }
    throw unreadable(
        "The compressed file is damaged, ends early or has something behind its end: compress and"
            + " send it again.");
  }

  private static RequestRefused unreadable(String detail) {
    return RequestRefused.because(RequestCode.UNREADABLE_FILE, detail);
  }

  private static RequestRefused tooLarge(String detail) {
    return RequestRefused.because(RequestCode.TOO_LARGE, detail);
  }
}
