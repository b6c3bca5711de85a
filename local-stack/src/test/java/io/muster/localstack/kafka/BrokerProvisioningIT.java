package io.muster.localstack.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.contracts.topic.Topics;
import io.muster.localstack.testing.TestPlatform;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** What a broker needs is made, however badly it begins. */
class BrokerProvisioningIT {
  private static final String LOST = Topics.HR_EVENTS.deadLetters();

  private final TestPlatform platform = TestPlatform.shared();
  private final Set<String> failed = new TreeSet<>();
  private final List<String> asked = new ArrayList<>();

  @Test
  void whatFailsIsTriedAgainUntilAllIsThere() throws Exception {
    try (Admin admin = Admin.create(platform.kafkaClient("broker"))) {
      admin.deleteTopics(Set.of(LOST)).all().get();
      await().atMost(Duration.ofSeconds(30)).until(() -> !names(admin).contains(LOST));

      new BrokerProvisioning(this::failingOnceAtEverything, logins()).complete();

      await().atMost(Duration.ofSeconds(30)).until(() -> names(admin).contains(LOST));
    }
    assertThat(failed)
        .containsExactly(
            "createTopics", "describeConfigs", "describeUserScramCredentials", "listTopics");
    assertThat(asked).filteredOn("createTopics"::equals).hasSizeGreaterThanOrEqualTo(2);
  }

  private static Set<String> names(Admin admin) throws Exception {
    return admin.listTopics().names().get();
  }

  /** None is missing. */
  private static Properties logins() {
    Properties logins = new Properties();
    logins.setProperty("gateway", "known already");
    return logins;
  }

  /** The first call of each kind is done, but its answer is lost. */
  private Admin failingOnceAtEverything() {
    Admin real = Admin.create(platform.kafkaClient("broker"));
    return (Admin)
        Proxy.newProxyInstance(
            Admin.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (proxy, method, arguments) -> {
              asked.add(method.getName());
              try {
                Object answer = method.invoke(real, arguments);
                if (!method.getName().equals("close") && failed.add(method.getName())) {
                  throw new TimeoutException("no answer");
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
