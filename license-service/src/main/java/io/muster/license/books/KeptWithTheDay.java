package io.muster.license.books;

import io.muster.inbox.closing.KeptByDay;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/**
 * What closed jobs gave back can't be brought back any more, and nothing older than their exact
 * sets is under way.
 */
final class KeptWithTheDay {
  @Produces
  @ApplicationScoped
  KeptByDay givenBack() {
    return () -> "given_back";
  }

  @Produces
  @ApplicationScoped
  KeptByDay exactSets() {
    return () -> "exact_set";
  }
}
