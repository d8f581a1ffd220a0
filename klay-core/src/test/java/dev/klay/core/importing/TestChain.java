package dev.klay.core.importing;

import dev.klay.core.block.Block;
import dev.klay.core.block.Header;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.istanbul.IstanbulQuorum;
import dev.klay.core.storage.InMemoryChainStore;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.ConsensusDigest;
import dev.klay.crypto.proof.ExtraData;
import dev.klay.crypto.proof.Quorum;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.proof.Seals;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.Iterator;
import java.util.List;

/** A chain whose validators' keys are at hand: proposes and seals without any consensus. */
public final class TestChain {
  public final Chain chain;
  private final List<PrivateKey> validators;

  public TestChain(ChainSpec spec) {
    this(new Chain(spec, new InMemoryChainStore()));
  }

  public TestChain(Chain chain) {
    this.chain = chain;
    validators =
        chain.spec().validators().stream().map(a -> DevKeys.ofValidator(a).orElseThrow()).toList();
  }

  public static PrivateKey key(int number) {
    return PrivateKey.of(Keccak256.hash(new byte[] {1, (byte) number}).toArray());
  }

  /** A sealed block on the head, not imported. */
  public Block next(SignedTx... txs) {
    return seal(build(List.of(txs).iterator()).block());
  }

  public BuiltBlock build(Iterator<SignedTx> candidates) {
    PrivateKey proposer = validators.get((int) (chain.head().number() % validators.size()));
    long time =
        chain.head().header().timestampMillis() + Math.max(10, chain.spec().blockPeriodMillis());
    return chain.build(new Proposal(proposer, proposer.address(), time, () -> false), candidates);
  }

  /** The same block with the committed seals of as many validators as must seal. */
  public Block seal(Block block) {
    SealRule rule = chain.spec().sealRule();
    boolean klaytn = rule == SealRule.ISTANBUL;
    Hash digest =
        klaytn
            ? Seals.istanbulCommitDigest(block.hash())
            : ConsensusDigest.ofBlock(
                ConsensusDigest.COMMIT, chain.genesisHash(), block.number(), 0, block.hash());
    long needed = klaytn ? IstanbulQuorum.seals(validators.size()) : Quorum.size(validators.size());
    List<Bytes> seals =
        validators.stream().limit(needed).map(key -> key.sign(digest).encode()).toList();
    ExtraData extra = block.header().extraData();
    return block.withExtra(extra.withRound(rule, 0).withCommittedSeals(seals));
  }

  /** Sealed by its proposer and by all that must, as if the header were right. */
  public Block reseal(Address proposer, Header header, List<SignedTx> transactions) {
    SealRule rule = chain.spec().sealRule();
    ExtraData extra = header.extraData().withCommittedSeals(List.of());
    Header unsealed = header.withExtra(extra.withProposerSeal(Bytes.EMPTY));
    Bytes seal = Seals.propose(keyOf(proposer), unsealed.signingHash(rule));
    return seal(Block.of(rule, header.withExtra(extra.withProposerSeal(seal)), transactions));
  }

  private PrivateKey keyOf(Address validator) {
    return validators.stream().filter(k -> k.address().equals(validator)).findAny().orElseThrow();
  }

  /** Imports the next block with these transactions. */
  public Block grow(SignedTx... txs) {
    Block block = next(txs);
    chain
        .importBlock(block)
        .ifPresent(
            fault -> {
              throw new AssertionError(fault.toString());
            });
    return block;
  }

  public SignedTx transfer(PrivateKey from, long nonce, Address to, Amount value) {
    return SignedTx.sign(
        new ValueTransferTx(
            new TxHead(nonce, Amount.ston(25), 21_000),
            FeeDelegation.NONE,
            from.address(),
            to,
            value),
        chain.spec().chainId(),
        from);
  }
}
