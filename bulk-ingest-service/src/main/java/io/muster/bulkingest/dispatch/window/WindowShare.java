package io.muster.bulkingest.dispatch.window;

/** How much of the cluster's window is this dispatcher's. */
public interface WindowShare {
  /** Above 0, and 1 for one that is alone. From any thread. */
  double share();
}
