package dev.klay.consensus.rpc;

import dev.klay.core.service.BlockRef;
import dev.klay.core.service.LogFilter;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads filter objects: fromBlock and toBlock, or blockHash; address; topics. */
final class LogFilterParam {
  /** Addresses, and alternatives of a topic, in one filter. */
  private static final int ALTERNATIVES_MAX = 1_000;

  private LogFilterParam() {}

  static LogFilter read(RpcValue object) {
    object.asObject();
    RpcValue hash = object.field("blockHash");
    RpcValue from = object.field("fromBlock");
    RpcValue to = object.field("toBlock");
    if (hash.isPresent() && (from.isPresent() || to.isPresent())) {
      throw object.wrong("cannot specify both blockHash and fromBlock/toBlock, choose one");
    }
    Optional<Hash> block = hash.isPresent() ? Optional.of(hash.asHash()) : Optional.empty();
    BlockRef first = from.asBlockOrLatest();
    BlockRef last = to.asBlockOrLatest();
    if (first instanceof BlockRef.Number a
        && last instanceof BlockRef.Number b
        && a.number() > b.number()) {
      throw object.wrong("fromBlock " + a.number() + " is behind toBlock " + b.number());
    }
    return new LogFilter(
        block, first, last, addresses(object.field("address")), topics(object.field("topics")));
  }

  /** Only new logs are told to subscribers, so blocks do not matter; the object may be missing. */
  static LogFilter readForSubscription(RpcValue object) {
    if (!object.isPresent()) {
      return LogFilter.range(BlockRef.LATEST, BlockRef.LATEST);
    }
    object.asObject();
    return new LogFilter(
        Optional.empty(),
        BlockRef.LATEST,
        BlockRef.LATEST,
        addresses(object.field("address")),
        topics(object.field("topics")));
  }

  private static Set<Address> addresses(RpcValue value) {
    Set<Address> addresses = new LinkedHashSet<>();
    if (value.json().isArray()) {
      few(value).forEach(each -> addresses.add(each.asAddress()));
    } else if (value.isPresent()) {
      addresses.add(value.asAddress());
    }
    return addresses;
  }

  private static List<RpcValue> few(RpcValue value) {
    if (value.json().size() > ALTERNATIVES_MAX) {
      throw value.wrong("at most " + ALTERNATIVES_MAX + " alternatives are allowed");
    }
    return value.asList();
  }

  private static List<Set<Hash>> topics(RpcValue value) {
    List<Set<Hash>> topics = new ArrayList<>();
    if (!value.isPresent()) {
      return topics;
    }
    List<RpcValue> positions = value.asList();
    if (positions.size() > LogFilter.TOPICS_MAX) {
      throw value.wrong("a log has at most 4 topics");
    }
    for (RpcValue position : positions) {
      topics.add(alternatives(position));
    }
    return topics;
  }

  /** Null matches all, and so does a null among alternatives. */
  private static Set<Hash> alternatives(RpcValue position) {
    Set<Hash> alternatives = new LinkedHashSet<>();
    if (position.json().isArray()) {
      for (RpcValue each : few(position)) {
        if (!each.isPresent()) {
          return Set.of();
        }
        alternatives.add(each.asHash());
      }
    } else if (position.isPresent()) {
      alternatives.add(position.asHash());
    }
    return alternatives;
  }
}
