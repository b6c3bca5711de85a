package io.muster.benchmarks.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.benchmarks.measure.Footprint.Growth;
import io.muster.benchmarks.measure.ProcessUse;
import io.muster.benchmarks.measure.StageTime;
import io.muster.benchmarks.scenario.EndToEnd;
import io.muster.benchmarks.scenario.EndToEndRun;
import io.muster.benchmarks.scenario.JobTimes;
import io.muster.benchmarks.scenario.Section;

/**
 * The report as one JSON document. Its field names are stable: fields are only added. What wasn't
 * measured is null, never 0.
 */
public final class JsonReport {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final int MICROS = 1_000_000;

  private final Report report;

  public JsonReport(Report report) {
    this.report = report;
  }

  /** The whole document, with a line feed at its end. */
  public String text() {
    try {
      return JSON.writeValueAsString(document()) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the report can't be written as JSON", e);
    }
  }

  ObjectNode document() {
    ObjectNode document = JSON.createObjectNode();
    document.put("date", report.date().toString());
    document.put("seconds", report.seconds());
    document.set("machine", JSON.valueToTree(report.machine()));
    document.set("software", JSON.valueToTree(report.software()));
    ObjectNode settings = document.putObject("settings");
    settings.put("rows", report.wishes().rows());
    settings.put("givenRows", report.wishes().givenRows());
    settings.put("accountsBefore", report.wishes().accountsBefore());
    settings.put("warmUpRows", report.wishes().warmUpRows());
    settings.put("repeat", report.repetitions());
    ArrayNode scenarios = document.putArray("scenarios");
    report.byScenario().forEach((name, repeated) -> scenarios.add(scenario(name, repeated)));
    ObjectNode others = document.putObject("others");
    for (Section section : report.sections()) {
      others.withArray(section.scenario()).add(section.json());
    }
    document.set("failures", JSON.valueToTree(report.failures()));
    return document;
  }

  private ObjectNode scenario(String name, Repeated repeated) {
    ObjectNode node = JSON.createObjectNode();
    node.put("scenario", name);
    node.put("purpose", EndToEnd.named(name).map(EndToEnd::purpose).orElse(""));
    node.put("rows", repeated.median().times().rows());
    node.put("rowsPerSecond", repeated.median().rowsPerSecond());
    node.put("slowestRowsPerSecond", repeated.slowest());
    node.put("fastestRowsPerSecond", repeated.fastest());
    node.set("median", run(repeated.median()));
    ArrayNode runs = node.putArray("runs");
    repeated.runs().forEach(run -> runs.add(run(run)));
    return node;
  }

  private ObjectNode run(EndToEndRun run) {
    JobTimes times = run.times();
    ObjectNode node = JSON.createObjectNode();
    node.put("job", times.job().path("id").asText());
    node.put("rows", times.rows());
    node.put("failedRows", times.failedRows());
    node.put("resumes", times.resumes());
    node.put("seconds", times.seconds());
    node.put("rowsPerSecond", run.rowsPerSecond());
    ObjectNode upload = node.putObject("upload");
    upload.put("bytes", times.fileBytes());
    upload.put("seconds", times.uploadSeconds());
    upload.put("rowsPerSecond", Figures.per(times.rows(), times.uploadSeconds()));
    upload.put("bytesPerSecond", Figures.per(times.fileBytes(), times.uploadSeconds()));
    node.put("dispatchedSeconds", times.dispatchedSeconds());
    node.put("settledSeconds", run.settledSeconds() < 0 ? null : (Double) run.settledSeconds());
    ArrayNode processes = node.putArray("processes");
    run.processes().forEach(use -> processes.add(process(use, times)));
    node.put("cpuSecondsElsewhere", run.cpuElsewhere());
    ArrayNode stages = node.putArray("stages");
    run.stages().forEach(stage -> stages.add(stage(stage, times)));
    footprint(node, run.growth(), times);
    node.set("limits", JSON.valueToTree(run.limits()));
    node.set("limitsNotMeasured", JSON.valueToTree(run.notMeasured()));
    node.put("slowestLimit", run.slowestLimit().map(limit -> limit.name()).orElse(null));
    node.put("fractionOfLimit", run.fractionOfLimit().orElse(null));
    return node;
  }

  private ObjectNode process(ProcessUse use, JobTimes times) {
    ObjectNode node = JSON.valueToTree(use);
    Double cpu = use.cpuSeconds();
    node.put(
        "cpuOfAllCores",
        cpu == null ? null : (Double) Figures.per(cpu, times.seconds() * report.machine().cores()));
    node.put(
        "cpuMicrosPerRow", cpu == null ? null : (Double) Figures.per(cpu * MICROS, times.rows()));
    return node;
  }

  private static ObjectNode stage(StageTime stage, JobTimes times) {
    ObjectNode node = JSON.valueToTree(stage);
    node.put("microsPerRow", Figures.per(stage.seconds() * MICROS, times.rows()));
    return node;
  }

  private static void footprint(ObjectNode node, Growth growth, JobTimes times) {
    ObjectNode disk = node.putObject("disk");
    disk.set("databaseBytes", JSON.valueToTree(growth.databaseBytes()));
    disk.put("walBytes", growth.walBytes());
    disk.put("spoolBytes", growth.spoolBytes());
    disk.put("databaseBytesPerRow", Figures.per(growth.allDatabaseBytes(), times.rows()));
    disk.put("walBytesPerRow", Figures.per(growth.walBytes(), times.rows()));
    disk.put("spoolBytesPerRow", Figures.per(growth.spoolBytes(), times.rows()));
    disk.set("tables", JSON.valueToTree(growth.tables()));
    ObjectNode bus = node.putObject("bus");
    bus.put("messagesPerRow", Figures.per(growth.busMessages(), times.rows()));
    bus.put("bytesPerRow", Figures.per(growth.busBytes(), times.rows()));
    bus.set("topics", JSON.valueToTree(growth.topics()));
  }
}
