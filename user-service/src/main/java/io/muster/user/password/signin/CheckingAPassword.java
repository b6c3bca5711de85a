package io.muster.user.password.signin;

import io.muster.chassis.problem.Problem;
import io.muster.chassis.problem.RequestRefused;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.job.RequestCode;
import io.muster.user.password.PasswordHashing;
import io.muster.user.password.signin.SignInPace.Turn;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import javax.sql.DataSource;

/**
 * Checks one password: takes a turn, waits for it without holding a thread, and computes exactly
 * one Argon2id hash, whether or not there is such a user, a credential, or a slow hash to compare
 * with; a hash that another system made is computed beside it. See docs/decisions/0009.
 */
@ApplicationScoped
public class CheckingAPassword {
  /**
   * Answers other than "valid" go out at whole steps of it: hashes that other systems made take
   * longer or shorter than ours until their first sign-in, and nobody is to tell by the time
   * whether there is such a user. bcrypt of cost 12 and 600,000 iterations of PBKDF2 take some 300
   * ms.
   */
  private static final Duration STEP = Duration.ofMillis(500);

  private final DataSource dataSource;
  private final TenantScope tenants;
  private final PasswordHashing hashing;
  private final SignInPace pace;
  private final PasswordChecks checks;
  private final Rehashing rehashing;
  private final SignInThreads threads;
  private final Clock clock;

  @Inject
  CheckingAPassword(
      DataSource dataSource,
      TenantScope tenants,
      PasswordHashing hashing,
      SignInPace pace,
      PasswordChecks checks,
      Rehashing rehashing,
      SignInThreads threads) {
    this.dataSource = dataSource;
    this.tenants = tenants;
    this.hashing = hashing;
    this.pace = pace;
    this.checks = checks;
    this.rehashing = rehashing;
    this.threads = threads;
    this.clock = Clock.systemUTC();
  }

  /**
   * What came out.
   *
   * @param sight whether the actor may know
   * @param known the account; empty when there is none in use
   * @param valid the password is right, and still good
   */
  public record Checked(Attempt.Sight sight, Optional<KnownCredential> known, boolean valid) {}

  /**
   * @return fails with TOO_MANY_REQUESTS when the wait would be too long, with UNAVAILABLE when too
   *     many others are being checked. What follows runs on a thread for sign-ins
   */
  public Uni<Checked> check(Attempt attempt) {
    return Uni.createFrom()
        .item(() -> takeATurn(attempt))
        .runSubscriptionOn(threads)
        .onItem()
        .transformToUni(
            wait ->
                wait.isZero()
                    ? Uni.createFrom().item(wait)
                    : Uni.createFrom().item(wait).onItem().delayIt().by(wait).emitOn(threads))
        .onItem()
        .transformToUni(waited -> told(compare(attempt)))
        .onFailure(RejectedExecutionException.class)
        .transform(full -> busy());
  }

  private Duration takeATurn(Attempt attempt) {
    Turn turn =
        inTransaction(
            attempt,
            connection -> {
              Optional<KnownCredential> known =
                  KnownCredential.find(connection, attempt.tenant(), attempt.upnKey());
              // Nobody slows down those whom they may not see.
              return attempt.sees(known) == Attempt.Sight.OPEN
                  ? pace.take(connection, attempt.tenant(), attempt.upnKey())
                  : new Turn(true, Duration.ZERO);
            });
    if (!turn.taken()) {
      throw tooMany(turn.in());
    }
    return turn.in();
  }

  private Uni<Checked> told(Compared compared) {
    Uni<Checked> now = Uni.createFrom().item(compared.checked());
    long step = STEP.toNanos();
    long into = (System.nanoTime() - compared.startedAt()) % step;
    return compared.checked().valid()
        ? now
        : now.onItem().delayIt().by(Duration.ofNanos(step - into));
  }

  /**
   * @param startedAt nanoseconds
   */
  private record Compared(Checked checked, long startedAt) {}

  private Compared compare(Attempt attempt) {
    long startedAt = System.nanoTime();
    Optional<KnownCredential> known =
        inTransaction(
            attempt,
            connection -> KnownCredential.find(connection, attempt.tenant(), attempt.upnKey()));
    String hash = known.map(KnownCredential::hash).orElse(null);
    boolean right = takingTheSameTime(attempt, hash);
    Attempt.Sight sight = attempt.sees(known);
    boolean expired = known.isPresent() && known.get().isExpired(clock.instant());
    boolean valid = right && !expired && sight == Attempt.Sight.OPEN;
    Checked checked = new Checked(sight, known, valid);
    String better = valid ? rehashing.ifOutdated(hash, attempt.password()) : null;
    return inTransaction(
        attempt,
        connection -> {
          checks.append(connection, attempt, checked, clock.instant());
          if (valid) {
            pace.reset(connection, attempt.tenant(), attempt.upnKey());
            rehashing.keep(connection, attempt.tenant(), known.get(), better);
          }
          return new Compared(checked, startedAt);
        });
  }

  /** One Argon2id computation on every path; see {@link PasswordHashing#verifications()}. */
  private boolean takingTheSameTime(Attempt attempt, String hash) {
    if (hash != null && PasswordHashing.isSlow(hash)) {
      return hashing.verify(hash, attempt.password());
    }
    boolean right = hash != null && hashing.verify(hash, attempt.password());
    boolean nobodys = hashing.verify(PasswordHashing.OF_NOBODY, attempt.password());
    return right && !nobodys;
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T inTransaction(Attempt attempt, Work<T> work) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              tenants.enter(attempt.tenant());
              try (Connection connection = dataSource.getConnection()) {
                return work.on(connection);
              }
            });
  }

  private static RequestRefused tooMany(Duration again) {
    RequestCode code = RequestCode.TOO_MANY_REQUESTS;
    return RequestRefused.passedOn(
        new Problem(
            code.name(),
            code.title(),
            code.status(),
            "This user's password was tried too often: try again later.",
            null,
            Map.of(Problem.RETRY_AFTER, again.plusMillis(999).toSeconds())));
  }

  private static RequestRefused busy() {
    return RequestRefused.because(
        RequestCode.UNAVAILABLE, "Too many passwords are being checked. Try again in a moment.");
  }
}
