package dev.klay.core.importing;

import dev.klay.core.block.Block;
import dev.klay.core.block.Header;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.Fork;
import dev.klay.core.importing.InvalidBlock.Reason;
import dev.klay.core.istanbul.Randao;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.proof.ExtraData;
import dev.klay.crypto.proof.SealRule;
import java.util.List;
import java.util.Optional;

/**
 * What a header must say given its parent, seals of others aside ({@code klaytn-blocks.md} section
 * 1, {@code consensus.md} section 5). Depends on the chain only: once valid, always valid.
 */
final class HeaderRules {
  private static final long KLAYTN_PERIOD_SECONDS = 1;
  private static final int FRACTIONS = 100;

  private final ChainSpec spec;
  private final RandaoVerifier randao;

  HeaderRules(ChainSpec spec, RandaoVerifier randao) {
    this.spec = spec;
    this.randao = randao;
  }

  /** The base fee that the block behind a parent has, empty before Magma. */
  static Optional<Amount> nextBaseFee(BlockRules rules, Header parent) {
    if (!rules.has(Fork.MAGMA)) {
      return Optional.empty();
    }
    var parameters = rules.parameters().baseFee();
    return Optional.of(
        parent.number() == 0 || parent.baseFee().isEmpty()
            ? parameters.first()
            : parameters.next(parent.baseFee().orElseThrow(), parent.gasUsed()));
  }

  /**
   * What is wrong with a header, empty if nothing.
   *
   * @param qualified the validators that may propose the block
   */
  Optional<InvalidBlock> check(
      Block block, BlockRules rules, ChainHead parent, List<Address> qualified) {
    Header header = block.header();
    return checkLink(header, parent)
        .or(() -> checkTime(header, parent.header()))
        .or(() -> checkExtra(block, parent.governance(), qualified))
        .or(() -> checkBaseFee(header, rules, parent.header()))
        .or(() -> checkRandao(block, rules, parent))
        .or(() -> parent.governance().check(header, block.author()));
  }

  private static Optional<InvalidBlock> checkLink(Header header, ChainHead parent) {
    if (header.number() != parent.number() + 1) {
      return invalid(Reason.NUMBER, header.number() + " does not follow " + parent.number());
    }
    if (!header.parentHash().equals(parent.hash())) {
      return invalid(
          Reason.PARENT_HASH, header.parentHash() + " is not the head, " + parent.hash());
    }
    return header.blockScore().equals(UInt256.ONE)
        ? Optional.empty()
        : invalid(Reason.BLOCK_SCORE, "is 1, not " + header.blockScore());
  }

  private Optional<InvalidBlock> checkTime(Header header, Header parent) {
    if (spec.sealRule() == SealRule.ISTANBUL) {
      return header.time() < parent.time() + KLAYTN_PERIOD_SECONDS
          ? invalid(Reason.TIME, header.time() + " s is too soon after " + parent.time() + " s")
          : Optional.empty();
    }
    if (header.timeFoS() >= FRACTIONS) {
      return invalid(Reason.TIME, header.timeFoS() + " hundredths of a second");
    }
    long earliest = parent.timestampMillis() + spec.blockPeriodMillis();
    return header.time() > Long.MAX_VALUE / 2000 || header.timestampMillis() < earliest
        ? invalid(
            Reason.TIME, header.timestampMillis() + " ms is not at or after " + earliest + " ms")
        : Optional.empty();
  }

  private Optional<InvalidBlock> checkExtra(
      Block block, Governance governance, List<Address> qualified) {
    List<Address> validators = governance.validators();
    try {
      ExtraData extra = block.header().extraData();
      boolean ours = spec.sealRule() == SealRule.KLAY_QBFT;
      if (ours && !extra.validators().equals(validators)) {
        return invalid(Reason.VALIDATORS, "are " + validators + ", not " + extra.validators());
      }
      Address author = block.author();
      return qualified.contains(author)
          ? Optional.empty()
          : invalid(Reason.PROPOSER_SEAL, "by " + author + ", which may not propose");
    } catch (DecodingException e) {
      return invalid(Reason.EXTRA_DATA, String.valueOf(e.getMessage()));
    }
  }

  private static Optional<InvalidBlock> checkBaseFee(
      Header header, BlockRules rules, Header parent) {
    Optional<Amount> due = nextBaseFee(rules, parent);
    return header.baseFee().equals(due)
        ? Optional.empty()
        : invalid(
            Reason.BASE_FEE,
            "is "
                + due.map(Amount::toString).orElse("absent")
                + ", not "
                + header.baseFee().map(Amount::toString).orElse("absent"));
  }

  private Optional<InvalidBlock> checkRandao(Block block, BlockRules rules, ChainHead parent) {
    Header header = block.header();
    if (!rules.has(Fork.RANDAO)) {
      return header.mixHash().isPresent()
          ? invalid(Reason.RANDAO, "random reveal and mix hash come before their fork")
          : Optional.empty();
    }
    if (header.mixHash().isEmpty()) {
      return invalid(Reason.RANDAO, "random reveal and mix hash are missing");
    }
    Bytes reveal = header.randomReveal().orElseThrow();
    if (reveal.size() != Randao.REVEAL_SIZE) {
      return invalid(
          Reason.RANDOM_REVEAL, "has " + Randao.REVEAL_SIZE + " bytes, not " + reveal.size());
    }
    Bytes due = Randao.mixHash(parent.header().mixHash().orElse(Randao.ZERO_MIX), reveal);
    if (!header.mixHash().orElseThrow().equals(due)) {
      return invalid(Reason.MIX_HASH, "is " + due + ", not " + header.mixHash().orElseThrow());
    }
    return randao
        .findFault(block.author(), header, parent)
        .map(fault -> new InvalidBlock(Reason.RANDOM_REVEAL, fault));
  }

  static Optional<InvalidBlock> invalid(Reason reason, String detail) {
    return Optional.of(new InvalidBlock(reason, detail));
  }
}
