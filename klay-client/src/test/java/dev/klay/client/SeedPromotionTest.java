package dev.klay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.client.contract.Contract;
import dev.klay.client.contract.PartnerToken;
import dev.klay.consensus.KlayNetwork;
import dev.klay.consensus.KlayNode;
import dev.klay.core.account.AccountKeyPublic;
import dev.klay.core.config.CarriedState;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.config.InvalidGenesisException;
import dev.klay.core.config.NetworkKind;
import dev.klay.core.config.StateNotLoadedException;
import dev.klay.core.config.StateOrigin;
import dev.klay.core.execution.RejectionReason;
import dev.klay.core.importing.CorruptStateFileException;
import dev.klay.core.importing.StateFileReader;
import dev.klay.core.importing.StateFileWriter;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.Receipt;
import dev.klay.core.service.TransactionRejectedException;
import dev.klay.core.state.WorldState;
import dev.klay.core.storage.Storage;
import dev.klay.core.transaction.AccessList;
import dev.klay.core.transaction.DynamicFeeTx;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.LegacyTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * S36: {@code ChainSpec} promotion. A chain's state is exported, and another chain starts from it
 * under another id.
 */
class SeedPromotionTest {
  private static final long NEXT_ID = 8217;

  private final KlayChain old = KlayChain.inMemory();
  private final Account alice = old.account(0);
  private final Address bob = old.account(1).address();
  private final Account carol = old.account(2);
  private final PrivateKey carolsNewKey = PrivateKey.generate(new SecureRandom());
  private final List<SignedTx> signedForOld = new ArrayList<>();
  private final Contract token = Contract.deploy(alice, PartnerToken.code(), "T", "T", 0, 1000);
  private byte[] file = new byte[0];
  private CarriedState state = exported();

  @BeforeEach
  void theOldChainLives() {
    signedForOld.add(alice.send(bob, Amount.klay(1)).transaction());
    signedForOld.add(legacy(Amount.klay(2)));
    signedForOld.add(
        alice
            .send(
                (head, fee) ->
                    new DynamicFeeTx(
                        0,
                        head.nonce(),
                        head.gasPrice(),
                        head.gasPrice(),
                        head.gas(),
                        Optional.of(bob),
                        Amount.klay(1),
                        Bytes.EMPTY,
                        AccessList.EMPTY))
            .transaction());
    token.send("transfer", bob, 40);
    carol.updateKey(new AccountKeyPublic(carolsNewKey.publicKey()));
    state = exported();
  }

  private SignedTx legacy(Amount amount) {
    return alice
        .send((head, fee) -> new LegacyTx(head, Optional.of(bob), amount, Bytes.EMPTY))
        .transaction();
  }

