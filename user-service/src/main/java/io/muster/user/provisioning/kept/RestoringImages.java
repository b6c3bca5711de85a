package io.muster.user.provisioning.kept;

import io.muster.contracts.command.Stamp;
import io.muster.user.provisioning.kept.KeptChanges.Origin;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds what an undo brings back: what its change found, unless the change that left that was
 * undone as well; then what that one found, along the chain. One statement for each link of the
 * longest chain of a batch.
 */
@ApplicationScoped
public class RestoringImages {
  private final KeptChanges kept;

  RestoringImages(KeptChanges kept) {
    this.kept = kept;
  }

  /** An image to bring back; each facet has a chain of its own. */
  public static final class Wanted {
    private final String tenant;
    private final Facet facet;
    private KeptImage image;
    private Stamp stamp;
    private Stamp whose;

    /**
     * @param before what the change found of this facet
     */
    public Wanted(String tenant, Facet facet, KeptImage before) {
      this.tenant = tenant;
      this.facet = facet;
      this.image = before;
      this.stamp = facet.stampIn(before);
      this.whose = stamp;
    }

    public Facet facet() {
      return facet;
    }

    /** After {@link RestoringImages#follow}: what to bring back. */
    public KeptImage image() {
      return image;
    }

    /** After {@link RestoringImages#follow}: the stamp to bring back with it. */
    public Stamp stamp() {
      return stamp;
    }

    /**
     * An undo row that brought an image back keeps its stamp, also where what it brought back turns
     * out never to have counted.
     *
     * @return whether the chain goes on
     */
    private boolean goOnTo(KeptChange left) {
      Stamp next = left.undone() ? facet.stampIn(left.before()) : left.from().get(facet);
      if (next == null) {
        return false;
      }
      if (left.undone()) {
        image = left.before();
        stamp = whose.equals(stamp) ? next : stamp;
      }
      if (next.equals(whose)) {
        return false;
      }
      whose = next;
      return true;
    }
  }

  /** Follows every chain to its end. */
  public void follow(Connection connection, List<Wanted> wanted) throws SQLException {
    List<Wanted> open = wanted;
    while (!open.isEmpty()) {
      Map<Origin, KeptChange> behind =
          kept.behind(
              connection,
              open.stream().map(w -> new Origin(w.tenant, w.whose)).distinct().toList());
      List<Wanted> further = new ArrayList<>();
      for (Wanted one : open) {
        KeptChange left = behind.get(new Origin(one.tenant, one.whose));
        if (left != null && one.goOnTo(left)) {
          further.add(one);
        }
      }
      open = further;
    }
  }
}
