package io.muster.user;

import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What all operations and their undos are meant to do to one user, without images: state,
 * credential and properties are stacks of intentions each. A refused row's intention never counted;
 * a row of an undo job lies on top and shows what lies below the one that it takes back.
 */
final class AccountModel {
  /** An intention about one facet. */
  private static final class Layer {
    private final CommandId by;
    private final Stamp stamp;

    /** Null for a row of an undo job. */
    private final String value;

    /** Whether it brought the value, or found it and wants it as well. */
    private final boolean confirms;

    private final Layer takesBack;
    private boolean never;

    private Layer(UserCommand by, String value, boolean confirms, Layer takesBack) {
      this.by = by == null ? null : by.id();
      this.stamp = by == null ? new Stamp(1, 1) : by.stamp();
      this.value = value;
      this.confirms = confirms;
      this.takesBack = takesBack;
    }
  }

  private static final class Facet {
    private final List<Layer> layers = new ArrayList<>();

    private Layer top() {
      return highest(layers.size());
    }

    private Layer below(Layer layer) {
      return highest(layers.indexOf(layer));
    }

    private Layer highest(int under) {
      for (int i = under - 1; i >= 0; i--) {
        if (!layers.get(i).never) {
          return layers.get(i);
        }
      }
      throw new AssertionError("something lies at the bottom");
    }

    private Layer whose(Layer layer) {
      return layer.takesBack == null ? layer : whose(below(layer.takesBack));
    }

    private String value(Layer layer) {
      return layer.takesBack == null ? layer.value : value(below(layer.takesBack));
    }

    private String value() {
      return value(top());
    }

    private boolean isOlder(UserCommand command) {
      return command.stamp().compareTo(top().stamp) < 0;
    }

    private Layer of(CommandId command) {
      return layers.stream().filter(l -> command.equals(l.by)).findFirst().orElse(null);
    }

    private void put(UserCommand command, String value, boolean confirms) {
      layers.add(new Layer(command, value, confirms, null));
    }
  }

  private final Facet state = new Facet();
  private final Facet credential = new Facet();
  private final Facet title = new Facet();
  private final Map<CommandId, UserCommand> done = new HashMap<>();
  private final Set<CommandId> never = new HashSet<>();
  private final Set<CommandId> takenBack = new HashSet<>();

  /** Rows of undo jobs that found something to take back. */
  private final Set<CommandId> took = new HashSet<>();

  private final Set<CommandId> replaced = new HashSet<>();

  AccountModel(UserCommand added, boolean active, String credentialKind) {
    state.put(added, active ? "ACTIVE" : "DISABLED", false);
    credential.put(
        added, credentialKind.equals("NONE") ? "NONE" : credentialKind + added.id(), false);
    title.put(added, "", false);
  }

  /** As {@code code}, or as {@code part} where it isn't refused. */
  String take(UserCommand command) {
    if (command.undoes() != null) {
      undo(command.undoes());
      return PartOutcome.UNDONE.name();
    }
    RowCode code =
        command.reverts() == null ? refusal(command) : takeBack(command, command.reverts());
    if (code != null) {
      return code.name();
    }
    if (command.reverts() == null) {
      apply(command);
    }
    done.put(command.id(), command);
    return PartOutcome.APPLIED.name();
  }

  boolean isRemoved() {
    return state.value().equals("REMOVED");
  }

  boolean counts(UserCommand command) {
    return done.containsKey(command.id()) && !never.contains(command.id());
  }

  private RowCode refusal(UserCommand command) {
    Operation operation = command.operation();
    if (operation == Operation.RESTORE ? !isRemoved() : isRemoved()) {
      return isRemoved() ? RowCode.USER_REMOVED : RowCode.USER_ALREADY_EXISTS;
    }
    boolean superseded =
        switch (operation) {
          case SET -> title.isOlder(command);
          case SET_PASSWORD -> credential.isOlder(command);
          case ENABLE ->
              state.isOlder(command)
                  || ((command.sealedPassword() != null || credential.value().equals("NONE"))
                      && credential.isOlder(command));
          default -> state.isOlder(command);
        };
    return superseded ? RowCode.SUPERSEDED : null;
  }

  private void apply(UserCommand command) {
    switch (command.operation()) {
      case SET -> title.put(command, command.properties().get("jobTitle"), false);
      case SET_PASSWORD -> bring(command);
      case DISABLE -> state.put(command, "DISABLED", false);
      case REMOVE -> state.put(command, "REMOVED", false);
      case RESTORE -> state.put(command, state.value(state.below(state.whose(state.top()))), false);
      case ENABLE -> {
        state.put(command, "ACTIVE", false);
        if (command.sealedPassword() != null || credential.value().equals("NONE")) {
          bring(command);
        } else if (!credential.isOlder(command)) {
          credential.put(command, credential.value(), true);
        }
      }
      default -> {}
    }
  }

  private void bring(UserCommand command) {
    String kind = command.sealedPassword() != null ? "SET" : "GENERATED";
    credential.put(command, kind + command.id(), false);
    if (!credential.value(credential.below(credential.top())).equals("NONE")) {
      replaced.add(command.id());
    }
  }

  private RowCode takeBack(UserCommand command, CommandId target) {
    if (never.contains(target) || takenBack.contains(target)) {
      return null;
    }
    if (replaced.contains(target)) {
      return RowCode.NOT_UNDOABLE;
    }
    Operation operation = done.get(target).operation();
    if ((operation == Operation.SET_LICENSES || operation == Operation.SET) && isRemoved()) {
      return RowCode.SUPERSEDED;
    }
    for (Facet facet : List.of(state, credential, title)) {
      Layer layer = facet.of(target);
      if (layer != null && !layer.confirms && !stands(command, facet, layer)) {
        return RowCode.SUPERSEDED;
      }
    }
    for (Facet facet : List.of(state, credential, title)) {
      Layer layer = facet.of(target);
      if (layer != null && stands(command, facet, layer)) {
        String then = facet.value(facet.below(layer));
        if (facet != credential
            || then.equals("NONE")
            || Objects.equals(then, credential.value())) {
          facet.layers.add(new Layer(command, null, false, layer));
        }
      }
    }
    takenBack.add(target);
    took.add(command.id());
    return null;
  }

  private static boolean stands(UserCommand command, Facet facet, Layer layer) {
    return facet.whose(facet.top()) == layer && !facet.isOlder(command);
  }

  private void undo(CommandId command) {
    never.add(command);
    for (Facet facet : List.of(state, credential, title)) {
      Layer layer = facet.of(command);
      if (layer != null) {
        layer.never = true;
      }
    }
    if (took.contains(command)) {
      takenBack.remove(done.get(command).reverts());
    }
  }

  /** State, kind of credential and job title, each with its stamp. */
  @Override
  public String toString() {
    String kind = credential.value().replaceAll("CommandId.*", "");
    return told(state.value(), state) + told(kind, credential) + told(title.value(), title);
  }

  private static String told(String value, Facet facet) {
    Stamp stamp = facet.top().stamp;
    return value + "/" + stamp.submission() + "." + stamp.row() + " ";
  }
}
