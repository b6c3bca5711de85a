package io.muster.sealing.password;

import io.muster.sealing.SealBroken;
import io.muster.sealing.Secret;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;

/**
 * A sealed password's parts, and how they are written: version, epoch, the wrapped data key, and
 * the password under that key; one base64url text.
 */
final class SealedPassword {
  static final int DATA_KEY_BYTES = 32;

  private static final byte VERSION = 1;
  private static final int WRAPPED_KEY = DATA_KEY_BYTES + EpochKeys.OVERHEAD;
  private static final int HEAD = 1 + Integer.BYTES + WRAPPED_KEY;

  /** Bytes: lengths of passwords are told apart in steps of this only. */
  private static final int STEP = 64;

  private static final int MAX_LENGTH = 0xFFFF;

  final Epoch epoch;
  final byte[] wrappedKey;
  final byte[] ciphertext;

  SealedPassword(Epoch epoch, byte[] wrappedKey, byte[] ciphertext) {
    this.epoch = epoch;
    this.wrappedKey = wrappedKey;
    this.ciphertext = ciphertext;
  }

  String written() {
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + ciphertext.length);
    bytes.put(VERSION).putInt((int) epoch.day().toEpochDay()).put(wrappedKey).put(ciphertext);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  static SealedPassword read(String text) throws SealBroken {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      // Not as the cause: its text quotes a character.
      throw new SealBroken("a sealed password isn't base64url", null);
    }
    if (bytes.length <= HEAD || bytes[0] != VERSION) {
      throw new SealBroken("a sealed password hasn't the form of this version", null);
    }
    try {
      Epoch epoch = new Epoch(LocalDate.ofEpochDay(ByteBuffer.wrap(bytes).getInt(1)));
      return new SealedPassword(
          epoch,
          Arrays.copyOfRange(bytes, 1 + Integer.BYTES, HEAD),
          Arrays.copyOfRange(bytes, HEAD, bytes.length));
    } catch (DateTimeException e) {
      throw new SealBroken("a sealed password is of no day", null);
    }
  }

  /** What the wrapped data key belongs to. */
  static byte[] keyContext(Epoch epoch, String tenant) {
    return context("muster password data key", epoch, tenant);
  }

  /** What the password belongs to. */
  static byte[] passwordContext(Epoch epoch, String tenant, String userPrincipalNameKey) {
    return context("muster password", epoch, tenant, userPrincipalNameKey);
  }

  /** Unambiguous bytes: every text has its length before it. */
  private static byte[] context(String purpose, Epoch epoch, String... texts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(purpose);
      out.writeLong(epoch.day().toEpochDay());
      for (String text : texts) {
        out.writeUTF(text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Length, password, and zeros up to the next step. The caller wipes it. */
  static byte[] padded(Secret password) {
    byte[] clear = password.utf8();
    try {
      if (clear.length > MAX_LENGTH) {
        throw new IllegalArgumentException("no password has so many bytes");
      }
      int length = Short.BYTES + clear.length;
      ByteBuffer padded = ByteBuffer.allocate((length + STEP - 1) / STEP * STEP);
      padded.putShort((short) clear.length).put(clear);
      return padded.array();
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  static Secret unpadded(byte[] padded) throws SealBroken {
    int length = padded.length < Short.BYTES ? -1 : ByteBuffer.wrap(padded).getShort() & 0xFFFF;
    if (length < 0 || Short.BYTES + length > padded.length) {
      throw new SealBroken("a sealed password is shorter than it says", null);
    }
    byte[] clear = Arrays.copyOfRange(padded, Short.BYTES, Short.BYTES + length);
    try {
      return Secret.ofUtf8(clear);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }
}
