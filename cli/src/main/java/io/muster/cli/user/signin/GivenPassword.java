package io.muster.cli.user.signin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.CommandFailed;
import io.muster.cli.terminal.Person;
import io.muster.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/**
 * How a password is given: typed when asked, or in a file. Never on the command line, which other
 * users of the machine and the shell's history can read.
 */
public final class GivenPassword {
  private static final String STANDARD_INPUT = "-";

  /** Longer than any password or hash that the service takes. */
  private static final int MOST_BYTES = 4096;

  @Option(
      names = "--password",
      order = 60,
      description = "Ask for the password; it is never taken from the command line.")
  private boolean asked;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      order = 61,
      description = "Read the password from a file's only line; - reads standard input.")
  private String passwordFile;

  @Option(
      names = "--password-hash-file",
      paramLabel = "FILE",
      order = 62,
      description =
          "Read a hash of the password that another system made: PHC of Argon2id, bcrypt or PBKDF2,"
              + " or {bcrypt}.")
  private String hashFile;

  /**
   * Puts the password or hash into the body of a single call; asks for it where that is wanted.
   *
   * @throws CommandFailed when there is no person to ask, or the file holds no password
   */
  public void fill(ObjectNode body, Terminal terminal) {
    if (asked) {
      body.put("password", ask(terminal.person()));
    } else if (passwordFile != null) {
      body.put("password", read(passwordFile, terminal.in()));
    } else if (hashFile != null) {
      body.put("passwordHash", read(hashFile, terminal.in()));
    }
  }

  /** Asks twice, since nobody sees what is typed. */
  static String ask(Person person) {
    if (!person.isThere()) {
      throw CommandFailed.wrongUsage(
          "There is nobody to be asked for the password: standard input and standard error are no"
              + " terminal. Give it with --password-file.");
    }
    String password = person.secret("New password: ").orElse("");
    if (password.isEmpty()) {
      throw CommandFailed.wrongUsage("No password was typed; nothing was changed.");
    }
    if (!password.equals(person.secret("The same again: ").orElse(""))) {
      throw CommandFailed.wrongUsage("The two differ; nothing was changed.");
    }
    return password;
  }

  private static String read(String file, InputStream standardInput) {
    try (InputStream in =
        file.equals(STANDARD_INPUT) ? standardInput : Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      String text =
          bytes.length > MOST_BYTES
              ? "\n"
              : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      String line = text.replaceFirst("\r?\n\\z", "");
      if (line.isEmpty() || line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
        throw CommandFailed.wrongUsage(
            file + " must hold the password in one line, and nothing else.");
      }
      return line;
    } catch (CharacterCodingException e) {
      throw CommandFailed.wrongUsage(file + " is not in UTF-8.");
    } catch (IOException e) {
      throw CommandFailed.wrongUsage(
          file + " can't be read: " + e.getClass().getSimpleName() + ".");
    }
  }
}
