package io.muster.deployment.kubernetes;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.JSON;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Holds Kubernetes's own kinds to their fields, as the API's description has them: no field that
 * isn't there, none missing that must be, none of another type. Kinds of operators are left alone.
 */
final class Schemas {
  private static final Map<String, List<String>> KINDS =
      Map.of(
          "v1", List.of("Namespace", "ConfigMap", "Service", "PersistentVolumeClaim", "Secret"),
          "apps/v1", List.of("Deployment", "StatefulSet"),
          "batch/v1", List.of("Job"),
          "policy/v1", List.of("PodDisruptionBudget"),
          "networking.k8s.io/v1", List.of("NetworkPolicy"));
  private static final List<String> OPERATORS =
      List.of("kafka.strimzi.io/v1", "postgresql.cnpg.io/v1", "gateway.networking.k8s.io/v1");

  private Schemas() {}

  static List<String> faults(Manifests manifests) {
    List<String> wrong = new ArrayList<>();
    for (Node manifest : manifests.all()) {
      String version = manifest.text("apiVersion");
      if (OPERATORS.contains(version)) {
        continue;
      }
      if (!KINDS.getOrDefault(version, List.of()).contains(manifest.text("kind"))) {
        wrong.add(Manifests.name(manifest) + ": no such kind in " + version);
        continue;
      }
      try {
        hold(manifest);
      } catch (RuntimeException e) {
        wrong.add(Manifests.name(manifest) + ": " + e.getMessage());
      }
    }
    return wrong;
  }

  private static void hold(Node manifest) {
    JsonElement json = new Gson().toJsonTree(manifest.value());
    try {
      Class<?> model =
          Class.forName("io.kubernetes.client.openapi.models.V1" + manifest.text("kind"));
      model.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
      var unused = JSON.getGson().fromJson(json, model);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(e.getCause().getMessage(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the library has no such kind", e);
    }
  }
}
