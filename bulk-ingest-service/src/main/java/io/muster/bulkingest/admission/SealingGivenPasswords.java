package io.muster.bulkingest.admission;

import io.muster.bulkingest.upload.PasswordSeal;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.contracts.job.RequestCode;
import io.muster.sealing.Secret;
import io.muster.sealing.password.PasswordSealer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Seals given passwords under the public key that user-service has laid out. */
@ApplicationScoped
public class SealingGivenPasswords implements PasswordSeal.ForTenant {
  private static final Logger LOG = Logger.getLogger(SealingGivenPasswords.class);

  private final PasswordsConfig config;
  private final Clock clock;

  SealingGivenPasswords(PasswordsConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  @Override
  public PasswordSeal of(String tenant) {
    return new OfAnUpload(tenant);
  }

  private final class OfAnUpload implements PasswordSeal {
    private final String tenant;
    private PasswordSealer sealer;

    private OfAnUpload(String tenant) {
      this.tenant = tenant;
    }

    @Override
    public String seal(String userPrincipalName, String password) {
      Secret secret = Secret.of(password);
      try {
        if (sealer == null) {
          sealer = PasswordSealer.open(config.publicKeys(), tenant, clock);
        }
        return sealer.seal(UserPrincipalName.keyOf(userPrincipalName), secret);
      } catch (IOException e) {
        LOG.errorf("no key to seal passwords for: %s", e.getMessage());
        throw RequestRefused.because(
            RequestCode.UNAVAILABLE,
            "Passwords can't be taken just now, their key isn't there: send the file again in a"
                + " moment.");
      } finally {
        secret.destroy();
      }
    }
  }
}
