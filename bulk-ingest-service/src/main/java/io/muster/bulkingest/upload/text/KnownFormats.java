package io.muster.bulkingest.upload.text;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Files that people upload instead of the CSV by mistake, told by their first bytes. */
final class KnownFormats {
  private static final String ARCHIVE = "an archive";
  private static final String LIST = "save the list as CSV UTF-8 and upload that.";

  /** Where an archive names the files in it that tell what it is: near its start. */
  private static final int NAMES = 4096;

  private KnownFormats() {}

  /**
   * @return what it is, with its article; null for what may be a CSV
   */
  static String nameOf(byte[] bytes, int length) {
    String start = new String(bytes, 0, Math.min(length, NAMES), StandardCharsets.ISO_8859_1);
    if (start.startsWith("PK\u0003\u0004") || start.startsWith("PK\u0005\u0006")) {
      return zip(start);
    }
    if (start.startsWith("\u00d0\u00cf\u0011\u00e0")) {
      return "an old Excel workbook (.xls)";
    }
    if (start.startsWith("%PDF")) {
      return "a PDF document";
    }
    if (start.startsWith("{\\rtf")) {
      return "a text document (.rtf)";
    }
    if (start.startsWith("7z\u00bc\u00af")
        || start.startsWith("Rar!")
        || start.startsWith("BZh")
        || start.startsWith("\u00fd7zXZ")
        || start.startsWith("\u0028\u00b5\u002f\u00fd")) {
      return ARCHIVE + " in a format other than gzip";
    }
    if (start.startsWith("\u0089PNG")
        || start.startsWith("\u00ff\u00d8\u00ff")
        || start.startsWith("GIF8")) {
      return "a picture";
    }
    return markup(start.stripLeading().toLowerCase(Locale.ROOT));
  }

  /**
   * @param name as {@link #nameOf} gave it
   */
  static String cure(String name) {
    return name.startsWith(ARCHIVE) ? "unpack it and upload what is in it." : LIST;
  }

  /** A workbook is a zip archive, and so is much else. */
  private static String zip(String start) {
    if (start.contains("word/")) {
      return "a Word document (.docx)";
    }
    if (start.contains("xl/") || start.contains("[Content_Types].xml")) {
      return "an Excel workbook (.xlsx)";
    }
    if (start.contains("mimetypeapplication/vnd.oasis.opendocument")) {
      return "an OpenDocument file (.ods)";
    }
    if (start.contains("Index/") || start.contains(".iwa")) {
      return "a Numbers document";
    }
    return ARCHIVE + " (.zip; an Excel workbook is one as well)";
  }

  private static String markup(String start) {
    if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
      return "an HTML page (a sign-in page, perhaps, that was saved in place of the list)";
    }
    if (start.startsWith("<?xml")) {
      return "an XML document";
    }
    return start.startsWith("{\"") || start.startsWith("[{") || start.startsWith("{\n")
        ? "a JSON document"
        : null;
  }
}
