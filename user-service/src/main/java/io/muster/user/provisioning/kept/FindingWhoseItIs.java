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
 * Finds whose effect stands in an account. That is whose stamp it bears, unless that one only
 * brought an older image back, as the rows of undo jobs do, or never counted: then it is whose
 * image that was, along the chain. One statement for each link of the longest chain of a batch, and
 * none where the stamps match at once.
 */
@ApplicationScoped
public class FindingWhoseItIs {
  private final KeptChanges kept;

  FindingWhoseItIs(KeptChanges kept) {
    this.kept = kept;
  }

  /** Whether a facet of an account still is as a change left it. */
  public static final class Question {
    private final String tenant;
    private final Facet facet;
    private final Stamp mine;
    private Stamp whose;

    /**
     * @param now the stamp that the account bears
     * @param mine the change's stamp
     */
    public Question(String tenant, Facet facet, Stamp now, Stamp mine) {
      this.tenant = tenant;
      this.facet = facet;
      this.mine = mine;
      this.whose = now;
    }

    public Facet facet() {
      return facet;
    }

    /** After {@link FindingWhoseItIs#answer}: it is. */
    public boolean isMine() {
      return whose.equals(mine);
    }

    private Stamp next(KeptChange behind) {
      return behind.undone() ? facet.stampIn(behind.before()) : behind.from().get(facet);
    }
  }

  /** Follows every chain to its end. */
  public void answer(Connection connection, List<Question> questions) throws SQLException {
    List<Question> open = questions.stream().filter(q -> !q.isMine()).toList();
    while (!open.isEmpty()) {
      Map<Origin, KeptChange> behind =
          kept.behind(
              connection,
              open.stream().map(q -> new Origin(q.tenant, q.whose)).distinct().toList());
      List<Question> further = new ArrayList<>();
      for (Question question : open) {
        KeptChange change = behind.get(new Origin(question.tenant, question.whose));
        Stamp next = change == null ? null : question.next(change);
        if (next != null && !next.equals(question.whose)) {
          question.whose = next;
          if (!question.isMine()) {
            further.add(question);
          }
        }
      }
      open = further;
    }
  }
}
