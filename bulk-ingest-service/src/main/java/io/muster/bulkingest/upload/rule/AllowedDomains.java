package io.muster.bulkingest.upload.rule;

import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.spool.RowRefusal;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.contracts.result.RowCode;
import java.net.IDN;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The domains that a tenant's new users may have: all when none is registered, else exactly these,
 * not those below them. Case doesn't count, nor whether a name is written in its own letters or as
 * {@code xn--}.
 */
public final class AllowedDomains {
  /** Of a tenant without registered domains. */
  public static final AllowedDomains ALL = new AllowedDomains(Set.of());

  private final Set<String> keys;

  private AllowedDomains(Set<String> keys) {
    this.keys = keys;
  }

  /**
   * @param domains as registered; none allows all
   */
  public static AllowedDomains of(Collection<String> domains) {
    return new AllowedDomains(
        domains.stream().map(AllowedDomains::key).collect(Collectors.toUnmodifiableSet()));
  }

  /** What is the same for all ways to write a domain. */
  public static String key(String domain) {
    // Ours keeps the letters (toASCII would make straße into strasse, which is another domain).
    String lower = UserPrincipalName.keyOf(domain);
    return lower.contains("xn--") ? UserPrincipalName.keyOf(IDN.toUnicode(lower)) : lower;
  }

  /**
   * @param name a well-formed user principal name
   * @return null when it may be
   */
  public RowRefusal fault(String name) {
    if (keys.isEmpty() || keys.contains(key(name.substring(name.indexOf('@') + 1)))) {
      return null;
    }
    return new RowRefusal(
        RowCode.DOMAIN_NOT_ALLOWED,
        "UserPrincipalName is in a domain that isn't registered for this tenant: use one that is,"
            + " or ask the operators to register it.",
        Column.USER_PRINCIPAL_NAME);
  }
}
