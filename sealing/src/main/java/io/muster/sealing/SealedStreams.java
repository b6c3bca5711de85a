package io.muster.sealing;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.streamingaead.AesGcmHkdfStreamingParameters;
import com.google.crypto.tink.streamingaead.AesGcmHkdfStreamingParameters.HashType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;

/**
 * Streams that nobody without the keyset can read or alter: AES-256-GCM with a key derived per
 * stream by HKDF, in segments, so that a stream of any length is written with two segments in
 * memory and read from any place. Thread-safe; the streams themselves belong to one thread each.
 *
 * <p>A segment that was altered, moved or left out is found when it is read, a stream that was cut
 * short when its end is read; both as {@link SealBroken} or another {@link IOException}.
 */
public final class SealedStreams {
  /** Of a segment with its tag: a reader that seeks opens this much, some 40 µs. */
  public static final int SEGMENT_BYTES = 64 * 1024;

  private final StreamingAead aead;

  SealedStreams(KeysetHandle keyset) throws GeneralSecurityException {
    this.aead = keyset.getPrimitive(RegistryConfiguration.get(), StreamingAead.class);
  }

  static AesGcmHkdfStreamingParameters parameters() throws GeneralSecurityException {
    return AesGcmHkdfStreamingParameters.builder()
        .setKeySizeBytes(32)
        .setDerivedAesGcmKeySizeBytes(32)
        .setHkdfHashType(HashType.SHA256)
        .setCiphertextSegmentSizeBytes(SEGMENT_BYTES)
        .build();
  }

  /**
   * Seals everything written to the answer. Its {@code close} writes the last segment and closes
   * the sink; without it the stream counts as cut short.
   */
  public WritableByteChannel seal(WritableByteChannel sink, SealedFor belongsTo)
      throws IOException {
    try {
      return aead.newEncryptingChannel(sink, belongsTo.associatedData());
    } catch (GeneralSecurityException e) {
      throw new SealBroken("a stream can't be sealed", e);
    }
  }

  /** {@link #seal(WritableByteChannel, SealedFor)} for a stream. */
  public OutputStream seal(OutputStream sink, SealedFor belongsTo) throws IOException {
    try {
      return aead.newEncryptingStream(sink, belongsTo.associatedData());
    } catch (GeneralSecurityException e) {
      throw new SealBroken("a stream can't be sealed", e);
    }
  }

  /**
   * Opens a sealed stream for reading from any place; positions count the clear bytes.
   *
   * @param source closed with the answer
   */
  public SeekableByteChannel open(SeekableByteChannel source, SealedFor belongsTo)
      throws IOException {
    try {
      return aead.newSeekableDecryptingChannel(source, belongsTo.associatedData());
    } catch (GeneralSecurityException e) {
      throw new SealBroken("a sealed stream can't be opened", e);
    }
  }

  /** Opens a sealed stream for reading from its start to its end. */
  public ReadableByteChannel openFromStart(ReadableByteChannel source, SealedFor belongsTo)
      throws IOException {
    try {
      return aead.newDecryptingChannel(source, belongsTo.associatedData());
    } catch (GeneralSecurityException e) {
      throw new SealBroken("a sealed stream can't be opened", e);
    }
  }
}
