package io.muster.user.password.signin;

import io.muster.sealing.Secret;
import io.muster.user.password.PasswordHashing;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Makes a hash stronger, or our own, when its password is there: the only moment at which that can
 * be done. It stays the same version of the credential, and what must be changed stays so.
 */
@ApplicationScoped
class Rehashing {
  private static final String KEEP =
      "UPDATE credential SET hash = ? WHERE tenant_id = ? AND id = ? AND hash = ?";

  private final PasswordHashing hashing;

  Rehashing(PasswordHashing hashing) {
    this.hashing = hashing;
  }

  /**
   * @return null when the hash is as strong as new ones, or generated
   */
  String ifOutdated(String hash, Secret password) {
    return PasswordHashing.isOutdated(hash) ? hashing.hashHere(password) : null;
  }

  /**
   * @param better null changes nothing
   */
  void keep(Connection connection, String tenant, KnownCredential known, String better)
      throws SQLException {
    if (better == null) {
      return;
    }
    try (PreparedStatement keep = connection.prepareStatement(KEEP)) {
      keep.setString(1, better);
      keep.setString(2, tenant);
      keep.setObject(3, known.credentialId());
      keep.setString(4, known.hash());
      keep.executeUpdate();
    }
  }
}
