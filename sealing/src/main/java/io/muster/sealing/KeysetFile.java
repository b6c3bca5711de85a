package io.muster.sealing;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Properties;

/** The file that keysets are kept in, one a line. */
final class KeysetFile {
  private KeysetFile() {}

  /**
   * @return null when there is no such file
   */
  static Properties read(Path file) throws IOException {
    String text = PrivateFile.read(file);
    return text == null ? null : lines(text);
  }

  /**
   * Makes the file unless someone else was first.
   *
   * @return what stands in the file now
   */
  static Properties create(Path file, Properties lines) throws IOException {
    StringWriter text = new StringWriter();
    lines.store(text, "Muster's keysets: keep secret, keep a copy, mode 0600");
    return lines(PrivateFile.createOnce(file, text.toString()));
  }

  private static Properties lines(String text) throws IOException {
    Properties lines = new Properties();
    lines.load(new StringReader(text));
    return lines;
  }
}
