package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.klay.core.block.Block;
import dev.klay.core.block.Header;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.istanbul.Committee;
import dev.klay.core.istanbul.KlaytnProposer;
import dev.klay.core.istanbul.Randao;
import dev.klay.core.istanbul.ValidatorOrder;
import dev.klay.core.service.BlockRef;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.proof.CommitCertificate;
import dev.klay.crypto.proof.ExtraData;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.proof.Seals;
import java.util.List;
import java.util.Optional;

/**
 * Who validates, votes on and proposed blocks, as Klaytn's nodes compute it from the chain ({@code
 * klaytn-consensus.md} sections 7 and 9). On our own chains the committee is the whole council.
 */
final class Council {
  private static final long STICKY = 1;
  private static final long WEIGHTED_RANDOM = 2;

  private final RpcChain chain;

  Council(RpcChain chain) {
    this.chain = chain;
  }

  /** The council behind a block and its votes, ascending. */
  List<Address> after(long number) {
    return chain.reads().head().governance().validators(number + 1);
  }

  /** The council that validated a block, in the order in which Klaytn counts. */
  private List<Address> of(long number) {
    return ValidatorOrder.sorted(chain.reads().head().governance().validators(number));
  }

  /** The committee of a block: of the view in which its author proposed; none for the genesis. */
  List<Address> committee(Block block) {
    if (block.number() == 0) {
      return List.of();
    }
    List<Address> council = of(block.number());
    if (chain.spec().sealRule() == SealRule.KLAY_QBFT) {
      return council;
    }
    BlockRules rules = chain.reads().rules(block.number());
    long size = rules.parameters().committeeSize();
    boolean weighted = rules.parameters().policy() == WEIGHTED_RANDOM;
    if (weighted && rules.has(Fork.RANDAO)) {
      return Committee.randao(
          council, size, parent(block).header().mixHash().orElse(Randao.ZERO_MIX));
    }
    if (weighted) {
      throw RpcException.refused(
          "committees of policy 2 before Randao depend on stakes, which are not known here");
    }
    Address author = block.author();
    return Committee.random(
        council,
        size,
        author,
        KlaytnProposer.roundRobin(council, Optional.of(author), 0),
        Committee.seed(block.header().parentHash(), 0, false));
  }

  private Block parent(Block block) {
    return chain.required(BlockRef.hash(block.header().parentHash())).block();
  }

  /** Who had the turn in round 0 of a block behind the genesis. */
  Address originProposer(Block block) {
    List<Address> council = of(block.number());
    Block parent = parent(block);
    Optional<Address> last = parent.number() == 0 ? Optional.empty() : Optional.of(parent.author());
    BlockRules rules = chain.reads().rules(block.number());
    long policy = rules.parameters().policy();
    if (policy == WEIGHTED_RANDOM && rules.has(Fork.RANDAO)) {
      return committee(block).get(0);
    }
    return policy == STICKY
        ? KlaytnProposer.sticky(council, last, 0)
        : KlaytnProposer.roundRobin(council, last, 0);
  }

  /** Who sealed a block behind the genesis, in the order of the seals. */
  List<Address> committers(Block block) {
    ExtraData extra = block.header().extraData();
    SealRule rule = chain.spec().sealRule();
    return rule == SealRule.ISTANBUL
        ? Seals.istanbulSigners(block.hash(), extra.committedSeals())
        : new CommitCertificate(
                block.number(), extra.round(rule), block.hash(), extra.committedSeals())
            .signers(chain.chain().genesisHash());
  }

  /** The round in which a block was sealed. */
  int round(Header header) {
    return header.extraData().round(chain.spec().sealRule());
  }

  static ArrayNode json(List<Address> addresses) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    addresses.forEach(address -> json.add(address.toHex()));
    return json;
  }
}
