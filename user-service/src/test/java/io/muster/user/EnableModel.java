package io.muster.user;

import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.PartOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What enabling and undoing are meant to do to one user, without images and chains: what counts are
 * the intentions that were taken and not undone, one above the other. An intention that found a
 * credential there wants it as well, so it inherits it from one below that is undone.
 */
final class EnableModel {
  private static final class Layer {
    private final UserCommand command;

    /** The credential that this intention brought; null when it wants the one below. */
    private String brought;

    private Layer(UserCommand command) {
      this.command = command;
    }
  }

  /**
   * @param credential NONE, SET or GENERATED
   */
  record State(String state, Stamp stateStamp, String credential, Stamp credentialStamp) {}

  final Map<CommandId, PartOutcome> outcomes = new HashMap<>();
  private final State original;
  private final List<Layer> layers = new ArrayList<>();
  private final Set<CommandId> tombstones = new HashSet<>();

  EnableModel(State original) {
    this.original = original;
  }

  void take(UserCommand command) {
    if (command.undoes() != null) {
      undo(command.undoes());
    } else if (tombstones.contains(command.id())) {
      outcomes.put(command.id(), PartOutcome.UNDONE);
    } else if (command.stamp().compareTo(now().stateStamp()) < 0) {
      outcomes.put(command.id(), PartOutcome.REJECTED);
    } else {
      Layer layer = new Layer(command);
      if (command.sealedPassword() != null) {
        layer.brought = "SET";
      } else if (now().credential().equals("NONE")) {
        layer.brought = "GENERATED";
      }
      layers.add(layer);
      outcomes.put(command.id(), PartOutcome.APPLIED);
    }
  }

  private void undo(CommandId id) {
    tombstones.add(id);
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (layer.command.id().equals(id)) {
        if (i + 1 < layers.size() && layers.get(i + 1).brought == null) {
          layers.get(i + 1).brought = layer.brought;
        }
        layers.remove(i);
        outcomes.put(id, PartOutcome.UNDONE);
        return;
      }
    }
  }

  State now() {
    State now = original;
    for (Layer layer : layers) {
      Stamp stamp = layer.command.stamp();
      now =
          new State(
              "ACTIVE", stamp, layer.brought == null ? now.credential() : layer.brought, stamp);
    }
    return now;
  }
}
