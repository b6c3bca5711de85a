package io.muster.bulkingest.hr.order;

import io.muster.bulkingest.hr.person.NamePattern;
import io.muster.bulkingest.hr.person.People;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.contracts.hr.HrEvent;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Candidates that nobody of HR's people has. Looked up for many at once: whose account came another
 * way, user-service alone knows, and refuses. For one tenant and one transaction.
 */
final class FreeNames {
  /** Namesakes beyond it are told apart by being refused. */
  private static final int LOOKED_UP = 20;

  private final NamePattern pattern;
  private final String domain;
  private final Set<String> taken = new HashSet<>();

  /**
   * @param name the candidate
   * @param attempt which one it is
   */
  record Candidate(String name, int attempt) {}

  /**
   * @param domain null where there is none: then there are no candidates
   */
  FreeNames(NamePattern pattern, String domain) {
    this.pattern = pattern;
    this.domain = domain;
  }

  boolean hasDomain() {
    return domain != null;
  }

  /** Finds out about all candidates that these may need. */
  void lookUp(People people, String tenant, List<HrEvent.Data> theirs) throws SQLException {
    if (domain == null || theirs.isEmpty()) {
      return;
    }
    Set<String> keys = new LinkedHashSet<>();
    for (HrEvent.Data data : theirs) {
      for (int attempt = 1; attempt <= LOOKED_UP; attempt++) {
        keys.add(UserPrincipalName.keyOf(pattern.candidate(data, attempt, domain)));
      }
    }
    taken.addAll(people.taken(tenant, keys));
  }

  /** The next one from that attempt on, which is taken by that. */
  Candidate next(HrEvent.Data data, int from) {
    int attempt = from;
    String name = pattern.candidate(data, attempt, domain);
    while (!taken.add(UserPrincipalName.keyOf(name)) && attempt < from + 1_000) {
      attempt++;
      name = pattern.candidate(data, attempt, domain);
    }
    return new Candidate(name, attempt);
  }
}
