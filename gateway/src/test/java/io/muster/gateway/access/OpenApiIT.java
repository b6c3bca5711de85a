package io.muster.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.muster.contracts.command.Operation;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.JobState;
import io.muster.contracts.job.RequestCode;
import io.muster.contracts.result.RowCode;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.track.row.RowOutcome;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The description of the calls is written by hand: here it is held to the code. */
@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class OpenApiIT {
  private static final Pattern CODE = Pattern.compile("\\b[A-Z]+(?:_[A-Z]+)+\\b|\\b[A-Z]{8,}\\b");
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "patch", "head", "options");

  private JsonPath api;
  private Map<String, Map<String, Object>> paths;

  @BeforeEach
  void read() {
    api = RestAssured.get("/q/openapi?format=json").then().statusCode(200).extract().jsonPath();
    paths = api.getMap("paths");
  }

  @Test
  void everyCallStandsThereAndNoOther() {
    Set<String> described = new TreeSet<>();
    calls((call, operation) -> described.add(call));

    assertThat(api.getString("openapi")).startsWith("3.1");
    assertThat(described).isEqualTo(ofTheCode()).hasSizeGreaterThan(35);
  }

  @Test
  void everyCallHasANameOfItsOwnASummaryAndAnExampleOfItsAnswer() {
    Map<String, String> names = new HashMap<>();
    calls(
        (call, operation) -> {
          assertThat(operation.get("summary")).as(call).asString().isNotBlank();
          assertThat(names.put((String) operation.get("operationId"), call)).as(call).isNull();
        });
    assertThat(api.getString("components.examples.runningJob.value.state")).isEqualTo("RUNNING");
  }

  @Test
  void everyProblemIsNamedByCodesOfItsStatus() {
    Map<String, Integer> statuses = new HashMap<>();
    Stream.of(RequestCode.values()).forEach(code -> statuses.put(code.name(), code.status()));
    Stream.of(RowCode.values()).forEach(code -> statuses.put(code.name(), code.status()));
    List<String> wrong = new ArrayList<>();
    calls(
        (call, operation) ->
            answers(operation)
                .forEach(
                    (status, description) -> {
                      if (!status.matches("[45][0-9][0-9]")) {
                        return;
                      }
                      List<String> codes =
                          CODE.matcher(description).results().map(MatchResult::group).toList();
                      for (String code : codes) {
                        if (!Integer.valueOf(status).equals(statuses.get(code))) {
                          wrong.add(call + " " + status + " " + code);
                        }
                      }
                      if (codes.isEmpty()) {
                        wrong.add(call + " " + status + " names no code");
                      }
                    }));
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyCallButTheOpenOnesCanSayThatTheCallerIsNobody() {
    calls(
        (call, operation) -> {
          if (!call.endsWith("/asyncapi.yaml")) {
            assertThat(answers(operation)).as(call).containsKeys("401", "403");
          }
        });
  }

  @Test
  void theWordsAreThoseOfTheCode() {
    assertThat(words("JobState")).isEqualTo(names(JobState.values()));
    assertThat(words("JobSource")).isEqualTo(names(JobSource.values()));
    assertThat(words("RowOutcome")).isEqualTo(names(RowOutcome.values()));
    assertThat(words("OperationWord"))
        .isEqualTo(Arrays.stream(Operation.values()).map(Operation::word).toList());
  }

  private interface Each {
    void call(String call, Map<String, Object> operation);
  }

  private void calls(Each each) {
    paths.forEach(
        (path, item) ->
            item.forEach(
                (method, operation) -> {
                  if (METHODS.contains(method)) {
                    @SuppressWarnings("unchecked")
                    Map<String, Object> described = (Map<String, Object>) operation;
                    each.call(method.toUpperCase(java.util.Locale.ROOT) + " " + path, described);
                  }
                }));
  }

  /** Status and description, whether it stands there or is referred to. */
  private Map<String, String> answers(Map<String, Object> operation) {
    @SuppressWarnings("unchecked")
    Map<String, Map<String, Object>> responses =
        (Map<String, Map<String, Object>>) operation.get("responses");
    Map<String, String> answers = new HashMap<>();
    responses.forEach(
        (status, response) -> {
          Object reference = response.get("$ref");
          answers.put(
              status,
              reference == null
                  ? (String) response.get("description")
                  : api.getString(
                      reference.toString().substring(2).replace('/', '.') + ".description"));
        });
    return answers;
  }

  private List<String> words(String schema) {
    return api.getList("components.schemas." + schema + ".enum");
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }

  private static Set<String> ofTheCode() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.muster.gateway")
            .stream()
            .filter(type -> type.isAnnotatedWith(Path.class))
            .map(type -> type.reflect())
            .flatMap(OpenApiIT::calls)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> calls(Class<?> resource) {
    List<String> calls = new ArrayList<>();
    for (Method method : resource.getDeclaredMethods()) {
      for (Annotation annotation : method.getAnnotations()) {
        HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
        if (verb != null) {
          Path below = method.getAnnotation(Path.class);
          String path = resource.getAnnotation(Path.class).value();
          calls.add(verb.value() + " " + path + (below == null ? "" : "/" + below.value()));
        }
      }
    }
    return calls.stream();
  }
}
