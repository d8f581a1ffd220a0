package dev.klay.examples.benchmarks.storage;

/** An engine that keeps records under ascending numbers and makes one batch durable at a time. */
interface Candidate extends AutoCloseable {
  /** Adds a record to the running batch. */
  void put(long id, byte[] record) throws Exception;

  /** Returns once the batch, its head number last, would survive a power cut. */
  void commit(long head) throws Exception;

  byte[] get(long id) throws Exception;

  /** The head of the last commit. */
  long head() throws Exception;
}
