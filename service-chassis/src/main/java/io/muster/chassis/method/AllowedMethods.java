package io.muster.chassis.method;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The methods that an address takes, as the resources' annotations say: a 405 has to name them (RFC
 * 9110, section 15.5.6), and the framework doesn't tell. Thread-safe.
 */
@ApplicationScoped
public class AllowedMethods {
  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");

  private record Call(Pattern path, String method) {}

  private final BeanManager beans;

  /** Read at the first 405: most processes never answer one. */
  private volatile List<Call> calls;

  AllowedMethods(BeanManager beans) {
    this.beans = beans;
  }

  /**
   * @param path as it stands in the request, still escaped
   * @return in alphabetical order; empty where nobody answers
   */
  public SortedSet<String> at(String path) {
    SortedSet<String> methods = new TreeSet<>();
    for (Call call : calls()) {
      if (call.path().matcher(path).matches()) {
        methods.add(call.method());
      }
    }
    if (methods.contains(HttpMethod.GET)) {
      methods.add(HttpMethod.HEAD);
    }
    if (!methods.isEmpty()) {
      methods.add(HttpMethod.OPTIONS);
    }
    return methods;
  }

  private List<Call> calls() {
    if (calls == null) {
      calls =
          ofResources(
              beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                  .<Class<?>>map(bean -> bean.getBeanClass())
                  .toList());
    }
    return calls;
  }

  private static List<Call> ofResources(List<Class<?>> classes) {
    List<Call> found = new ArrayList<>();
    for (Class<?> type : classes) {
      Path of = type.getAnnotation(Path.class);
      if (of != null) {
        for (Method method : type.getDeclaredMethods()) {
          addTo(found, of, method);
        }
      }
    }
    return List.copyOf(found);
  }

  private static void addTo(List<Call> found, Path of, Method method) {
    Path below = method.getAnnotation(Path.class);
    for (Annotation annotation : method.getAnnotations()) {
      HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
      if (http != null) {
        found.add(
            new Call(
                pattern(of.value() + "/" + (below == null ? "" : below.value())), http.value()));
      }
    }
  }

  private static Pattern pattern(String template) {
    String path = ("/" + template).replaceAll("/{2,}", "/").replaceAll("/$", "");
    StringBuilder pattern = new StringBuilder();
    String[] literals = PARAMETER.split(path, -1);
    for (int i = 0; i < literals.length; i++) {
      pattern.append(i == 0 ? "" : "[^/]+").append(Pattern.quote(literals[i]));
    }
    return Pattern.compile(pattern + "/?");
  }
}
