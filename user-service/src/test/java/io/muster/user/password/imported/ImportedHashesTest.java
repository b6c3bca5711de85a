package io.muster.user.password.imported;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.chassis.password.PasswordHashFormat;
import io.muster.sealing.Keysets;
import io.muster.sealing.Secret;
import io.muster.user.password.PasswordHashing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against hashes that glibc's crypt and Python's hashlib made. */
class ImportedHashesTest {
  private final PasswordHashing hashing = new PasswordHashing(Keysets.inMemory());

  @ParameterizedTest
  @CsvSource({
    "zv8Qm2xR7pLw,$2a$10$abcdefghijklmnopqrstuu28x9JLQRT1wn82bhBPj1ZNGOe9otXlG",
    "zv8Qm2xR7pLw,$2b$10$abcdefghijklmnopqrstuu28x9JLQRT1wn82bhBPj1ZNGOe9otXlG",
    "zv8Qm2xR7pLw,$2y$10$abcdefghijklmnopqrstuu28x9JLQRT1wn82bhBPj1ZNGOe9otXlG",
    "zv8Qm2xR7pLw,{bcrypt}$2a$10$abcdefghijklmnopqrstuu28x9JLQRT1wn82bhBPj1ZNGOe9otXlG",
    "zv8Qm2xR7pLw,$2b$10$abcdefghijklmnopqrstuv28x9JLQRT1wn82bhBPj1ZNGOe9otXlG",
    "Größe-Müller-92,$2b$10$abcdefghijklmnopqrstuuEIrU6HM5royLR9cjgYpgy9EKbr9meNm",
    "Größe-73-Zeichen-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx,"
        + "$2b$10$abcdefghijklmnopqrstuuoLf2BTSNx0mDXtBQtgv0o5OWOGoebLu",
    "zv8Qm2xR7pLw,"
        + "$pbkdf2-sha256$i=600000$c2FsdHNhbHRzYWx0c2FsdA$tkazjiShpkcPiDwVcvYMXxtH7VjRtVfPE4GJcPke3jc",
    "zv8Qm2xR7pLw,"
        + "$pbkdf2-sha256$600000$c2FsdHNhbHRzYWx0c2FsdA$tkazjiShpkcPiDwVcvYMXxtH7VjRtVfPE4GJcPke3jc",
    "Größe-Müller-92,"
        + "$pbkdf2-sha256$i=600000$c2FsdHNhbHRzYWx0c2FsdA$nF72NVU/k47L1J27CvTFsjKD7Je/r1QkH0DUfx3g0jM",
    "zv8Qm2xR7pLw,$pbkdf2-sha512$i=210000$c2FsdHNhbHRzYWx0c2FsdA$"
        + "VDkXudTpemmw+/i267eyEBSnw2DgiO2Gu5wdHi79hfobZYU1g6nRPRBeSU3ugUmf//yzxW8jsSWKHWeSlCHR9Q",
    "Größe-Müller-92,$pbkdf2-sha512$i=210000$c2FsdHNhbHRzYWx0c2FsdA$"
        + "4W2CtDT/BWOGE/jsqQyD6NPadgr8vqzsj3BpJAUvL80m7fJeFYdskIE1eCZu7wl9U5AD/T0L68QXvEzt4WEO/w",
  })
  void whatAnotherSystemHashedIsVerified(String password, String hash) {
    assertThat(PasswordHashFormat.fault(hash)).isEmpty();
    String kept = PasswordHashFormat.read(hash).orElseThrow().written();

    assertThat(hashing.verify(kept, Secret.of(password))).isTrue();
    assertThat(hashing.verify(kept, Secret.of("X" + password.substring(1)))).isFalse();
    assertThat(hashing.verify(kept, Secret.of(""))).isFalse();
    assertThat(PasswordHashing.isOutdated(kept)).as("hashed anew at the next sign-in").isTrue();
  }
}
