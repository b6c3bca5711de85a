package io.muster.gateway.deadletter;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.chassis.problem.Problem;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import io.muster.gateway.access.Parameters;
import io.muster.gateway.access.Sight;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * What no service could read: a tenant's administrators see it, operators where it is and why; both
 * send it again.
 */
@Path("/v1/dead-letters")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TENANT_ADMIN, Roles.OPERATOR})
public class DeadLettersResource {
  /**
   * @param next to go on after; null at the end
   */
  public record Page(List<DeadLetterAnswer> items, UUID next) {}

  private static final Logger LOG = Logger.getLogger(DeadLettersResource.class);
  private static final int RETRY_AFTER_SECONDS = 5;

  private final Caller caller;
  private final FindingDeadLetters finding;
  private final RedrivingDeadLetters redriving;
  private final SourceRecords sources;

  DeadLettersResource(
      Caller caller,
      FindingDeadLetters finding,
      RedrivingDeadLetters redriving,
      SourceRecords sources) {
    this.caller = caller;
    this.finding = finding;
    this.redriving = redriving;
    this.sources = sources;
  }

  /**
   * Newest first.
   *
   * @param topic that the records were on, {@code muster.hr-events}; null for all
   */
  @GET
  public Page list(
      @QueryParam("topic") String topic,
      @QueryParam("after") String after,
      @QueryParam("limit") String limit) {
    int most = Parameters.limit(limit);
    List<DeadLetter> found =
        finding.list(Sight.of(caller), topic, Parameters.jobAfter(after), most + 1);
    boolean more = found.size() > most;
    List<DeadLetter> shown = more ? found.subList(0, most) : found;
    return new Page(answers(shown), more ? shown.get(most - 1).id() : null);
  }

  @GET
  @Path("{id}")
  public DeadLetterAnswer show(@PathParam("id") String id) {
    return answers(List.of(find(id))).get(0);
  }

  /** Sends the record again as it was. */
  @POST
  @Path("{id}/redrive")
  public Response redrive(@PathParam("id") String id) throws SQLException {
    DeadLetter letter = find(id);
    try {
      return Response.accepted(DeadLetterAnswer.unseen(redriving.redrive(letter, caller.subject())))
          .build();
    } catch (KafkaException e) {
      throw away(e);
    }
  }

  private DeadLetter find(String id) {
    UUID letter;
    try {
      letter = UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw none();
    }
    return finding.find(Sight.of(caller), letter).orElseThrow(DeadLettersResource::none);
  }

  /** The payloads are looked up together, and only those that the caller may see. */
  private List<DeadLetterAnswer> answers(List<DeadLetter> letters) {
    Map<Place, ConsumerRecord<byte[], byte[]>> records;
    try {
      records =
          sources.read(letters.stream().filter(this::mayRead).map(DeadLetter::place).toList());
    } catch (KafkaException e) {
      throw away(e);
    }
    return letters.stream()
        .map(
            letter ->
                mayRead(letter)
                    ? DeadLetterAnswer.withPayload(letter, records.get(letter.place()))
                    : DeadLetterAnswer.unseen(letter))
        .toList();
  }

  private boolean mayRead(DeadLetter letter) {
    return caller.has(Roles.TENANT_ADMIN) && letter.tenant().equals(caller.tenant());
  }

  private static RequestRefused none() {
    return RequestRefused.because(
        RequestCode.NOT_FOUND, "There is no such dead letter in your sight.");
  }

  private static RequestRefused away(KafkaException e) {
    LOG.warnf("the broker gives no record: %s", e.getClass().getSimpleName());
    return RequestRefused.because(
            RequestCode.UNAVAILABLE, "The message bus can't be reached: try again in a moment.")
        .with(Problem.RETRY_AFTER, RETRY_AFTER_SECONDS);
  }
}
