package io.muster.inbox;

import io.muster.contracts.event.AccountEventType;
import io.muster.contracts.event.AccountState;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Something that a command did to an account or its seats, as the tenant's other systems are told.
 *
 * @param state the account's state after it; null where it isn't about that
 * @param names of what changed, properties or SKUs; never null, empty where nothing has to be named
 */
public record Happening(AccountEventType type, AccountState state, List<String> names) {
  public Happening {
    Objects.requireNonNull(type, "type");
    names = names == null ? List.of() : List.copyOf(names);
  }

  /** Nothing more to tell. */
  public static Happening of(AccountEventType type) {
    return new Happening(type, null, List.of());
  }

  /** It left the account in this state. */
  public static Happening leaving(AccountEventType type, AccountState state) {
    return new Happening(type, state, List.of());
  }

  /** It was about these. */
  public static Happening about(AccountEventType type, List<String> names) {
    return new Happening(type, null, names);
  }

  /**
   * As the inbox stores them: {@code ACTIVATED:ACTIVE;CHANGED=city,office}.
   *
   * @param happenings null where the command itself tells them
   * @return null for null
   */
  public static String text(List<Happening> happenings) {
    return happenings == null
        ? null
        : happenings.stream().map(Happening::text).collect(Collectors.joining(";"));
  }

  private String text() {
    return type.name()
        + (state == null ? "" : ":" + state.name())
        + (names.isEmpty()
            ? ""
            : names.stream().map(Happening::escape).collect(Collectors.joining(",", "=", "")));
  }

  /**
   * What {@link #text} made.
   *
   * @param text null for null
   */
  public static List<Happening> read(String text) {
    if (text == null) {
      return null;
    }
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(";")).map(Happening::readOne).toList();
  }

  private static Happening readOne(String text) {
    int names = text.indexOf('=');
    String head = names < 0 ? text : text.substring(0, names);
    int state = head.indexOf(':');
    return new Happening(
        AccountEventType.valueOf(state < 0 ? head : head.substring(0, state)),
        state < 0 ? null : AccountState.valueOf(head.substring(state + 1)),
        names < 0
            ? List.of()
            : Arrays.stream(text.substring(names + 1).split(",")).map(Happening::plain).toList());
  }

  private static String escape(String name) {
    return name.replace("%", "%25").replace(",", "%2C").replace(";", "%3B");
  }

  private static String plain(String name) {
    return name.replace("%3B", ";").replace("%2C", ",").replace("%25", "%");
  }
}
