package io.muster.chassis.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashFormatTest {
  private static final String SALT = "c2FsdHNhbHRzYWx0c2FsdA";
  private static final String TAG = "q83vEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJq80";
  private static final String BCRYPT_53 = "abcdefghijklmnopqrstuu5wTIsFfdpOmQ5gTB4wXP5wTaKGDrMBm";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=19456,t=2,p=1$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=47104,t=1,p=1$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=7168,t=5,p=4$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=65536,t=3,p=4$" + SALT + "$" + TAG,
        "$2a$10$" + BCRYPT_53,
        "$2b$12$" + BCRYPT_53,
        "$2y$14$" + BCRYPT_53,
        "{bcrypt}$2a$10$" + BCRYPT_53,
        "$pbkdf2-sha256$i=600000$" + SALT + "$" + TAG,
        "$pbkdf2-sha256$i=600000,l=32$" + SALT + "$" + TAG,
        "$pbkdf2-sha256$600000$" + SALT + "$" + TAG,
        "$pbkdf2-sha512$i=210000$" + SALT + "$" + TAG,
      })
  void hashesOfEnoughCostAreTakenOver(String hash) {
    assertThat(PasswordHashFormat.fault(hash)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "$argon2id$v=19$m=19455,t=2,p=1$ weak",
        "$argon2id$v=19$m=19456,t=1,p=1$ weak",
        "$argon2id$v=19$m=7167,t=99,p=1$ weak",
        "$argon2id$v=19$m=131073,t=1,p=1$ takes_too_much",
        "$argon2id$v=19$m=2097152,t=1,p=4$ takes_too_much",
        "$argon2id$v=19$m=65536,t=17,p=1$ takes_too_much",
        "$argon2id$v=19$m=65536,t=3,p=17$ takes_too_much",
        "$pbkdf2-sha256$i=599999$ weak",
        "$pbkdf2-sha256$29000$ weak",
        "$pbkdf2-sha512$i=209999$ weak",
        "$pbkdf2-sha256$i=2000001$ takes_too_long",
        "$pbkdf2-sha512$i=1000001$ takes_too_long",
      })
  void hashesTooCheapOrTooDearAreRefused(String start, String cause) {
    assertThat(PasswordHashFormat.fault(start + SALT + "$" + TAG))
        .get()
        .asString()
        .contains(cause.replace('_', ' '));
  }

  @Test
  void bcryptHasAFloorAndACeilingToo() {
    assertThat(PasswordHashFormat.fault("$2b$09$" + BCRYPT_53)).get().asString().contains("weak");
    assertThat(PasswordHashFormat.fault("$2b$15$" + BCRYPT_53)).get().asString().contains("long");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2hunter2",
        "5f4dcc3b5aa765d61d8327deb882cf99",
        "{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=",
        "$1$salt$qJH7.N4xYta3aEG/dfqo/0",
        "$6$rounds=5000$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjlO/O817G3uBnIFNjnQJu",
        "$argon2i$v=19$m=65536,t=3,p=4$" + SALT + "$" + TAG,
        "$argon2id$v=16$m=65536,t=3,p=4$" + SALT + "$" + TAG,
        "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$" + TAG,
        "$argon2id$v=19$m=65536,t=3,p=4$" + SALT + "$c2hvcnQ",
        "$argon2id$v=19$m=65536,t=3,p=4$" + SALT + "$" + TAG + "\n",
        "$2x$12$" + BCRYPT_53,
        "$2$12$" + BCRYPT_53,
        "$2b$12$" + BCRYPT_53 + "x",
        "{noop}$2b$12$" + BCRYPT_53,
        "$pbkdf2-sha1$i=1300000$" + SALT + "$" + TAG,
        "$pbkdf2-sha256$i=600000,l=31$" + SALT + "$" + TAG,
        "$pbkdf2-sha256$i=600000$" + SALT + "$" + TAG + TAG,
        "$pbkdf2-sha256$i=0$" + SALT + "$" + TAG,
        "pbkdf2_sha256$600000$salt$" + TAG,
      })
  void whatIsInNoKnownFormIsRefused(String hash) {
    assertThat(PasswordHashFormat.fault(hash)).get().asString().contains("no hash in a form");
  }

  @Test
  void aRefusalNamesTheColumnTheCauseAndTheCureAndNoPartOfTheHash() {
    String fault = PasswordHashFormat.fault("$2b$04$" + BCRYPT_53).orElseThrow();

    assertThat(fault)
        .startsWith("Column PasswordHash: ")
        .contains("cost 4", "10 is the least", "give a password instead")
        .doesNotContain(BCRYPT_53.substring(0, 6));
    assertThat(PasswordHashFormat.fault("hunter2hunter2").orElseThrow()).doesNotContain("hunter2");
    assertThat(PasswordHashFormat.fault(null)).isPresent();
  }

  @Test
  void oneHashHasOneSpelling() {
    assertThat(written("{bcrypt}$2a$10$" + BCRYPT_53)).isEqualTo("$2a$10$" + BCRYPT_53);
    // The last characters of salt and tag, with bits that belong to no byte.
    assertThat(written("$2a$10$abcdefghijklmnopqrstuv" + BCRYPT_53.substring(22)))
        .isEqualTo("$2a$10$" + BCRYPT_53);
    assertThat(written("$2a$10$" + BCRYPT_53.substring(0, 52) + "n"))
        .isEqualTo("$2a$10$" + BCRYPT_53);
    assertThat(written("$argon2id$v=19$m=019456,t=02,p=1$" + SALT + "$" + TAG))
        .isEqualTo("$argon2id$v=19$m=19456,t=2,p=1$" + SALT + "$" + TAG);
    assertThat(written("$pbkdf2-sha256$600000$" + SALT + "$" + TAG.replace('3', '.')))
        .isEqualTo("$pbkdf2-sha256$i=600000$" + SALT + "$" + TAG.replace('3', '+'));
  }

  @Test
  void theTextOfNoneShowsWhatCouldBeGuessedFrom() {
    assertThat(PasswordHashFormat.read("$2a$10$" + BCRYPT_53).orElseThrow().toString())
        .doesNotContain(BCRYPT_53);
    assertThat(
            PasswordHashFormat.read("$pbkdf2-sha256$i=600000$" + SALT + "$" + TAG)
                .orElseThrow()
                .toString())
        .doesNotContain(TAG, SALT);
  }

  private static String written(String hash) {
    return PasswordHashFormat.read(hash).orElseThrow().written();
  }
}
