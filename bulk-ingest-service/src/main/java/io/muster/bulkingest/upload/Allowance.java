package io.muster.bulkingest.upload;

import io.muster.bulkingest.upload.rule.AllowedDomains;
import java.util.Objects;

/**
 * What the tenant may have in one upload, besides the limits that are the same for all.
 *
 * @param domains that new users may have
 * @param maxRows data rows at most; {@link Long#MAX_VALUE} for no limit of the tenant's own
 */
public record Allowance(AllowedDomains domains, long maxRows) {
  /** Of a tenant about which nothing is laid down. */
  public static final Allowance UNLIMITED = new Allowance(AllowedDomains.ALL, Long.MAX_VALUE);

  public Allowance {
    Objects.requireNonNull(domains, "domains");
  }
}
