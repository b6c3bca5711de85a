package io.muster.cli.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.muster.cli.CommandFailed;
import io.muster.localstack.home.PrivateFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The sign-ins of this person, one per remote system, in a file that only they can read (0600).
 * Several commands may use it at once.
 */
public final class SignIns {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private final Path file;

  private SignIns(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("sign-ins.json");
  }

  /**
   * Where this person keeps settings: {@code MUSTER_CONFIG}, else {@code muster} in {@code
   * XDG_CONFIG_HOME} or {@code ~/.config}.
   */
  public static SignIns of(Map<String, String> environment) {
    String own = environment.getOrDefault("MUSTER_CONFIG", "");
    if (!own.isBlank()) {
      return new SignIns(Path.of(own));
    }
    String settings = environment.getOrDefault("XDG_CONFIG_HOME", "");
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    Path parent = settings.isBlank() ? Path.of(home, ".config") : Path.of(settings);
    return new SignIns(parent.resolve("muster"));
  }

  public Path file() {
    return file;
  }

  /** The sign-in at this gateway. */
  public Optional<SignIn> at(URI url) {
    return read().stream().filter(signIn -> signIn.url().equals(url)).findFirst();
  }

  /** Keeps it in the place of an earlier one at the same gateway. */
  void keep(SignIn signIn) {
    change(signIn.url(), earlier -> signIn);
  }

  /** Forgets it; empty when there was none. */
  Optional<SignIn> forget(URI url) {
    Optional<SignIn> known = at(url);
    change(url, earlier -> null);
    return known;
  }

  /**
   * Changes a sign-in while no other command does.
   *
   * @param change gets what is kept, null for nothing; returns what to keep, null for nothing
   * @return what is kept now; null for nothing
   */
  SignIn change(URI url, UnaryOperator<SignIn> change) {
    PrivateFiles.folder(folder);
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("sign-ins.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock unusedLock = channel.lock()) {
      SignIn earlier = at(url).orElse(null);
      SignIn next = change.apply(earlier);
      if (next != earlier) {
        List<SignIn> all = new ArrayList<>(read());
        all.removeIf(signIn -> signIn.url().equals(url));
        if (next != null) {
          all.add(next);
        }
        PrivateFiles.replace(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all));
      }
      return next;
    } catch (IOException e) {
      throw CommandFailed.wrongUsage(file + " can't be written: " + e.getMessage() + ".");
    }
  }

  private List<SignIn> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return List.of(JSON.readValue(Files.readAllBytes(file), SignIn[].class));
    } catch (JsonProcessingException e) {
      throw CommandFailed.wrongUsage(file + " is damaged: delete it and sign in again.");
    } catch (IOException e) {
      throw CommandFailed.wrongUsage(file + " can't be read: " + e.getMessage() + ".");
    }
  }
}
