package dev.klay.core.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.block.Header;
import dev.klay.core.config.Fork;
import dev.klay.core.config.ForkSchedule;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;

/** Headers as {@code klay_getHeaderByNumber} and {@code eth_getHeaderByNumber} show them. */
public final class HeaderJson {
  /** What Ethereum's tools are told; blocks of Klaytn have no gas limit. */
  public static final long GAS_LIMIT = 0xe8d4a50fffL;

  private static final String NO_UNCLES =
      "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347";

  /** Memory of a header in Klaytn 1.12's process, lists aside; it tells this as the size. */
  private static final long HEADER_OBJECT_BYTES = 576;

  private HeaderJson() {}

  /** Klaytn's shape. */
  public static ObjectNode klay(Header header, Hash hash, ForkSchedule forks) {
    ObjectNode json = klayFields(header, hash, forks);
    header.mixHash().ifPresent(mix -> json.put("mixhash", mix.toHex()));
    return json;
  }

  /**
   * What a header and its block show in common. Klaytn 1.4 spells the block score in lower case,
   * 1.12 does not, nor is the mix hash spelt alike in headers and blocks; all spellings are there.
   */
  static ObjectNode klayFields(Header header, Hash hash, ForkSchedule forks) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("number", Quantity.of(header.number()));
    json.put("hash", hash.toHex());
    json.put("parentHash", header.parentHash().toHex());
    json.put("reward", header.rewardBase().toHex());
    json.put("stateRoot", header.stateRoot().toHex());
    json.put("transactionsRoot", header.transactionsRoot().toHex());
    json.put("receiptsRoot", header.receiptsRoot().toHex());
    json.put("logsBloom", header.bloom().bits().toHex());
    json.put("blockscore", Quantity.of(header.blockScore()));
    json.put("blockScore", Quantity.of(header.blockScore()));
    json.put("gasUsed", Quantity.of(header.gasUsed()));
    json.put("timestamp", Quantity.of(header.time()));
    json.put("timestampFoS", Quantity.of(header.timeFoS()));
    json.put("extraData", header.extra().toHex());
    json.put("governanceData", header.governance().toHex());
    json.put("voteData", header.vote().toHex());
    baseFee(json, header, forks);
    randao(json, header);
    return json;
  }

  private static void baseFee(ObjectNode json, Header header, ForkSchedule forks) {
    if (header.baseFee().isPresent() || forks.isActive(Fork.ETH_TX_TYPE, header.number())) {
      json.put("baseFeePerGas", Quantity.of(header.baseFee().orElse(Amount.ZERO)));
    }
  }

  private static void randao(ObjectNode json, Header header) {
    header.randomReveal().ifPresent(reveal -> json.put("randomReveal", reveal.toHex()));
    header.mixHash().ifPresent(mix -> json.put("mixHash", mix.toHex()));
  }

  /**
   * Ethereum's shape; what it knows and Klaytn does not is constant.
   *
   * @param author zero for a genesis
   * @param totalScore of this block and all before it
   */
  public static ObjectNode eth(
      Header header, Hash hash, Address author, UInt256 totalScore, ForkSchedule forks) {
    ObjectNode json = ethFields(header, hash, author, totalScore, forks);
    json.put("size", Quantity.of(memory(header)));
    return json;
  }

  static ObjectNode ethFields(
      Header header, Hash hash, Address author, UInt256 totalScore, ForkSchedule forks) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("number", Quantity.of(header.number()));
    json.put("hash", hash.toHex());
    json.put("parentHash", header.parentHash().toHex());
    json.put("nonce", "0x0000000000000000");
    json.put("mixHash", header.mixHash().map(Bytes::toHex).orElse(Hash.ZERO.toHex()));
    json.put("sha3Uncles", NO_UNCLES);
    json.put("logsBloom", header.bloom().bits().toHex());
    json.put("stateRoot", header.stateRoot().toHex());
    json.put("miner", author.toHex());
    json.put("difficulty", Quantity.of(header.blockScore()));
    json.put("totalDifficulty", Quantity.of(totalScore));
    json.put("extraData", "0x");
    json.put("gasLimit", Quantity.of(GAS_LIMIT));
    json.put("gasUsed", Quantity.of(header.gasUsed()));
    json.put("timestamp", Quantity.of(header.time()));
    json.put("transactionsRoot", header.transactionsRoot().toHex());
    json.put("receiptsRoot", header.receiptsRoot().toHex());
    baseFee(json, header, forks);
    header.randomReveal().ifPresent(reveal -> json.put("randomReveal", reveal.toHex()));
    return json;
  }

  private static long memory(Header header) {
    int bits =
        header.blockScore().toBigInteger().bitLength()
            + bitLength(header.number())
            + bitLength(header.time())
            + header.baseFee().map(fee -> fee.peb().toBigInteger().bitLength()).orElse(0);
    int lists =
        header.extra().size()
            + header.governance().size()
            + header.vote().size()
            + header.randomReveal().map(Bytes::size).orElse(0)
            + header.mixHash().map(Bytes::size).orElse(0);
    return HEADER_OBJECT_BYTES + lists + bits / 8;
  }

  private static int bitLength(long number) {
    return Long.SIZE - Long.numberOfLeadingZeros(number);
  }
}
