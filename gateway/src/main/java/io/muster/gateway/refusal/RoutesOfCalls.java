package io.muster.gateway.refusal;

import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/** Names calls by the routes of their resources, never by what stands in the path. */
final class RoutesOfCalls {
  private static final String UNKNOWN = "/unknown";
  private static final Map<String, String> ROUTES = new ConcurrentHashMap<>();

  private RoutesOfCalls() {}

  /**
   * @param resource null when none was found
   * @return {@code /v1/users/{upn}/enable}
   */
  static String of(SimpleResourceInfo resource) {
    if (resource == null || resource.getResourceClass() == null) {
      return UNKNOWN;
    }
    Class<?> type = resource.getResourceClass();
    String name = resource.getMethodName();
    return ROUTES.computeIfAbsent(
        type.getName() + '#' + name + Arrays.toString(resource.parameterTypes()),
        key -> route(type, name, resource.parameterTypes()));
  }

  private static String route(Class<?> type, String name, Class<?>[] parameters) {
    Path of = type.getAnnotation(Path.class);
    if (of == null) {
      return UNKNOWN;
    }
    try {
      Method method = type.getDeclaredMethod(name, parameters);
      Path below = method.getAnnotation(Path.class);
      String route = of.value() + (below == null ? "" : "/" + below.value());
      return (route.startsWith("/") ? route : "/" + route).replaceAll("/{2,}", "/");
    } catch (NoSuchMethodException e) {
      return of.value();
    }
  }
}
