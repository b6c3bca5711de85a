package io.muster.gateway.track.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.Part;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.contracts.topic.Topics;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.Jobs;
import io.muster.gateway.access.Sight;
import io.muster.gateway.status.FindingJobs;
import io.muster.gateway.status.JobView;
import io.muster.gateway.track.job.RememberingJobs;
import io.muster.gateway.track.watch.BatchWatch;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows of two parts, any order, any repeats, two consumers at once: the counts come out the same.
 */
@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class CountingRandomlyIT {
  private static final String TENANT = "randomly";
  private static final Set<Part> BOTH = Set.of(Part.USER, Part.LICENSE);

  @Inject CountingResults counting;
  @Inject RememberingJobs remembering;
  @Inject FindingJobs finding;
  @Inject BatchWatch watch;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void countsEveryStoryOnce(long seed) throws Exception {
    Random random = new Random(seed);
    JobSnapshot job = Jobs.dispatched(Jobs.queued(Jobs.newId(), TENANT, "ada", 2500));
    List<RowResult> told = new ArrayList<>();
    long succeeded = 0;
    Map<RowCode, Long> failures = new EnumMap<>(RowCode.class);
    for (long row = 1; row <= job.total(); row++) {
      switch (random.nextInt(5)) {
        case 0 -> {
          told.add(result(job.id(), row, Part.USER, PartOutcome.APPLIED, null));
          told.add(result(job.id(), row, Part.LICENSE, PartOutcome.APPLIED, null));
          succeeded++;
        }
        case 1 -> {
          told.add(result(job.id(), row, Part.USER, PartOutcome.REJECTED, RowCode.USER_NOT_FOUND));
          told.add(result(job.id(), row, Part.LICENSE, PartOutcome.SKIPPED, null));
          failures.merge(RowCode.USER_NOT_FOUND, 1L, Long::sum);
        }
        case 2 -> {
          told.add(result(job.id(), row, Part.USER, PartOutcome.UNDONE, null));
          told.add(
              result(job.id(), row, Part.LICENSE, PartOutcome.REJECTED, RowCode.NO_SEATS_LEFT));
          failures.merge(RowCode.NO_SEATS_LEFT, 1L, Long::sum);
        }
        case 3 -> {
          told.add(result(job.id(), row, Part.USER, PartOutcome.REJECTED, RowCode.USER_REMOVED));
          told.add(
              result(job.id(), row, Part.LICENSE, PartOutcome.REJECTED, RowCode.NO_SEATS_LEFT));
          failures.merge(RowCode.USER_REMOVED, 1L, Long::sum);
        }
        default -> told.add(result(job.id(), row, Part.USER, PartOutcome.APPLIED, null));
      }
    }
    told.addAll(told.subList(0, 1000));
    Collections.shuffle(told, random);

    // Two owners of the same partitions at once, as after a rebalance.
    ExecutorService two = Executors.newFixedThreadPool(2);
    List<Future<Object>> running = new ArrayList<>();
    for (int consumer = 0; consumer < 2; consumer++) {
      List<RowResult> mine = joined(told, random);
      Collections.rotate(mine, consumer * 1500);
      Callable<Object> consuming = () -> consume(mine);
      running.add(two.submit(consuming));
    }
    remembering.remember(List.of(job));
    for (Future<Object> one : running) {
      one.get();
    }
    two.shutdown();

    JobView view = finding.find(new Sight(TENANT, null, false), job.id()).orElseThrow();
    assertThat(view.succeeded()).isEqualTo(succeeded);
    assertThat(view.failuresOnBus()).isEqualTo(failures);
    assertThat(view.failedOnBus())
        .isEqualTo(failures.values().stream().mapToLong(Long::longValue).sum());
  }

  /** What is alike comes together, in runs of a dozen at most, in no order. */
  private static List<RowResult> joined(List<RowResult> told, Random random) {
    Map<List<Object>, TreeSet<Long>> runs = new LinkedHashMap<>();
    List<RowResult> all = new ArrayList<>();
    for (RowResult each : told) {
      if (each.code() != null) {
        all.add(each);
        continue;
      }
      List<Object> alike = List.of(each.part(), each.outcome(), Topics.chunkOf(each.row()));
      TreeSet<Long> rows = runs.computeIfAbsent(alike, key -> new TreeSet<>());
      rows.add(each.row());
      if (random.nextInt(12) == 0) {
        all.add(
            new RowResult(
                TENANT,
                each.jobId(),
                rows.first(),
                each.part(),
                each.outcome(),
                null,
                null,
                BOTH,
                List.copyOf(rows)));
        runs.remove(alike);
      }
    }
    runs.forEach(
        (alike, rows) ->
            rows.forEach(
                row ->
                    all.add(
                        result(
                            told.get(0).jobId(),
                            row,
                            (Part) alike.get(0),
                            (PartOutcome) alike.get(1),
                            null))));
    return all;
  }

  private Object consume(List<RowResult> told) {
    for (int from = 0; from < told.size(); from += 700) {
      List<RowResult> batch = told.subList(from, Math.min(from + 700, told.size()));
      watch.untilDone("batch of a test", () -> counting.count(batch));
    }
    return null;
  }

  private static RowResult result(
      UUID job, long row, Part part, PartOutcome outcome, RowCode code) {
    return new RowResult(TENANT, job, row, part, outcome, code, null, BOTH);
  }
}
