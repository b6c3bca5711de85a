package io.muster.user.intake;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.inbox.once.CommandInbox;
import io.muster.user.UserServicePlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionRequiredException;
import jakarta.transaction.TransactionalException;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class InboxInsideATransactionIT {
  @Inject CommandInbox inbox;

  @Test
  void theInboxRefusesToRunOutsideATransaction() {
    assertThatThrownBy(() -> inbox.answer(null, null, null, null))
        .isInstanceOf(TransactionalException.class)
        .hasRootCauseInstanceOf(TransactionRequiredException.class);
  }
}
