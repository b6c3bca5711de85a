package io.muster.benchmarks.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service tells under {@code /q/metrics}, at one moment: samples in Prometheus's text
 * format.
 */
public record Metrics(List<Sample> samples) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private static final int OK = 200;

  private static final Pattern LINE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)(?: \\d+)?");

  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** A measured value with its labels. */
  public record Sample(String name, Map<String, String> labels, double value) {}

  public Metrics {
    samples = List.copyOf(samples);
  }

  /** Nothing is known. */
  public static final Metrics NONE = new Metrics(List.of());

  /** Asks a service on this machine; {@link #NONE} when it doesn't answer. */
  public static Metrics of(int port) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/metrics"))
              .timeout(Duration.ofSeconds(5))
              .header("Accept", "text/plain")
              .build();
      HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
      return answer.statusCode() == OK ? parsed(answer.body()) : NONE;
    } catch (IOException e) {
      return NONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NONE;
    }
  }

  /** Reads the text format; lines that aren't samples are passed over. */
  static Metrics parsed(String text) {
    List<Sample> samples = new ArrayList<>();
    for (String line : text.split("\n")) {
      Matcher parts = LINE.matcher(line.strip());
      if (parts.matches()) {
        samples.add(new Sample(parts.group(1), labels(parts.group(2)), number(parts.group(3))));
      }
    }
    return new Metrics(samples);
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    if (text != null) {
      Matcher label = LABEL.matcher(text);
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
    }
    return labels;
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /**
   * The sum over all samples of that name whose label has that value.
   *
   * @return null when there is none
   */
  public Double sum(String name, String label, String value) {
    List<Double> found =
        samples.stream()
            .filter(sample -> sample.name().equals(name))
            .filter(sample -> label == null || value.equals(sample.labels().get(label)))
            .map(Sample::value)
            .toList();
    return found.isEmpty() ? null : found.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Bytes of the heap in use, garbage included; null when it isn't told. */
  public Double heapUsed() {
    return sum("jvm_memory_used_bytes", "area", "heap");
  }

  /** Seconds in which the garbage collector held everything up, since the start. */
  public Double gcSeconds() {
    return sum("jvm_gc_pause_seconds_sum", null, null);
  }

  /** By a label of that name: the sum of each of its values. */
  public Map<String, Double> by(String name, String label) {
    Map<String, Double> sums = new TreeMap<>();
    for (Sample sample : samples) {
      if (sample.name().equals(name) && sample.labels().containsKey(label)) {
        sums.merge(sample.labels().get(label), sample.value(), Double::sum);
      }
    }
    return sums;
  }
}
