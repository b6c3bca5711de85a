package io.muster.user.provisioning.undoing;

import io.muster.contracts.command.Stamp;
import io.muster.user.provisioning.enabling.SignIn;
import io.muster.user.provisioning.undoing.KeptChanges.Origin;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Finds what an undo brings back: what its change found, unless the change that left that was
 * undone as well; then what that one found, along the chain. One statement for each link of the
 * longest chain of a batch.
 */
@ApplicationScoped
class RestoringImages {
  private final KeptChanges kept;

  RestoringImages(KeptChanges kept) {
    this.kept = kept;
  }

  /** An image to bring back, and whose; state and credential have chains of their own. */
  static final class Wanted {
    private final String tenant;
    private final Function<SignIn, Stamp> stamp;
    private SignIn image;

    private Wanted(String tenant, SignIn image, Function<SignIn, Stamp> stamp) {
      this.tenant = tenant;
      this.image = image;
      this.stamp = stamp;
    }

    static Wanted state(String tenant, SignIn before) {
      return new Wanted(tenant, before, SignIn::stateStamp);
    }

    static Wanted credential(String tenant, SignIn before) {
      return new Wanted(tenant, before, SignIn::credentialStamp);
    }

    /** After {@link RestoringImages#follow}: what to bring back. */
    SignIn image() {
      return image;
    }

    private Origin origin() {
      return new Origin(tenant, stamp.apply(image));
    }
  }

  /** Follows every chain to its end. */
  void follow(Connection connection, List<Wanted> wanted) throws SQLException {
    List<Wanted> open = wanted;
    while (!open.isEmpty()) {
      Map<Origin, SignIn> undone =
          kept.beforeUndone(connection, open.stream().map(Wanted::origin).distinct().toList());
      List<Wanted> further = new ArrayList<>();
      for (Wanted one : open) {
        SignIn before = undone.get(one.origin());
        if (before != null) {
          one.image = before;
          further.add(one);
        }
      }
      open = further;
    }
  }
}
