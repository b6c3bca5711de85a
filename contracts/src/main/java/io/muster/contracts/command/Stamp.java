package io.muster.contracts.command;

/**
 * The age of an intention: the number of its admission, then its row in there. A command older than
 * the stamp it would overwrite is refused with {@code SUPERSEDED}.
 *
 * @param submission drawn from one sequence when a file, single call or child job is admitted;
 *     above 0
 * @param row the row within the submission, the first being 1
 */
public record Stamp(long submission, long row) implements Comparable<Stamp> {
  public Stamp {
    if (submission <= 0 || row <= 0) {
      throw new IllegalArgumentException("a stamp counts from 1");
    }
  }

  @Override
  public int compareTo(Stamp other) {
    int bySubmission = Long.compare(submission, other.submission);
    return bySubmission != 0 ? bySubmission : Long.compare(row, other.row);
  }
}
