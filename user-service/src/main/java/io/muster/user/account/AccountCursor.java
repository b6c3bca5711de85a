package io.muster.user.account;

import io.muster.chassis.problem.RequestRefused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * The place after an account in the list. Opaque to callers.
 *
 * @param upnKey of the last account that was shown
 * @param id of the same: removed accounts may share a name
 */
record AccountCursor(String upnKey, UUID id) {
  private static final int ID_LENGTH = 36;

  static AccountCursor after(Account account) {
    return new AccountCursor(account.upnKey, account.id);
  }

  String encoded() {
    byte[] text = (id + upnKey).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  /**
   * @throws RequestRefused when it isn't one that we gave
   */
  static AccountCursor decoded(String after) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
      String key = text.substring(ID_LENGTH);
      if (key.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("no name holds NUL");
      }
      return new AccountCursor(key, UUID.fromString(text.substring(0, ID_LENGTH)));
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw RequestRefused.invalid("after", "Pass the value of next as it came, or leave it out.");
    }
  }
}
