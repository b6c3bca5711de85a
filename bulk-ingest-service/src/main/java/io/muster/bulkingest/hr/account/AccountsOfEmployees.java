package io.muster.bulkingest.hr.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.bulkingest.guard.UserServiceConfig;
import io.muster.bulkingest.hr.account.Answers.Count;
import io.muster.bulkingest.hr.account.Answers.Told;
import io.muster.bulkingest.hr.person.Person.Standing;
import io.muster.chassis.access.ServiceTokens;
import io.muster.chassis.call.CallingInstances;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Asks user-service which accounts employees have, many at once, and how many are active. Blocks,
 * and so belongs in no transaction. Thread-safe. Fails while user-service can't be asked: whoever
 * decides by it has to wait.
 */
@Startup // a key that can't be is told at the start, not by the first event
@ApplicationScoped
public class AccountsOfEmployees {
  private static final String OURSELVES = "bulk-ingest-service";
  private static final String USER_SERVICE = "user-service";

  /** What user-service answers at a time. */
  private static final int MOST = 1_000;

  /** Calls at a time: a question is of one tenant, and a batch may be of many. */
  private static final int AT_ONCE = 8;

  private final UserServiceConfig config;
  private final CallingInstances instances;
  private final ServiceTokens tokens;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http;

  /**
   * A question.
   *
   * @param told takes the answer
   */
  private record Call(
      String tenant, String path, Map<String, ?> question, Consumer<JsonNode> told) {}

  AccountsOfEmployees(
      UserServiceConfig config, ServiceTokensConfig keys, CallingInstances instances, Clock clock) {
    this.config = config;
    this.instances = instances;
    this.tokens = new ServiceTokens(keys.keys(), clock);
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(config.connectTimeout())
            .build();
  }

  /**
   * Asks all of it, some at a time, and returns when everything is told.
   *
   * @throws IllegalStateException when user-service doesn't answer
   */
  void ask(Questions questions, Answers answers) {
    List<Call> calls = new ArrayList<>();
    questions.employees().forEach((tenant, theirs) -> lookUp(calls, answers, tenant, theirs));
    questions.counts().forEach((tenant, most) -> calls.add(count(answers, tenant, most)));
    for (int from = 0; from < calls.size(); from += AT_ONCE) {
      List<Call> some = calls.subList(from, Math.min(from + AT_ONCE, calls.size()));
      List<CompletableFuture<HttpResponse<byte[]>>> sent = some.stream().map(this::send).toList();
      for (int i = 0; i < some.size(); i++) {
        some.get(i).told().accept(answer(some.get(i), sent.get(i)));
      }
    }
  }

  private static void lookUp(
      List<Call> calls, Answers answers, String tenant, Map<String, Standing> theirs) {
    List<String> all = List.copyOf(theirs.keySet());
    for (int from = 0; from < all.size(); from += MOST) {
      List<String> some = all.subList(from, Math.min(from + MOST, all.size()));
      calls.add(
          new Call(
              tenant,
              "/v1/employees/lookup",
              Map.of("employeeIds", some),
              answer -> {
                some.forEach(id -> answers.tell(tenant, id, new Told(theirs.get(id), null)));
                for (JsonNode item : answer.path("items")) {
                  KnownAccount account =
                      new KnownAccount(
                          item.path("employeeId").asText(),
                          item.path("userPrincipalName").asText(),
                          item.path("state").asText().equals("ACTIVE"));
                  String id = account.employeeId();
                  answers.tell(tenant, id, new Told(theirs.get(id), account));
                }
              }));
    }
  }

  private static Call count(Answers answers, String tenant, long most) {
    return new Call(
        tenant,
        "/v1/employees/count",
        Map.of("most", most),
        answer -> {
          JsonNode active = answer.path("active");
          if (!active.isIntegralNumber()) {
            throw new IllegalStateException("user-service answers no number of accounts");
          }
          answers.tell(tenant, new Count(active.asLong(), most));
        });
  }

  private CompletableFuture<HttpResponse<byte[]>> send(Call call) {
    try {
      byte[] body = json.writeValueAsBytes(call.question());
      return instances
          .sendLater(
              http,
              config.userUrl(),
              each -> request(each, call.path(), call.tenant(), body),
              BodyHandlers.ofByteArray())
          .toCompletableFuture();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a question can't be written", e);
    }
  }

  private JsonNode answer(Call call, CompletableFuture<HttpResponse<byte[]>> sent) {
    try {
      HttpResponse<byte[]> answer = sent.get();
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(
            answer.statusCode() == 401
                ? "user-service doesn't know this service: give both the same muster.service-tokens.keys"
                : "user-service answers %d to %s".formatted(answer.statusCode(), call.path()));
      }
      return json.readTree(answer.body());
    } catch (IOException | ExecutionException e) {
      throw new IllegalStateException("user-service doesn't answer " + call.path(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while user-service was asked", e);
    }
  }

  private HttpRequest request(URI userService, String path, String tenant, byte[] body) {
    return HttpRequest.newBuilder(URI.create(userService + path))
        .timeout(config.answerTimeout())
        .header("Authorization", tokens.header(OURSELVES, USER_SERVICE, tenant))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json")
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }
}
