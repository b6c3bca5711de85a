package io.muster.user.password;

import io.muster.sealing.Keysets;
import io.muster.sealing.password.PasswordEpochs;
import io.muster.sealing.password.PasswordOpener;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;

/** This service's keys, and their epochs' beginning and end. */
final class PasswordKeys {
  @Produces
  @Singleton
  Keysets keysets(SealingConfig config) throws IOException {
    return Keysets.loadOrCreate(config.keyset());
  }

  @Produces
  @Singleton
  PasswordOpener opener(PasswordsConfig config) {
    return new PasswordOpener(config.privateKeys());
  }

  @Produces
  @Singleton
  PasswordEpochs epochs(PasswordsConfig config) {
    return new PasswordEpochs(config.privateKeys(), config.publicKeys(), Clock.systemUTC());
  }

  /** Sees to it that there is a key to seal with, and that old ones go. */
  @ApplicationScoped
  static class Epochs {
    private final PasswordEpochs epochs;
    private final PasswordOpener opener;

    Epochs(PasswordEpochs epochs, PasswordOpener opener) {
      this.epochs = epochs;
      this.opener = opener;
    }

    /** Before the first upload needs it; without a folder to write to the service doesn't start. */
    void onStart(@Observes StartupEvent started) throws IOException {
      epochs.ensure();
    }

    @Scheduled(every = "1h", delayed = "1h")
    void ensure() throws IOException {
      epochs.ensure();
    }

    /** Just after the day that ends an epoch, UTC; and soon after a start that came too late. */
    @Scheduled(cron = "0 1 0 * * ?", timeZone = "UTC")
    @Scheduled(every = "24h", delayed = "1m")
    void destroyExpired() throws IOException {
      epochs.destroyExpired();
      opener.forgetDestroyed();
    }
  }
}
