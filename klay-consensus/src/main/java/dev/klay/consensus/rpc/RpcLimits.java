package dev.klay.consensus.rpc;

import java.time.Duration;

/**
 * What one client, and all of them, may ask of a node ({@code reliability.md} section 8).
 *
 * @param bodySizeMaxBytes of a request
 * @param batchMax calls in a batch
 * @param answerSizeMaxBytes of an answer; of a batch all answers together
 * @param callTime after which a call is answered with an error
 * @param callGasMax gas of a call that is simulated
 * @param filtersMax open filters and subscriptions of one client
 * @param filterIdle after which a filter nobody asked is gone
 * @param requestsPerSecond of one address that is not this machine's
 * @param requestBurst so many at once
 * @param connectionsMax of all clients
 * @param slowClient after which a request must have arrived, and an answer left
 * @param queuedMax requests that wait for a worker, of all clients
 * @param inFlightMax requests of one connection that are not answered yet
 */
public record RpcLimits(
    int bodySizeMaxBytes,
    int batchMax,
    int answerSizeMaxBytes,
    Duration callTime,
    long callGasMax,
    int filtersMax,
    Duration filterIdle,
    int requestsPerSecond,
    int requestBurst,
    int connectionsMax,
    Duration slowClient,
    int queuedMax,
    int inFlightMax) {
  /** JSON nested deeper is refused. */
  public static final int DEPTH_MAX = 32;

  /** Characters of a JSON string. */
  public static final int STRING_MAX = 1 << 20;

  /** Digits of a JSON number. */
  public static final int NUMBER_MAX = 78;

  /** What is written in reliability.md. */
  public static final RpcLimits DEFAULT =
      new RpcLimits(
          2 << 20,
          100,
          10 << 20,
          Duration.ofSeconds(5),
          50_000_000,
          200,
          Duration.ofMinutes(5),
          100,
          200,
          1_000,
          Duration.ofSeconds(10),
          1_024,
          64);

  /** The same with another limit of the body. */
  public RpcLimits withBodySizeMaxBytes(int bytes) {
    return new RpcLimits(
        bytes,
        batchMax,
        answerSizeMaxBytes,
        callTime,
        callGasMax,
        filtersMax,
        filterIdle,
        requestsPerSecond,
        requestBurst,
        connectionsMax,
        slowClient,
        queuedMax,
        inFlightMax);
  }

  /** The same with another limit of the answer. */
  public RpcLimits withAnswerSizeMaxBytes(int bytes) {
    return new RpcLimits(
        bodySizeMaxBytes,
        batchMax,
        bytes,
        callTime,
        callGasMax,
        filtersMax,
        filterIdle,
        requestsPerSecond,
        requestBurst,
        connectionsMax,
        slowClient,
        queuedMax,
        inFlightMax);
  }

  /** The same with other times: of a call, of an idle filter, of a slow client. */
  public RpcLimits withTimes(Duration call, Duration idle, Duration slow) {
    return new RpcLimits(
        bodySizeMaxBytes,
        batchMax,
        answerSizeMaxBytes,
        call,
        callGasMax,
        filtersMax,
        idle,
        requestsPerSecond,
        requestBurst,
        connectionsMax,
        slow,
        queuedMax,
        inFlightMax);
  }

  /** The same with another rate of one address. */
  public RpcLimits withRate(int perSecond, int burst) {
    return new RpcLimits(
        bodySizeMaxBytes,
        batchMax,
        answerSizeMaxBytes,
        callTime,
        callGasMax,
        filtersMax,
        filterIdle,
        perSecond,
        burst,
        connectionsMax,
        slowClient,
        queuedMax,
        inFlightMax);
  }

  /** The same with other counts: of connections, of waiting requests, of open filters. */
  public RpcLimits withCounts(int connections, int queued, int filters) {
    return new RpcLimits(
        bodySizeMaxBytes,
        batchMax,
        answerSizeMaxBytes,
        callTime,
        callGasMax,
        filters,
        filterIdle,
        requestsPerSecond,
        requestBurst,
        connections,
        slowClient,
        queued,
        inFlightMax);
  }
}
