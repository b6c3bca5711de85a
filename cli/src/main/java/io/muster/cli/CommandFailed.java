package io.muster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A command can't do what it was asked, and can say why in one sentence. Ends the command; {@link
 * Muster} prints it, as a problem document with {@code --json}, and never a stack trace.
 */
public final class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final transient JsonNode problem;
  private final transient List<String> hints;

  private CommandFailed(int exitCode, JsonNode problem, List<String> hints, Throwable cause) {
    super(sentence(problem), cause);
    this.exitCode = exitCode;
    this.problem = problem;
    this.hints = List.copyOf(hints);
  }

  /** The service answered with a problem document. */
  public static CommandFailed refused(JsonNode problem) {
    return new CommandFailed(ExitCode.REFUSED, problem, List.of(), null);
  }

  /** Something outside the service refuses: the local stack, for example. */
  public static CommandFailed refused(String code, String detail) {
    return new CommandFailed(ExitCode.REFUSED, problem(code, "Refused", detail), List.of(), null);
  }

  /** The service, or a part behind it, says that it can't answer now: the same as no answer. */
  public static CommandFailed unavailable(JsonNode problem) {
    return new CommandFailed(ExitCode.UNREACHABLE, problem, List.of(), null);
  }

  /** No answer could be had. */
  public static CommandFailed unreachable(String detail, Throwable cause) {
    return new CommandFailed(
        ExitCode.UNREACHABLE,
        problem("UNREACHABLE", "The service can't be reached", detail),
        List.of(),
        cause);
  }

  /** The caller's own side is wrong: an option, a file that can't be read. */
  public static CommandFailed wrongUsage(String detail) {
    return new CommandFailed(
        ExitCode.WRONG_USAGE, problem("WRONG_USAGE", "Wrong usage", detail), List.of(), null);
  }

  /** The same with further lines that tell what to do. */
  public CommandFailed withHints(String... more) {
    return new CommandFailed(exitCode, problem, List.of(more), getCause());
  }

  public int exitCode() {
    return exitCode;
  }

  /** RFC 9457; never null. */
  public JsonNode problem() {
    return problem;
  }

  /** Lines below the sentence; never null. */
  public List<String> hints() {
    return hints;
  }

  /** The problem's {@code code}; empty when it has none. */
  public String code() {
    return problem.path("code").asText("");
  }

  private static ObjectNode problem(String code, String title, String detail) {
    ObjectNode problem = JsonNodeFactory.instance.objectNode();
    problem.put("type", "about:blank");
    problem.put("title", title);
    problem.put("detail", detail);
    problem.put("code", code);
    return problem;
  }

  private static String sentence(JsonNode problem) {
    String text = problem.path("detail").asText("");
    if (text.isBlank()) {
      text = problem.path("title").asText("The service refused");
    }
    StringBuilder sentence = new StringBuilder(text.strip());
    String code = problem.path("code").asText("");
    String field = problem.path("field").asText("");
    if (problem.has("status") && !code.isEmpty()) {
      sentence.append(" (").append(code);
      sentence.append(field.isEmpty() ? "" : ", field " + field).append(')');
    }
    return sentence.toString();
  }
}
