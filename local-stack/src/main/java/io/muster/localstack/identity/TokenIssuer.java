package io.muster.localstack.identity;

import io.muster.localstack.home.PrivateFiles;
import io.muster.localstack.home.StackFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * The local stack's own issuer of bearer tokens. For development: whoever may read the stack's
 * folder may be anybody in any tenant of that stack.
 */
public final class TokenIssuer {
  public static final String ISSUER = "urn:muster:local-stack";
  public static final String AUDIENCE = "muster";

  private static final String PRIVATE_KEY = "issuer-private.jwk";
  private static final String PUBLIC_KEY = "issuer-public.pem";
  private static final String KEY_ID = "local-stack";

  private final RsaJsonWebKey key;
  private final Clock clock;

  private TokenIssuer(RsaJsonWebKey key, Clock clock) {
    this.key = key;
    this.clock = clock;
  }

  /** The folder's issuer; its key pair is made at the first time. */
  public static TokenIssuer makeOrOpen(Path folder, Clock clock) {
    if (Files.notExists(folder.resolve(PRIVATE_KEY))) {
      make(folder);
    }
    return open(folder, clock);
  }

  /**
   * The folder's issuer.
   *
   * @param folder the data folder of a local stack
   * @throws StackFailure when no stack ever ran there
   */
  public static TokenIssuer open(Path folder, Clock clock) {
    Path file = folder.resolve(PRIVATE_KEY);
    if (Files.notExists(file)) {
      throw new StackFailure(
          "No local stack has run in " + folder + ", so it has no issuer. Run ./muster up first.");
    }
    try {
      return new TokenIssuer(
          (RsaJsonWebKey) JsonWebKey.Factory.newJwk(Files.readString(file)), clock);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + file, e);
    } catch (JoseException e) {
      throw new StackFailure(file + " holds no usable key.", e);
    }
  }

  /** Where services find the key that verifies. */
  public static Path publicKeyFile(Path folder) {
    return folder.resolve(PUBLIC_KEY);
  }

  private static void make(Path folder) {
    try {
      RsaJsonWebKey made = RsaJwkGenerator.generateJwk(2048);
      made.setKeyId(KEY_ID);
      PrivateFiles.replace(
          publicKeyFile(folder),
          "-----BEGIN PUBLIC KEY-----\n"
              + Base64.getMimeEncoder(64, new byte[] {'\n'})
                  .encodeToString(made.getPublicKey().getEncoded())
              + "\n-----END PUBLIC KEY-----\n");
      PrivateFiles.replace(
          folder.resolve(PRIVATE_KEY),
          made.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE) + "\n");
    } catch (JoseException e) {
      throw new StackFailure("This Java can't make RSA keys.", e);
    }
  }

  /**
   * A signed token, valid from now on.
   *
   * @param roles words of API.md
   * @param units may be empty
   * @param lifetime at least a second
   */
  public String sign(
      String tenant, String subject, Set<String> roles, Set<String> units, Duration lifetime) {
    NumericDate now = NumericDate.fromSeconds(clock.instant().getEpochSecond());
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setAudience(AUDIENCE);
    claims.setSubject(subject);
    claims.setIssuedAt(now);
    claims.setExpirationTime(NumericDate.fromSeconds(now.getValue() + lifetime.toSeconds()));
    claims.setGeneratedJwtId();
    claims.setStringClaim("tenant", tenant);
    claims.setStringListClaim("roles", List.copyOf(roles));
    claims.setStringListClaim("units", List.copyOf(units));
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key.getPrivateKey());
    signature.setKeyIdHeaderValue(KEY_ID);
    signature.setHeader("typ", "JWT");
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new StackFailure("The issuer's key can't sign.", e);
    }
  }
}
