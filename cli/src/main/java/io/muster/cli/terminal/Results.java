package io.muster.cli.terminal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output: what a command is for. Text or one JSON document, in UTF-8. Not thread-safe.
 *
 * <p>Every method throws {@link OutputLost} when standard output can't be written any more.
 */
public final class Results {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);

  private final OutputStream out;
  private boolean begun;

  /** Prints to this stream, which stays open. */
  public Results(OutputStream out) {
    this.out = new StillOpen(out);
  }

  /** Something was printed: a problem document would be a second one. */
  public boolean begun() {
    return begun;
  }

  /** Text as it is; whoever prints other people's data cleans it first. */
  public void text(String text) {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A line of other people's data, control characters taken out. */
  public void line(String line) {
    text(DisplayText.visible(line) + "\n");
  }

  /** The command's one JSON document. */
  public void json(JsonNode document) {
    write((document.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** An empty document to be filled for {@link #json}. */
  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** For a JSON document that is too large to be held: closing it ends the document. */
  public JsonGenerator jsonStream() throws IOException {
    begun = true;
    return JSON.createGenerator(stream()).setPrettyPrinter(new DefaultPrettyPrinter());
  }

  /** For what is streamed through as it comes. Closing it only flushes. */
  public OutputStream stream() {
    begun = true;
    return out;
  }

  private void write(byte[] bytes) {
    begun = true;
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw new OutputLost(e);
    }
  }

  /** Standard output isn't ours to close. */
  private static final class StillOpen extends FilterOutputStream {
    StillOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
