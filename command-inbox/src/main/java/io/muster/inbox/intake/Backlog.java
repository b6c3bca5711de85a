package io.muster.inbox.intake;

import io.muster.inbox.batch.Polled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * What a client has polled and nobody has looked at yet, and the one worker at a time who does. It
 * has a bound, on which the client waits, so that a lag of a million rows stays in Kafka.
 * Thread-safe.
 */
final class Backlog {
  private final int bound;
  private final Executor threads;
  private final Runnable work;
  private final List<CompletableFuture<Void>> waitingForRoom = new ArrayList<>();
  private List<Polled> arrived = new ArrayList<>();
  private int unanswered;
  private long polls;
  private boolean working;
  private Throwable broken;

  /**
   * @param bound records that may be unanswered when the client polls again
   * @param work is run on one of the threads as soon as there is some, never twice at a time; ends
   *     when {@link #nothingLeft()}
   */
  Backlog(int bound, Executor threads, Runnable work) {
    this.bound = bound;
    this.threads = threads;
    this.work = work;
  }

  /**
   * Takes a poll in; doesn't block.
   *
   * @return done when there is room for another; failed when the worker broke
   */
  CompletionStage<Void> offer(List<Polled> poll) {
    CompletableFuture<Void> room = new CompletableFuture<>();
    boolean begins;
    synchronized (this) {
      if (broken != null) {
        room.completeExceptionally(broken);
        return room;
      }
      long number = ++polls;
      for (Polled part : poll) {
        part.number(number);
        unanswered += part.unanswered();
        arrived.add(part);
      }
      if (unanswered < bound) {
        room.complete(null);
      } else {
        waitingForRoom.add(room);
      }
      begins = !working;
      working = true;
      notifyAll();
    }
    if (begins) {
      threads.execute(work);
    }
    return room;
  }

  /** For the worker: what came since it last asked, in the order of the polls. */
  synchronized List<Polled> takeIn() {
    List<Polled> taken = arrived;
    arrived = new ArrayList<>();
    return taken;
  }

  /**
   * For the worker, who has taken all in and waits for something else: waits with it for more.
   *
   * @param orUntil it is done, however that went
   * @param atMost whatever comes
   * @return whether more came
   */
  boolean moreCame(CompletionStage<?> orUntil, Duration atMost) {
    CompletableFuture<?> done = orUntil.toCompletableFuture();
    var unused = done.whenComplete((result, failure) -> wakeUp());
    long until = System.nanoTime() + atMost.toNanos();
    synchronized (this) {
      long left = atMost.toMillis();
      while (arrived.isEmpty() && !done.isDone() && left > 0) {
        try {
          wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return false;
        }
        left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      }
      return !arrived.isEmpty();
    }
  }

  private synchronized void wakeUp() {
    notifyAll();
  }

  /** For the worker: so many records are done with. */
  void done(int records) {
    List<CompletableFuture<Void>> rooms;
    synchronized (this) {
      unanswered -= records;
      if (unanswered >= bound) {
        return;
      }
      rooms = List.copyOf(waitingForRoom);
      waitingForRoom.clear();
    }
    rooms.forEach(room -> room.complete(null));
  }

  /**
   * For the worker who has done all it took in.
   *
   * @return true when nothing came meanwhile: then it must end, and the next poll begins another
   */
  synchronized boolean nothingLeft() {
    working = !arrived.isEmpty();
    return !working;
  }

  /** The worker met what nobody foresaw and has ended: the channel is to fail, and be seen to. */
  void breakOff(Throwable cause) {
    List<CompletableFuture<Void>> rooms;
    synchronized (this) {
      broken = cause;
      rooms = List.copyOf(waitingForRoom);
      waitingForRoom.clear();
    }
    rooms.forEach(room -> room.completeExceptionally(cause));
  }
}
