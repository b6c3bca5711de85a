package io.muster.user.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.inbox.intake.CommandInbox;
import io.muster.user.UserServicePlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionalException;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class InboxInsideATransactionIT {
  @Inject CommandInbox inbox;

  /** By reflection, since nobody but the intake may call it. */
  @Test
  void theInboxRefusesToRunOutsideATransaction() {
    Method answer =
        Arrays.stream(CommandInbox.class.getDeclaredMethods())
            .filter(method -> method.getName().equals("answer"))
            .findFirst()
            .orElseThrow();
    answer.setAccessible(true);
    assertThat(answer.getParameterCount()).isEqualTo(4);

    assertThatThrownBy(() -> answer.invoke(inbox, null, null, null, null))
        .hasRootCauseInstanceOf(jakarta.transaction.TransactionRequiredException.class)
        .cause()
        .isInstanceOf(TransactionalException.class);
  }
}
