package io.muster.cli.submit;

import io.muster.cli.CommandFailed;
import io.muster.cli.terminal.Progress;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What is sent: a file, or standard input. Its bytes pass through and are never held. Recognises
 * gzip by its magic bytes.
 */
public final class Upload {
  private static final String STANDARD_INPUT = "-";
  private static final int BUFFER = 64 * 1024;

  private final String name;
  private final long size;
  private final boolean repeatable;
  private final boolean gzip;
  private final Supplier<InputStream> bytes;

  private Upload(
      String name, long size, boolean repeatable, boolean gzip, Supplier<InputStream> bytes) {
    this.name = name;
    this.size = size;
    this.repeatable = repeatable;
    this.gzip = gzip;
    this.bytes = bytes;
  }

  /**
   * Opens what the command line names.
   *
   * @param file a path, or {@code -} for standard input
   */
  public static Upload of(String file, InputStream standardInput) {
    try {
      if (file.equals(STANDARD_INPUT)) {
        BufferedInputStream in = new BufferedInputStream(standardInput, BUFFER);
        return new Upload(null, -1, false, startsAsGzip(in), () -> in);
      }
      Path path = Path.of(file);
      if (!Files.isReadable(path) || Files.isDirectory(path)) {
        throw CommandFailed.wrongUsage(file + " is no file that can be read.");
      }
      boolean regular = Files.isRegularFile(path);
      if (!regular) {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        return new Upload(null, -1, false, startsAsGzip(in), () -> in);
      }
      String name = String.valueOf(path.getFileName());
      try (InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER)) {
        return new Upload(name, Files.size(path), true, startsAsGzip(in), () -> open(path));
      }
    } catch (IOException e) {
      throw CommandFailed.wrongUsage(file + " can't be read: " + e.getMessage() + ".");
    }
  }

  /** Can be sent once more from its beginning. */
  boolean repeatable() {
    return repeatable;
  }

  /** What the service is told about it. */
  Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "text/csv");
    if (gzip) {
      headers.put("Content-Encoding", "gzip");
    }
    if (name != null) {
      headers.put("X-File-Name", headerValue(name));
    }
    return headers;
  }

  /** The bytes from the beginning, which show on their way how many they are. */
  BodyPublisher body(Progress progress) {
    BodyPublisher publisher =
        BodyPublishers.ofInputStream(() -> new Counted(bytes.get(), size, progress));
    return size <= 0 ? publisher : BodyPublishers.fromPublisher(publisher, size);
  }

  private static InputStream open(Path path) {
    try {
      return Files.newInputStream(path);
    } catch (IOException e) {
      throw CommandFailed.wrongUsage(path + " can't be read any more: " + e.getMessage() + ".");
    }
  }

  private static boolean startsAsGzip(InputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip;
  }

  /** A header can't hold other letters than ASCII's: RFC 8187 says how to write the rest. */
  private static String headerValue(String name) {
    if (name.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
      return name;
    }
    StringBuilder value = new StringBuilder("UTF-8''");
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
      value.append(
          plain ? String.valueOf(c) : String.format(java.util.Locale.ROOT, "%%%02X", (int) c));
    }
    return value.toString();
  }

  private static final class Counted extends FilterInputStream {
    private static final long KIB = 1024;
    private final long size;
    private final Progress progress;
    private long sent;

    Counted(InputStream in, long size, Progress progress) {
      super(in);
      this.size = size;
      this.progress = progress;
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      count(read < 0 ? -1 : 1);
      return read;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      int read = in.read(buffer, from, length);
      count(read);
      return read;
    }

    private void count(int read) {
      if (read < 0) {
        progress.show(sent / KIB, size / KIB, "sent; the service checks every row");
        return;
      }
      sent += read;
      progress.show(sent / KIB, size < 0 ? -1 : size / KIB, "");
    }
  }
}
