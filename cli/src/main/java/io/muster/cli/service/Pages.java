package io.muster.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/** A list of the service, page by page, with a limit that may be more than a page. */
public final class Pages {
  /** API.md: the largest {@code limit} that the service takes. */
  private static final long LARGEST_PAGE = 1_000;

  private final Service service;
  private final String path;

  /**
   * A list.
   *
   * @param path with its filters, without {@code after} and {@code limit}
   */
  public Pages(Service service, String path) {
    this.service = service;
    this.path = path;
  }

  /**
   * Reads items until the limit.
   *
   * @param after what an earlier page said as {@code next}; null for the beginning
   * @param limit items at most
   * @param each gets every page's items, in order; the first page even when it is empty
   * @return where to go on; null at the end of the list
   */
  public String read(String after, long limit, Consumer<JsonNode> each) {
    String next = after;
    long left = limit;
    do {
      long size = Math.min(left, LARGEST_PAGE);
      StringBuilder page = new StringBuilder(path);
      page.append(path.contains("?") ? '&' : '?').append("limit=").append(size);
      if (next != null) {
        page.append("&after=").append(Service.encoded(next));
      }
      JsonNode answer = service.get(page.toString());
      JsonNode items = answer.path("items");
      each.accept(items);
      left -= items.size();
      next = answer.hasNonNull("next") ? answer.get("next").asText() : null;
    } while (next != null && left > 0);
    return next;
  }

  /** The same held as one document, {@code items} and {@code next}, for modest limits. */
  public ObjectNode document(String after, long limit) {
    ObjectNode document = Service.JSON.createObjectNode();
    var items = document.putArray("items");
    String next = read(after, limit, page -> page.forEach(items::add));
    return document.put("next", next);
  }
}
