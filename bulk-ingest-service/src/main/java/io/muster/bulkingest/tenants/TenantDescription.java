package io.muster.bulkingest.tenants;

import io.muster.bulkingest.upload.rule.AllowedDomains;
import io.muster.bulkingest.upload.rule.NameRule;
import io.muster.chassis.problem.RequestRefused;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A tenant, as operators read and write it. What is read can be written as it is.
 *
 * @param tenant its id; when written, the one of the path or left out
 * @param name for people; null without one
 * @param domains of new users; none allows all
 * @param quotas never null
 * @param settings never null
 * @param registeredAt when it was first seen or registered; ignored when written
 * @param updatedAt when an operator last laid something down; ignored when written
 */
public record TenantDescription(
    String tenant,
    String name,
    List<String> domains,
    Quotas quotas,
    Settings settings,
    Instant registeredAt,
    Instant updatedAt) {
  /** A line on a screen. */
  private static final int LONGEST_NAME = 256;

  /** The largest directories have some hundreds; each upload reads them all. */
  private static final int MOST_DOMAINS = 5_000;

  /** RFC 1035, without the dot at the end. */
  private static final int LONGEST_DOMAIN = 253;

  /**
   * Null means no limit, and of single calls the system's own.
   *
   * @param openJobs files that are not finished yet, at most
   * @param rowsPerJob data rows of one file, at most
   * @param uploadsPerMinute files that may be begun a minute, refused ones included: so many at
   *     once by whoever was quiet before
   * @param singleCallsPerMinute calls that change one user, refused ones included: some seconds'
   *     worth at once
   */
  public record Quotas(
      Integer openJobs, Long rowsPerJob, Integer uploadsPerMinute, Integer singleCallsPerMinute) {
    static final Quotas NONE = new Quotas(null, null, null, null);
  }

  /**
   * @param uploadsAllowed false stops new files and single calls; running jobs go on. Null when
   *     written means true
   */
  public record Settings(Boolean uploadsAllowed) {
    public Settings {
      uploadsAllowed = uploadsAllowed == null || uploadsAllowed;
    }
  }

  public TenantDescription {
    domains = domains == null ? List.of() : List.copyOf(domains);
    quotas = quotas == null ? Quotas.NONE : quotas;
    settings = settings == null ? new Settings(null) : settings;
  }

  /**
   * What was written can be laid down.
   *
   * @throws RequestRefused INVALID_REQUEST with the field to blame
   */
  void check(String ofPath) {
    if (tenant != null && !tenant.equals(ofPath)) {
      throw RequestRefused.invalid(
          "tenant", "The body names another tenant than the path: a tenant's id never changes.");
    }
    if (name != null && (name.isBlank() || name.length() > LONGEST_NAME)) {
      throw RequestRefused.invalid("name", "A name has 1 to " + LONGEST_NAME + " characters.");
    }
    if (name != null && name.codePoints().anyMatch(TenantDescription::isNoText)) {
      throw RequestRefused.invalid(
          "name", "A name is one line of text: take control characters and half characters out.");
    }
    checkDomains();
    checkQuota("quotas.openJobs", quotas.openJobs());
    checkQuota("quotas.rowsPerJob", quotas.rowsPerJob());
    checkQuota("quotas.uploadsPerMinute", quotas.uploadsPerMinute());
    checkQuota("quotas.singleCallsPerMinute", quotas.singleCallsPerMinute());
  }

  /** No screen shows it, and PostgreSQL doesn't store all of it. */
  private static boolean isNoText(int character) {
    return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
  }

  private void checkDomains() {
    if (domains.size() > MOST_DOMAINS) {
      throw RequestRefused.invalid(
          "domains",
          "A tenant has " + MOST_DOMAINS + " domains at most; " + domains.size() + " are given.");
    }
    Set<String> seen = new HashSet<>();
    for (String domain : domains) {
      if (domain.length() > LONGEST_DOMAIN || NameRule.domainFault(domain) != null) {
        throw RequestRefused.invalid(
            "domains",
            "A domain is written like example.com, letters of any script, without @ or blanks.");
      }
      if (!seen.add(AllowedDomains.key(domain))) {
        throw RequestRefused.invalid("domains", "The same domain is given twice.");
      }
    }
  }

  private static void checkQuota(String field, Number quota) {
    if (quota != null && quota.longValue() < 1) {
      throw RequestRefused.invalid(field, "A quota is 1 or more, or null for no limit.");
    }
  }
}
