package io.muster.bulkingest.dispatch.turn;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whose turn it is: single calls of all tenants in a line of their own, so that none of them waits
 * for somebody's files; in either line each tenant in turn, and within a tenant each of its jobs.
 * Not thread-safe: the dispatcher's thread owns it.
 *
 * @param <J> a job with work left
 */
public final class FairTurns<J> {
  private final Predicate<J> ready;
  private final Line<J> singles = new Line<>();
  private final Line<J> files = new Line<>();

  /**
   * @param ready whether a job has rows that may be read now; one that hasn't leaves its line when
   *     its turn comes, and has to be added again
   */
  public FairTurns(Predicate<J> ready) {
    this.ready = ready;
  }

  public void add(String tenant, J job, boolean single) {
    (single ? singles : files).add(tenant, job);
  }

  /** The single call whose turn it is; it goes to the end of the line. Empty without one. */
  public Optional<J> nextSingle() {
    return singles.next(ready);
  }

  /** Likewise the file, or whatever else isn't a single call. */
  public Optional<J> nextFile() {
    return files.next(ready);
  }

  /** Whether files have rows that may be read now. */
  public boolean filesWait() {
    return files.anyReady(ready);
  }

  /** Takes jobs out that have no work left, or were lost. */
  public void removeIf(Predicate<J> gone) {
    singles.removeIf(gone);
    files.removeIf(gone);
  }
}
