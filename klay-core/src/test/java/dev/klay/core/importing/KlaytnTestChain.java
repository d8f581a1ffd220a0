package dev.klay.core.importing;

import com.fasterxml.jackson.databind.node.LongNode;
import dev.klay.core.block.Block;
import dev.klay.core.block.Header;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.config.Fork;
import dev.klay.core.config.ForkSchedule;
import dev.klay.core.config.Genesis;
import dev.klay.core.config.GenesisAccount;
import dev.klay.core.config.GovernanceKey;
import dev.klay.core.evm.Assembly;
import dev.klay.core.execution.RegistryContract;
import dev.klay.core.istanbul.Randao;
import dev.klay.core.storage.InMemoryChainStore;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.bls12381.BlsPublicKey;
import dev.klay.crypto.bls12381.G1;
import dev.klay.crypto.bls12381.G2;
import dev.klay.crypto.bls12381.HashToG2;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A chain by Klaytn's rules whose validators' keys, BLS ones too, are at hand: every fork with
 * Randao from the genesis on, the contracts of KIP-149 and KIP-113 stood in for by two that always
 * give the same answers.
 */
final class KlaytnTestChain {
  static final Address KEYS = Address.parse("0x0000000000000000000000000000000000000402");
  private static final String SUITE = "BLS12381G2_XMD:SHA-256_SSWU_RO_POP_";

  final TestChain test;

  KlaytnTestChain(ChainSpec spec) {
    test = new TestChain(new Chain(spec, new InMemoryChainStore()));
  }

  /** With validators of whom each registered the key that it signs with. */
  static ChainSpec spec(List<Address> funded) {
    List<Address> validators = DevKeys.validatorAddresses(4);
    return spec(funded, keysAnswer(validators, validators.stream().map(v -> pair(v)).toList()));
  }

  /** With a contract of keys that answers so. */
  static ChainSpec spec(List<Address> funded, Bytes keysAnswer) {
    SortedMap<Address, GenesisAccount> alloc = new TreeMap<>();
    alloc.put(RegistryContract.ADDRESS, answering(word(KEYS)));
    alloc.put(KEYS, answering(keysAnswer));
    funded.forEach(a -> alloc.put(a, GenesisAccount.of(Amount.klay(1000))));
    return spec(alloc, ForkSchedule.allFromGenesis(Fork.CANCUN), Fork.RANDAO);
  }

  static ChainSpec spec(
      SortedMap<Address, GenesisAccount> alloc, ForkSchedule forks, Fork... more) {
    Map<Fork, Long> blocks = new EnumMap<>(Fork.class);
    forks.activeAt(0).forEach(fork -> blocks.put(fork, 0L));
    for (Fork fork : more) {
      blocks.put(fork, 0L);
    }
    Genesis aspen = ChainSpec.aspen().genesis();
    return ChainSpec.klaytn(
        new Genesis(
            2019,
            new ForkSchedule(blocks),
            aspen.parameters().with(Map.of(GovernanceKey.EPOCH, LongNode.valueOf(30))),
            aspen.time(),
            Genesis.extraOf(DevKeys.validatorAddresses(4)),
            UInt256.ONE,
            alloc,
            Optional.empty(),
            Collections.emptySortedMap()));
  }

  /** An account whose code answers every call with these bytes. */
  static GenesisAccount answering(Bytes answer) {
    return new GenesisAccount(
        Amount.ZERO, 0, Assembly.deploying(answer), Collections.emptySortedMap());
  }

  /** The secret of a validator: any number that follows from its address. */
  static BigInteger secret(Address validator) {
    return new BigInteger(1, validator.toArray());
  }

  static Bytes publicKey(Address validator) {
    return G1.sumOfMultiples(List.of(G1.GENERATOR), List.of(secret(validator))).encode();
  }

  private static Bytes sign(BigInteger secret, Bytes message, String domain) {
    Bytes tag = Bytes.wrap((domain + SUITE).getBytes(StandardCharsets.US_ASCII));
    return G2.sumOfMultiples(List.of(HashToG2.hash(message, tag)), List.of(secret)).encode();
  }

  static Bytes reveal(Address validator, long number) {
    return sign(secret(validator), Randao.message(number), "BLS_SIG_");
  }

  /** Public key and proof of possession. */
  static List<Bytes> pair(Address validator) {
    Bytes key = publicKey(validator);
    BlsPublicKey.decode(key);
    return List.of(key, sign(secret(validator), key, "BLS_POP_"));
  }

  /** What getAllBlsInfo returns: (address[], (bytes, bytes)[]). */
  static Bytes keysAnswer(List<Address> nodes, List<List<Bytes>> pairs) {
    List<Bytes> tuples = pairs.stream().map(p -> tuple(p.get(0), p.get(1))).toList();
    Bytes addresses = concat(word(nodes.size()), concat(nodes.stream().map(a -> word(a)).toList()));
    List<Bytes> places = new ArrayList<>();
    long place = 32L * tuples.size();
    for (Bytes tuple : tuples) {
      places.add(word(place));
      place += tuple.size();
    }
    Bytes keys = concat(word(tuples.size()), concat(places), concat(tuples));
    return concat(word(64), word(64L + addresses.size()), addresses, keys);
  }

  private static Bytes tuple(Bytes first, Bytes second) {
    Bytes one = string(first);
    return concat(word(64), word(64L + one.size()), one, string(second));
  }

  private static Bytes string(Bytes bytes) {
    byte[] padded = Arrays.copyOf(bytes.toArray(), (bytes.size() + 31) / 32 * 32);
    return concat(word(bytes.size()), Bytes.wrap(padded));
  }

  static Bytes word(long number) {
    return Bytes.wrap(UInt256.of(number).toBytes32());
  }

  static Bytes word(Address address) {
    return Bytes.wrap(UInt256.fromBytes(address.toArray()).toBytes32());
  }

  static Bytes concat(List<Bytes> parts) {
    return concat(parts.toArray(Bytes[]::new));
  }

  static Bytes concat(Bytes... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Bytes part : parts) {
      all.writeBytes(part.toArray());
    }
    return Bytes.wrap(all.toByteArray());
  }

  /** The next block, sealed, not imported. */
  Block next(SignedTx... txs) {
    Block built = test.build(List.of(txs).iterator()).block();
    return withReveal(built, reveal(built.author(), built.number()));
  }

  /** The block with another reveal and the mix hash that follows from it. */
  Block withReveal(Block block, Bytes reveal) {
    Header h = block.header();
    Bytes parentMix = test.chain.head().header().mixHash().orElse(Randao.ZERO_MIX);
    Header header =
        new Header(
            h.parentHash(),
            h.rewardBase(),
            h.stateRoot(),
            h.transactionsRoot(),
            h.receiptsRoot(),
            h.bloom(),
            h.blockScore(),
            h.number(),
            h.gasUsed(),
            h.time(),
            h.timeFoS(),
            h.extra(),
            h.governance(),
            h.vote(),
            h.baseFee(),
            Optional.of(reveal),
            Optional.of(Randao.mixHash(parentMix, reveal)));
    return test.reseal(block.author(), header, block.transactions());
  }

  Block grow(SignedTx... txs) {
    Block block = next(txs);
    test.chain
        .importBlock(block)
        .ifPresent(
            fault -> {
              throw new AssertionError(fault.toString());
            });
    return block;
  }
}
