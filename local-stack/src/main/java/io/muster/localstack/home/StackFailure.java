package io.muster.localstack.home;

/**
 * The local stack can't do what was asked. The message is meant for the person at the terminal: it
 * says what is wrong and what helps, and holds no secret.
 */
public class StackFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StackFailure(String message) {
    super(message);
  }

  public StackFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
