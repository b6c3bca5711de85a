package io.muster.chassis.password;

import java.util.Optional;

/**
 * Which hashes out of a {@code PasswordHash} cell are taken over: Argon2id, bcrypt and PBKDF2, each
 * with a floor, below which guessing is too cheap, and a ceiling, above which one sign-in would
 * keep a core or the memory busy for everybody else. Thread-safe.
 */
public final class PasswordHashFormat {
  /** The longest form that is taken has some 200 characters. */
  private static final int MAX_LENGTH = 512;

  private static final String FORMS =
      "Give $argon2id$v=19$m=..,t=..,p=..$salt$hash, bcrypt ($2a$, $2b$, $2y$ or {bcrypt}$2a$), or"
          + " $pbkdf2-sha256$i=..$salt$hash, or give a password instead.";
  private static final String INSTEAD =
      "Leave the cell empty and give a password instead, or have one generated.";

  private PasswordHashFormat() {}

  /**
   * @param hash the cell's text
   * @return why it can't be taken over, with column, cause and cure, and without any part of it;
   *     empty when it can
   */
  public static Optional<String> fault(String hash) {
    Optional<ReadableHash> read = read(hash);
    if (read.isEmpty()) {
      return Optional.of("Column PasswordHash: this is no hash in a form that is known. " + FORMS);
    }
    return read.get().fault().map(cause -> "Column PasswordHash: " + cause + " " + INSTEAD);
  }

  /**
   * @return the hash's parts, whether or not it is within floors and ceilings; empty when it is in
   *     none of the forms
   */
  public static Optional<ReadableHash> read(String hash) {
    if (hash == null || hash.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Optional<ReadableHash> argon2id = Argon2idHash.read(hash).map(ReadableHash.class::cast);
    return argon2id.or(() -> BcryptHash.read(hash)).or(() -> Pbkdf2Hash.read(hash));
  }
}
