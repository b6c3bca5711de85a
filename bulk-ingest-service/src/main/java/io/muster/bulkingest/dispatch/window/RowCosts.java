package io.muster.bulkingest.dispatch.window;

/**
 * What commands cost, in the time of an ordinary one.
 *
 * @param given of a command whose password has to be hashed; at least 1
 */
public record RowCosts(int given) {
  public RowCosts {
    if (given < 1) {
      throw new IllegalArgumentException("nothing costs less than an ordinary command");
    }
  }

  /** Of what goes to user-service. */
  public int ofUserPart(RowCommands row) {
    return row.hasGivenPassword() ? given : 1;
  }

  /** Of all that a row has on the bus. */
  public int of(RowCommands row) {
    return ofUserPart(row) + row.parts().size() - 1;
  }
}
