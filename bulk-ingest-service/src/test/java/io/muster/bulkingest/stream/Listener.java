package io.muster.bulkingest.stream;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it heard of rows; of some jobs it can't take anything in. */
@ApplicationScoped
public class Listener implements HearingOfRows {
  private final List<EndedRow> heard = new CopyOnWriteArrayList<>();
  private final Set<UUID> deafTo = ConcurrentHashMap.newKeySet();

  @Override
  public void ended(List<EndedRow> rows) {
    if (rows.stream().anyMatch(row -> deafTo.contains(row.jobId()))) {
      throw new IllegalStateException("the database is away");
    }
    heard.addAll(rows);
  }

  public void isDeafTo(UUID job) {
    deafTo.add(job);
  }

  public void hearsAgain(UUID job) {
    deafTo.remove(job);
  }

  /** Each once, in row order. */
  public List<EndedRow> of(UUID job) {
    return heard.stream()
        .filter(row -> row.jobId().equals(job))
        .distinct()
        .sorted(java.util.Comparator.comparingLong(EndedRow::row))
        .toList();
  }
}
