package io.muster.cli.job;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How many rows may fail before a job pauses itself: a number of rows, or a percentage. */
public final class MaxFailures implements ITypeConverter<String> {
  private static final Pattern FORM =
      Pattern.compile("[0-9]{1,9}|(100([.]0+)?|[0-9]{1,2}([.][0-9]+)?)%");

  @Override
  public String convert(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new TypeConversionException("'" + text + "' is no number like 50 and no share like 5%");
    }
    return text;
  }
}
