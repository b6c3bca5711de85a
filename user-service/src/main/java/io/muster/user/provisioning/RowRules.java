package io.muster.user.provisioning;

import io.muster.contracts.command.AccountProperty;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import io.muster.user.provisioning.signin.Rights;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What can be told of a row without looking at any account. The file reader has checked most of it
 * before; a command may also come from elsewhere, or from an older version of the reader.
 */
public final class RowRules {
  /** API.md: in a set file it clears the property. */
  public static final String CLEARS = "-";

  private RowRules() {}

  /**
   * @return why the row is refused; empty when nothing speaks against it so far
   */
  public static Optional<Outcome> refuseAdd(UserCommand command) {
    Optional<Outcome> notAllowed = Rights.refuse(command.actor(), Operation.ADD);
    if (notAllowed.isPresent()) {
      return notAllowed;
    }
    String name = command.userPrincipalName();
    if (!storable(name) || length(name) > UserPrincipalName.MAX_LENGTH || name.indexOf('@') < 1) {
      return Optional.of(Outcome.rejected(RowCode.INVALID_USER_PRINCIPAL_NAME));
    }
    Optional<Outcome> badValue = refuseValues(command);
    if (badValue.isPresent()) {
      return badValue;
    }
    if (displayName(command.properties()) == null) {
      return Optional.of(
          Outcome.rejected(
              RowCode.MISSING_VALUE,
              "Fill in column DisplayName, or FirstName and LastName to make it from."));
    }
    return Optional.empty();
  }

  /**
   * @return why a row of a set file is refused; empty when nothing speaks against it so far
   */
  public static Optional<Outcome> refuseSet(UserCommand command) {
    String newName = command.properties().get("userPrincipalName");
    if (newName != null
        && !UserPrincipalName.keyOf(newName)
            .equals(UserPrincipalName.keyOf(command.userPrincipalName()))) {
      return Optional.of(Outcome.rejected(RowCode.IMMUTABLE));
    }
    if (CLEARS.equals(command.properties().get(AccountProperty.DISPLAY_NAME.field()))) {
      return Optional.of(
          Outcome.rejected(
              RowCode.INVALID_VALUE,
              "Column DisplayName can't be cleared: give another name, or leave it empty to keep"
                  + " the present one."));
    }
    return refuseValues(command);
  }

  private static Optional<Outcome> refuseValues(UserCommand command) {
    return allFit(command.properties()) ? Optional.empty() : refuseFirst(command.properties());
  }

  /** Nearly always: so what isn't there isn't looked for. */
  private static boolean allFit(Map<String, String> properties) {
    for (Map.Entry<String, String> each : properties.entrySet()) {
      Optional<AccountProperty> property = AccountProperty.ofField(each.getKey());
      if (property.isPresent() && !fits(property.get(), each.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** In the order of the columns, whatever the order in the message. */
  private static Optional<Outcome> refuseFirst(Map<String, String> properties) {
    return Arrays.stream(AccountProperty.values())
        .filter(property -> properties.containsKey(property.field()))
        .filter(property -> !fits(property, properties.get(property.field())))
        .findFirst()
        .map(
            property ->
                Outcome.rejected(
                    RowCode.INVALID_VALUE,
                    "Column %s takes %d characters of text at most."
                        .formatted(property.column(), property.maxLength())));
  }

  private static boolean fits(AccountProperty property, String value) {
    return storable(value) && length(value) <= property.maxLength();
  }

  /**
   * @return as given, else made of first and last name; null when there is neither
   */
  public static String displayName(Map<String, String> properties) {
    String given = properties.get(AccountProperty.DISPLAY_NAME.field());
    if (given != null && !given.isBlank()) {
      return given;
    }
    String first = properties.getOrDefault(AccountProperty.FIRST_NAME.field(), "");
    String last = properties.getOrDefault(AccountProperty.LAST_NAME.field(), "");
    String made = (first + " " + last).strip();
    return made.isEmpty() ? null : made;
  }

  /** PostgreSQL's text takes everything but NUL and halves of surrogate pairs. */
  private static boolean storable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
