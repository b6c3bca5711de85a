package io.muster.bulkingest.upload;

/** Seals the given passwords of one upload for user-service alone. One thread. */
@FunctionalInterface
public interface PasswordSeal {
  /**
   * Seals a password that the policy has found good.
   *
   * @param userPrincipalName whose it is to be, as written; bound to the seal
   * @param password as given, never trimmed or folded
   * @return what commands carry
   * @throws io.muster.chassis.problem.RequestRefused UNAVAILABLE when there is no key to seal for
   */
  String seal(String userPrincipalName, String password);

  /** Makes a seal for each upload. Thread-safe. */
  @FunctionalInterface
  interface ForTenant {
    /** Costs nothing until the first password. */
    PasswordSeal of(String tenant);
  }
}
