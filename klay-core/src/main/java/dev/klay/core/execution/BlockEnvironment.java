package dev.klay.core.execution;

import dev.klay.core.block.Header;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.evm.BlockContext;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.function.LongFunction;

/**
 * What transactions can see of the block they are in ({@code klaytn-evm.md} section 2).
 *
 * @param author the proposer's address; what COINBASE gives
 * @param rewardBase is paid fees and reward
 * @param timeSeconds unix time
 * @param baseFee for a unit of gas; zero before Magma
 * @param prevRandao what opcode 0x44 gives: block score, parent hash or mix hash, by fork
 * @param ancestors hashes of the last 256 blocks by number; zero elsewhere
 */
public record BlockEnvironment(
    BlockRules rules,
    Address author,
    Address rewardBase,
    long timeSeconds,
    Amount baseFee,
    UInt256 prevRandao,
    LongFunction<Hash> ancestors) {
  /** The environment that a header describes, seals aside. */
  public static BlockEnvironment of(
      BlockRules rules, Header header, Address author, LongFunction<Hash> ancestors) {
    return new BlockEnvironment(
        rules,
        author,
        header.rewardBase(),
        header.time(),
        header.baseFee().orElse(Amount.ZERO),
        prevRandao(rules, header),
        ancestors);
  }

  private static UInt256 prevRandao(BlockRules rules, Header header) {
    if (rules.has(Fork.RANDAO)) {
      return UInt256.fromBytes(header.mixHash().orElseThrow().toArray());
    }
    return rules.has(Fork.KORE)
        ? UInt256.fromBytes(header.parentHash().toArray())
        : header.blockScore();
  }

  /** The same as code sees it: Klaytn's blocks have no gas limit and no blobs. */
  public BlockContext context() {
    return new BlockContext(
        rules.chainId(),
        rules.number(),
        timeSeconds,
        author,
        prevRandao,
        0,
        baseFee.peb(),
        UInt256.ZERO,
        ancestors);
  }
}
