package io.muster.bulkingest.tenants;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.muster.chassis.problem.RequestRefused;
import io.muster.chassis.tenancy.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Shows and replaces what is laid down about a tenant; one that nobody knew is registered. */
@ApplicationScoped
public class LayingDownATenant {
  private static final Logger LOG = Logger.getLogger(LayingDownATenant.class);

  private static final ObjectReader READER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build()
          .readerFor(TenantDescription.class);

  private final TenantScope scope;
  private final Clock clock;

  LayingDownATenant(TenantScope scope, Clock clock) {
    this.scope = scope;
    this.clock = clock;
  }

  /**
   * @return empty for a tenant that nobody has registered or used
   */
  @Transactional
  Optional<TenantDescription> show(String tenant) {
    scope.enter(tenant);
    return Tenant.of(tenant).map(Tenant::description);
  }

  /**
   * Replaces all of it: what is left out has no limit from then on. Of two at once the later one
   * stays.
   *
   * @param operator who lays it down
   * @throws RequestRefused INVALID_REQUEST with the field to blame
   */
  @Transactional
  TenantDescription replace(String tenant, byte[] json, String operator) {
    TenantDescription wanted = read(json);
    wanted.check(tenant);
    scope.enter(tenant);
    Instant now = clock.instant();
    Optional<Tenant> known = Tenant.of(tenant);
    Tenant kept = known.orElseGet(Tenant::new);
    kept.id = tenant;
    kept.name = wanted.name();
    kept.domains = wanted.domains().toArray(String[]::new);
    kept.maxOpenJobs = wanted.quotas().openJobs();
    kept.maxRowsPerJob = wanted.quotas().rowsPerJob();
    kept.maxUploadsPerMinute = wanted.quotas().uploadsPerMinute();
    kept.maxSingleCallsPerMinute = wanted.quotas().singleCallsPerMinute();
    kept.uploadsAllowed = wanted.settings().uploadsAllowed();
    kept.updatedAt = now;
    kept.updatedBy = operator;
    if (known.isEmpty()) {
      kept.registeredAt = now;
      kept.persist();
    }
    LOG.infof("an operator laid down domains, quotas and settings, tenant=%s", tenant);
    return kept.description();
  }

  private static TenantDescription read(byte[] json) {
    try {
      TenantDescription wanted = READER.readValue(json);
      if (wanted != null) {
        return wanted;
      }
    } catch (PropertyBindingException e) {
      throw RequestRefused.invalid(path(e), "There is no such field.");
    } catch (JsonMappingException e) {
      throw e.getPath().isEmpty()
          ? notAnObject()
          : RequestRefused.invalid(path(e), "This field holds a value of another kind.");
    } catch (IOException e) {
      // Bytes that are no text in any encoding are not always a JsonProcessingException.
      throw notAnObject();
    }
    throw notAnObject();
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(JsonMappingException.Reference::getFieldName)
        .filter(name -> name != null)
        .collect(Collectors.joining("."));
  }

  private static RequestRefused notAnObject() {
    return RequestRefused.invalid(
        "body", "Send a JSON object with name, domains, quotas and settings, all optional.");
  }
}
