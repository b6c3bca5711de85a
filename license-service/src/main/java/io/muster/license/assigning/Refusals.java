package io.muster.license.assigning;

import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import io.muster.license.seat.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What people are told, with the SKUs to blame. */
final class Refusals {
  /** Names at most in a sentence; a row may carry any number. */
  private static final int MOST_NAMES = 10;

  private Refusals() {}

  static Outcome unknown(Collection<String> skus) {
    return Outcome.rejected(
        RowCode.UNKNOWN_SUBSCRIPTION,
        "There is no subscription %s. Create it first, or correct its SKU.".formatted(names(skus)));
  }

  static Outcome superseded(Collection<String> skus) {
    return Outcome.rejected(
        RowCode.SUPERSEDED,
        "Something newer has taken %s for this user; submit again if you still want it."
            .formatted(names(skus)));
  }

  static Outcome setByNewer() {
    return Outcome.rejected(
        RowCode.SUPERSEDED,
        "Something newer has set exactly which licenses this user has; submit again if you still"
            + " want it.");
  }

  static Outcome noSeatsLeft(Collection<String> skus) {
    return Outcome.rejected(
        RowCode.NO_SEATS_LEFT,
        "No seat is left in %s. Buy seats there or release some, then retry the job."
            .formatted(names(skus)));
  }

  /** What is no SKU may hold anything, and isn't repeated. */
  static String names(Collection<String> skus) {
    List<String> names = new ArrayList<>();
    for (String sku : skus.stream().limit(MOST_NAMES).toList()) {
      names.add(Text.isSku(sku) ? sku : "(no valid SKU)");
    }
    if (skus.size() > MOST_NAMES) {
      names.add("and %d more".formatted(skus.size() - MOST_NAMES));
    }
    return String.join(", ", names);
  }
}
