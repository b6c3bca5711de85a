package io.muster.bulkingest.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class SortBufferTest {
  @Property(tries = 200)
  void stringsComeOutInTheOrderOfTheirUnsignedBytes(
      @ForAll @Size(max = 300) List<@Size(max = 20) byte[]> strings) throws IOException {
    SortBuffer buffer = new SortBuffer(1 << 20);
    strings.forEach(string -> assertThat(buffer.add(string, string.length)).isTrue());

    List<byte[]> sorted = new ArrayList<>();
    ExternalSort.Sorted inOrder = buffer.sorted();
    while (inOrder.next()) {
      sorted.add(
          Arrays.copyOfRange(
              inOrder.bytes(), inOrder.offset(), inOrder.offset() + inOrder.length()));
    }

    List<byte[]> expected = new ArrayList<>(strings);
    expected.sort(Arrays::compareUnsigned);
    assertThat(sorted).usingElementComparator(Arrays::compareUnsigned).isEqualTo(expected);
  }

  @Property(tries = 20)
  void itTakesNoMoreThanItsMemory(@ForAll @Size(30) byte[] string) {
    SortBuffer buffer = new SortBuffer(4_600);

    int taken = 0;
    while (buffer.add(string, string.length)) {
      taken++;
    }

    assertThat(taken).isEqualTo(100);
  }
}
