package io.muster.cli;

import io.muster.cli.terminal.Person;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A person who answers what a test told, in this order, and remembers the questions. */
public final class Answering implements Person {
  private final Deque<String> answers;
  private final List<String> questions = new ArrayList<>();

  public Answering(String... answers) {
    this.answers = new ArrayDeque<>(List.of(answers));
  }

  public List<String> questions() {
    return questions;
  }

  @Override
  public boolean isThere() {
    return true;
  }

  @Override
  public Optional<String> line(String question) {
    questions.add(question);
    return Optional.ofNullable(answers.poll());
  }

  @Override
  public Optional<String> secret(String question) {
    return line(question);
  }
}
