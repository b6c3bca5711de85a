package io.muster.bulkingest.hr;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What follows from events of HR. */
@ConfigMapping(prefix = "muster.hr")
public interface HrConfig {
  /**
   * The part of a new user principal name before the at sign, of {@code {first}}, {@code {last}},
   * their initials {@code {f}} and {@code {l}}, and {@code {employee}}, in ASCII. A name that is
   * somebody else's gets 2, 3 and so on behind it.
   */
  @WithDefault("{first}.{last}")
  String namePattern();

  /**
   * Domain of new names where a tenant has none registered; {@code {tenant}} stands for its id.
   * None by default: a guessed domain could be anybody's. Else it is the tenant's first one.
   */
  Optional<String> defaultDomain();

  /**
   * Whether a hire gets a generated password, collectable once by a tenant-admin. Not by default:
   * who signs in by another system needs none, and what isn't made can't be found.
   */
  @WithDefault("false")
  boolean generatePasswords();

  /**
   * How far an event's time may lie ahead of this service's clock; one beyond is a dead letter. A
   * day covers time zones that somebody forgot; more would silence the employee for as long, since
   * whatever is true is older.
   */
  @WithDefault("24h")
  Duration timeAhead();

  /** SKUs that come with a role, beside those that an event names. */
  Map<String, List<String>> roles();

  /**
   * From the last day of work until the account goes to the recycle bin. A month: payroll and
   * successors still look for things, and most who leave by mistake are back by then.
   */
  @WithDefault("P30D")
  Duration removeAfter();

  /**
   * The safety valve: more than this share of a tenant's active accounts may not be disabled
   * unasked.
   */
  @WithDefault("20")
  int valvePercent();

  /** So many may be disabled in any case, or a shop of three could let nobody go. */
  @WithDefault("2")
  int valveAccounts();

  /** Within this time: a wrong export comes at once, or once a night. */
  @WithDefault("PT24H")
  Duration valveWindow();
}
