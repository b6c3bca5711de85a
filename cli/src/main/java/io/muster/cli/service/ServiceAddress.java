package io.muster.cli.service;

import io.muster.cli.CommandFailed;
import io.muster.cli.identity.SignIns;
import io.muster.cli.identity.TokenOfSignIn;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the gateway is, and with which token to speak to it.
 *
 * @param url without a slash at the end
 * @param token gives the bearer token for the next call, or null for none; may make a fresh one
 */
public record ServiceAddress(URI url, Supplier<String> token) {
  public ServiceAddress {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(token, "token");
  }

  /**
   * The options count first, then {@code MUSTER_URL} and {@code MUSTER_TOKEN}, then the local
   * stack, whose issuer's key signs tokens for its own address and no other. Another address's
   * token is that of a {@code muster login} there.
   *
   * @param localRole whose token the local stack signs when none was given
   */
  static ServiceAddress of(
      ServiceOptions options, Map<String, String> environment, String localRole) {
    String token =
        options.token() != null ? options.token() : given(environment, "MUSTER_TOKEN").orElse(null);
    Optional<URI> named = named(options.url(), environment);
    LocalService local = LocalService.in(LocalService.folder(options.data(), environment));
    URI url = named.or(local::url).orElseThrow(() -> noService(local));
    if (token != null) {
      return new ServiceAddress(url, () -> token);
    }
    if (named.isEmpty() || local.url().filter(url::equals).isPresent()) {
      return new ServiceAddress(url, () -> local.token(localRole));
    }
    SignIns signIns = SignIns.of(environment);
    return new ServiceAddress(
        url,
        signIns
            .at(url)
            .<Supplier<String>>map(
                known -> new TokenOfSignIn(signIns, known, InstantSource.system()))
            .orElse(() -> null));
  }

  /**
   * The address that an option or the environment names, without a slash at the end.
   *
   * @param option null when it wasn't given
   */
  public static Optional<URI> named(URI option, Map<String, String> environment) {
    return option != null
        ? Optional.of(checked(option))
        : given(environment, "MUSTER_URL").map(ServiceAddress::parsed);
  }

  private static CommandFailed noService(LocalService local) {
    return CommandFailed.unreachable(
            "No service is known: " + local.folder() + " holds no running local stack.", null)
        .withHints(
            "Start one: muster up. Or name another one: --url or MUSTER_URL, after muster login"
                + " there or with --token or MUSTER_TOKEN.");
  }

  private static Optional<String> given(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static URI parsed(String url) {
    try {
      return checked(URI.create(url.strip()));
    } catch (IllegalArgumentException e) {
      throw CommandFailed.wrongUsage("MUSTER_URL is no address: " + url);
    }
  }

  private static URI checked(URI url) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null) {
      throw CommandFailed.wrongUsage(
          "The service's address must look like https://muster.example.com, not " + url);
    }
    String text = url.toString();
    return text.endsWith("/") ? URI.create(text.replaceAll("/+$", "")) : url;
  }
}