  private CarriedState exported() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StateOrigin origin = old.network().node(0).exportState(out);
    file = out.toByteArray();
    CarriedState read = StateFileReader.read(new ByteArrayInputStream(file));
    assertThat(read.origin()).isEqualTo(origin);
    return read;
  }

  private ChainSpec next() {
    return old.client().info().spec().promoted("next", NetworkKind.TEST, NEXT_ID, state);
  }

  @AfterEach
  void close() {
    carolsNewKey.close();
    old.close();
  }

  @Test
  void everyAccountIsCarriedOnAndTheSupplyWithThem() {
    WorldState before = old.network().node(0).head().state();
    try (KlayNetwork network = KlayNetwork.of(next()).rangers(1).start()) {
      for (KlayNode node : List.of(network.node(0), network.rangers().get(0))) {
        WorldState after = node.head().state();
        assertThat(accounts(after)).isEqualTo(accounts(before));
        assertThat(after.rootHash()).isEqualTo(before.rootHash());
        assertThat(node.head().supply()).isEqualTo(old.client().supply());
      }
      ChainSpec spec = network.service().info().spec();
      assertThat(spec.chainId()).isEqualTo(NEXT_ID);
      assertThat(network.node(0).head().header().time())
          .isEqualTo(old.network().node(0).head().header().time());
      assertThat(spec.validators()).isEqualTo(old.client().info().spec().validators());
    }
  }

  /** Everything of each account, by the hash of its address. */
  private static Map<Bytes, List<Object>> accounts(WorldState state) {
    Map<Bytes, List<Object>> all = new TreeMap<>();
    state.forEach(
        (address, account) -> {
          Map<Bytes, UInt256> words = new TreeMap<>();
          account.storage().forEach(words::put);
          all.put(
              address,
              List.of(
                  account.type(),
                  account.nonce(),
                  account.balance(),
                  account.key(),
                  words,
                  account.code().bytes(),
                  account.code().info()));
        });
    return all;
  }

  @Test
  void whatWasSignedForTheOldChainIsRefusedOnTheNewOne() {
    try (KlayNetwork network = KlayNetwork.of(next()).rangers(0).start()) {
      KlayClient client = KlayClient.of(network);
      SignedTx notSentYet = unsent(alice);
      signedForOld.add(notSentYet);
      Amount before = client.balance(alice.address());
      assertThat(signedForOld).hasSize(4);
      for (SignedTx signed : signedForOld) {
        assertThatThrownBy(() -> client.send(signed))
            .as("%s", signed.type())
            .isInstanceOfSatisfying(
                TransactionRejectedException.class,
                e ->
                    assertThat(e.reason())
                        .isIn(RejectionReason.INVALID_CHAIN_ID, RejectionReason.INVALID_SENDER));
      }
      assertThat(client.balance(alice.address())).isEqualTo(before);
      assertThat(client.height()).isZero();
      assertThat(old.client().send(notSentYet).isSuccess()).isTrue();
    }
  }

  private static PrivateKey aliceKey() {
    return KlayChain.devKeys(KlayChain.DEV_MNEMONIC.toCharArray(), 1).get(0);
  }

  /** Has the next nonce and enough funds on both chains; only its signature is of one. */
  private SignedTx unsent(Account sender) {
    try (PrivateKey key = aliceKey()) {
      return SignedTx.sign(
          new ValueTransferTx(
              new TxHead(sender.nonce(), Amount.ston(25), 21_000),
              FeeDelegation.NONE,
              sender.address(),
              bob,
              Amount.klay(1)),
          old.client().info().spec().chainId(),
          key);
    }
  }

  @Test
  void accountKeysNoncesAndContractsWorkOn() {
    try (KlayNetwork network = KlayNetwork.of(next()).rangers(0).start();
        PrivateKey key = aliceKey()) {
      KlayClient client = KlayClient.of(network);
      Account same = client.account(key);
      assertThat(same.nonce()).isEqualTo(alice.nonce());
      Contract carried = Contract.at(client, token.address(), token.abi());
      assertThat(carried.call("balanceOf", bob).integer(0).intValueExact()).isEqualTo(40);
      carried.by(same).send("transfer", bob, 2);
      assertThat(carried.call("balanceOf", bob).integer(0).intValueExact()).isEqualTo(42);

      Account renewed = client.account(carol.address(), carolsNewKey);
      Receipt paid = renewed.send(bob, Amount.klay(1));
      assertThat(paid.isSuccess()).isTrue();
      List<PrivateKey> published =
          KlayChain.devKeys(KlayChain.DEV_MNEMONIC.toCharArray(), KlayChain.ACCOUNTS);
      Account replaced = client.account(carol.address(), published.get(2));
      assertThatThrownBy(() -> replaced.send(bob, Amount.klay(1)))
          .isInstanceOf(TransactionRejectedException.class);
      published.forEach(PrivateKey::close);

      Contract another = Contract.deploy(same, PartnerToken.code(), "U", "U", 0, 1);
      assertThat(another.address()).isNotEqualTo(token.address());
      Amount burnt = paidFees(client).dividedBy(2);
      assertThat(client.supply())
          .isEqualTo(
              state.origin().supply().plus(Amount.klay("9.6").times(client.height())).minus(burnt));
    }
  }

  private static Amount paidFees(KlayClient client) {
    Amount fees = Amount.ZERO;
    for (long n = 1; n <= client.height(); n++) {
      for (Receipt receipt : client.service().receipts(BlockRef.number(n)).join().orElseThrow()) {
        fees = fees.plus(receipt.fee());
      }
    }
    return fees;
  }

  /** With S40: nothing that anybody can spend comes along to a chain of kind MAIN. */
  @Test
  void aMainChainTakesNoAccountsWithPublishedKeysAndHasNoFaucet(@TempDir Path directory) {
    ChainSpec spec = old.client().info().spec();
    assertThatThrownBy(() -> spec.promoted("main", NetworkKind.MAIN, NEXT_ID, state))
        .isInstanceOf(InvalidGenesisException.class)
        .hasMessageContaining("published");
    old.account(0).send(friend(), Amount.klay(77));
    state = exported();
    CarriedState clean = state.without(DevKeys.publishedAddresses());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StateFileWriter.write(clean, out);

    try (PrivateKey validator = PrivateKey.generate(new SecureRandom())) {
      ChainSpec main =
          spec.promoted("main", NetworkKind.MAIN, NEXT_ID, clean)
              .withValidators(List.of(validator.address()));
      assertThat(main.faucet()).isEmpty();
      assertThatThrownBy(() -> KlayNetwork.of(main).cheats().start()).hasMessageContaining("MAIN");
      // on another machine: the specification and the state are two files
      ChainSpec named = ChainSpec.parse(main.toJson());
      Storage storage = Storage.directory(directory.resolve("chain"));
      assertThatThrownBy(() -> KlayNode.of(named).signer(validator).storage(storage).start())
          .isInstanceOf(StateNotLoadedException.class)
          .hasMessageContaining("withState");
      ChainSpec loaded =
          named.withState(StateFileReader.read(new ByteArrayInputStream(out.toByteArray())));
      assertThat(loaded).isEqualTo(main);
      Hash genesis;
      try (KlayNode node = KlayNode.of(loaded).signer(validator).storage(storage).start()) {
        genesis = genesisOf(node);
        KlayClient client = KlayClient.of(node);
        assertThat(client.balance(friend())).isEqualTo(Amount.klay(77));
        assertThat(client.supply()).isEqualTo(clean.origin().supply());
        assertThat(client.balance(alice.address())).isEqualTo(Amount.ZERO);
        assertThatThrownBy(() -> client.faucet().drip(friend()))
            .isInstanceOf(UnsupportedOperationException.class);
      }
      // once begun, it goes on without the state file
      try (KlayNode node = KlayNode.of(named).signer(validator).storage(storage).start()) {
        assertThat(genesisOf(node)).isEqualTo(genesis);
        assertThat(KlayClient.of(node).balance(friend())).isEqualTo(Amount.klay(77));
      }
    }
  }

  private static Hash genesisOf(KlayNode node) {
    return node.service().block(BlockRef.EARLIEST).join().orElseThrow().hash();
  }

  private static Address friend() {
    return Address.parse("0x" + "77".repeat(20));
  }

  @Test
  void aPromotionThatWouldRepeatSignaturesOrMixChainsIsRefused() {
    ChainSpec spec = old.client().info().spec();
    assertThatThrownBy(() -> spec.promoted("same", NetworkKind.TEST, spec.chainId(), state))
        .isInstanceOf(InvalidGenesisException.class)
        .hasMessageContaining("chainId");
    ChainSpec next = ChainSpec.parse(next().toJson());
    alice.send(bob, Amount.klay(1));
    CarriedState later = exported();
    assertThatThrownBy(() -> next.withState(later)).isInstanceOf(InvalidGenesisException.class);
    assertThatThrownBy(() -> spec.withState(later)).isInstanceOf(InvalidGenesisException.class);
    assertThatThrownBy(() -> StateFileReader.read(new ByteArrayInputStream(new byte[99])))
        .isInstanceOf(CorruptStateFileException.class);
  }

  @Test
  void equalStatesGiveEqualFilesAndEqualChains() {
    byte[] first = file;
    exported();
    assertThat(file).isEqualTo(first);
    assertThat(next()).isEqualTo(next());
    assertThat(next().genesis().stateRoot()).isEqualTo(state.origin().stateRoot());
  }
}
