package dev.klay.core.evm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The network of a blockchain test: one fork, or one that follows another at a time, such as {@code
 * CancunToPragueAtTime15k}. Forks that change nothing but blob numbers (BPO) run Osaka's rules.
 */
final class EthereumNetwork {
  private static final Pattern TRANSITION = Pattern.compile("(\\w+)To(\\w+)AtTime(\\d+)k");
  private static final List<String> ORDER =
      EthereumRules.all().stream().map(EvmRules::name).toList();

  /** Number of blobs and how fast their price moves. */
  record Blobs(int target, int max, long fraction) {}

  private final String before;
  private final String after;
  private final long time;
  private final JsonNode schedule;

  private EthereumNetwork(String before, String after, long time, JsonNode schedule) {
    this.before = before;
    this.after = after;
    this.time = time;
    this.schedule = schedule;
  }

  /** The network, or empty if it has a fork that we have no rules for. */
  static Optional<EthereumNetwork> of(String name, JsonNode config) {
    Matcher transition = TRANSITION.matcher(name);
    JsonNode schedule = config.path("blobSchedule");
    EthereumNetwork network =
        transition.matches()
            ? new EthereumNetwork(
                transition.group(1),
                transition.group(2),
                1_000 * Long.parseLong(transition.group(3)),
                schedule)
            : new EthereumNetwork(name, name, 0, schedule);
    boolean known = isKnown(network.before) && isKnown(network.after);
    return known ? Optional.of(network) : Optional.empty();
  }

  private static boolean isKnown(String fork) {
    return EthereumForks.rules(rulesName(fork)).isPresent();
  }

  private static String rulesName(String fork) {
    return fork.startsWith("BPO") ? "Osaka" : fork;
  }

  private String fork(long timestamp) {
    return Long.compareUnsigned(timestamp, time) >= 0 ? after : before;
  }

  EvmRules rules(long timestamp) {
    return EthereumForks.rules(rulesName(fork(timestamp))).orElseThrow();
  }

  boolean has(String fork, long timestamp) {
    return ORDER.indexOf(rules(timestamp).name()) >= ORDER.indexOf(fork);
  }

  Blobs blobs(long timestamp) {
    JsonNode named = schedule.path(fork(timestamp));
    if (named.isMissingNode()) {
      return has("Prague", timestamp)
          ? new Blobs(6, 9, 5_007_716) // EIP-7691
          : new Blobs(3, 6, 3_338_477);
    }
    return new Blobs(
        (int) number(named, "target"),
        (int) number(named, "max"),
        number(named, "baseFeeUpdateFraction"));
  }

  private static long number(JsonNode node, String field) {
    return EthereumState.number(node.get(field)).toLong();
  }
}
