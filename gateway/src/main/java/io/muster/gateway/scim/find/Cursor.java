package io.muster.gateway.scim.find;

import io.muster.gateway.access.ScimErrors;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The place behind a page (RFC 9865). Opaque to clients, never over: it says where to go on and
 * holds nothing on this side.
 *
 * @param total as it was counted for the first page
 * @param skip how many users were shown, where all that are meant are found at once
 * @param after user-service's own place, where they are walked through; null for the beginning
 */
record Cursor(long total, int skip, String after) {
  private static final String NOTHING = "-";

  String encoded() {
    String text = total + " " + skip + " " + (after == null ? NOTHING : after);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws io.muster.chassis.problem.RequestRefused invalidCursor
   */
  static Cursor decoded(String text) {
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ");
      long total = Long.parseLong(parts[0]);
      int skip = Integer.parseInt(parts[1]);
      if (parts.length == 3 && total >= 0 && skip >= 0) {
        return new Cursor(total, skip, parts[2].equals(NOTHING) ? null : parts[2]);
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      // Refused below.
    }
    throw ScimErrors.refused(
        "invalidCursor", "Pass the value of nextCursor as it came, with the same filter.");
  }
}
