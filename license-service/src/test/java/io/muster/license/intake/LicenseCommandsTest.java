package io.muster.license.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.topic.Topics;
import io.muster.inbox.Following;
import io.muster.inbox.Outcome;
import io.muster.license.Commands;
import java.util.List;
import org.junit.jupiter.api.Test;

class LicenseCommandsTest {
  private static final String ADA = "Ada@contoso.com";
  private static final Outcome REFUSED = Outcome.rejected(RowCode.NO_SEATS_LEFT);

  private final LicenseCommands type = new LicenseCommands();
  private final Commands job = new Commands("contoso", 7);

  @Test
  void refusedSeatsUndoTheUserPartOfTheRow() {
    assertThat(undoOf(job.take(1, ADA, "E3")).operation()).isEqualTo(Operation.ENABLE);
    assertThat(undoOf(job.set(2, ADA, "E3")).operation()).isEqualTo(Operation.SET_LICENSES);
  }

  @Test
  void seatsThatCannotComeBackUndoTheUserPartOfTheUndoJobsRow() {
    LicenseCommand earlier = new Commands("contoso", 3).release(4, ADA);
    LicenseCommand revert = job.revert(1, earlier);

    UserCommand undo = undoOf(revert);

    assertThat(undo.operation()).isEqualTo(Operation.REMOVE);
    assertThat(undo.undoes().jobId()).isEqualTo(job.job());
    assertThat(undo.undoes().row()).isEqualTo(1);
    assertThat(undo.stamp()).isEqualTo(revert.stamp());
    assertThat(undo.reverts()).isEqualTo(revert.reverts());
  }

  @Test
  void whatWasDoneOrIsAnUndoItselfIsFollowedByNothing() {
    LicenseCommand take = job.take(1, ADA, "E3");

    assertThat(type.following(take, Outcome.applied())).isEmpty();
    assertThat(type.following(Commands.undo(take), REFUSED)).isEmpty();
  }

  @Test
  void theUndoOfATriedRowIsTriedToo() {
    assertThat(undoOf(Commands.dryRun("contoso", 8).take(1, ADA, "E3")).dryRun()).isTrue();
  }

  private UserCommand undoOf(LicenseCommand command) {
    List<Following<?>> following = type.following(command, REFUSED);
    assertThat(following).hasSize(1);
    assertThat(following.get(0).topic()).isEqualTo(Topics.USER_COMMANDS);
    assertThat(following.get(0).key()).isEqualTo(Topics.userKey("contoso", ADA));
    return (UserCommand) following.get(0).command();
  }
}
