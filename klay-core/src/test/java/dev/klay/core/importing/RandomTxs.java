package dev.klay.core.importing;

import dev.klay.core.account.Role;
import dev.klay.core.evm.Assembly;
import dev.klay.core.state.StateView;
import dev.klay.core.transaction.AccessList;
import dev.klay.core.transaction.Authorization;
import dev.klay.core.transaction.EthereumTxDraft;
import dev.klay.core.transaction.KlaytnTx;
import dev.klay.core.transaction.NewTx;
import dev.klay.core.transaction.PartialTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxDraft;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Transactions of every type by a few accounts with keys of every kind, most of them good: a few
 * have a wrong nonce, a stranger's signature, another chain, too little gas or more value than
 * there is.
 */
final class RandomTxs {
  /** Kinds of Klaytn's transactions and of Ethereum's. */
  static final int KLAYTN_KINDS = 7;

  static final int KINDS = KLAYTN_KINDS + 4;

  /** Init code of contracts: store and log, revert, destroy itself, loop, pay on. */
  private static final List<Bytes> CONTRACTS =
      List.of(
          deploying(
              "PUSH1 0x20 CALLDATALOAD PUSH0 CALLDATALOAD SSTORE"
                  + " PUSH0 CALLDATALOAD PUSH0 PUSH0 LOG1 STOP"),
          deploying("PUSH0 PUSH0 REVERT"),
          deploying("PUSH0 CALLDATALOAD SELFDESTRUCT"),
          deploying(":again PUSH1 0x01 POP @again JUMP"),
          deploying(
              "PUSH0 PUSH0 PUSH0 PUSH0 CALLVALUE PUSH0 CALLDATALOAD GAS CALL PUSH0 SSTORE STOP"),
          Assembly.of("ADDRESS SELFDESTRUCT"));

  private static final PrivateKey STRANGER = TestChain.key(99);

  private final long chainId;
  private final SplittableRandom random;
  private final List<Actor> actors;
  private final List<Address> contracts = new ArrayList<>();

  RandomTxs(long chainId, SplittableRandom random, int actors) {
    this.chainId = chainId;
    this.random = random;
    this.actors = IntStream.range(0, actors).mapToObj(i -> new Actor("actor " + i)).toList();
  }

  private static Bytes deploying(String code) {
    return Assembly.deploying(Assembly.of(code));
  }

  List<Actor> actors() {
    return actors;
  }

  /** Later transactions may call it. */
  void know(Address contract) {
    contracts.add(contract);
  }

  /** The next transaction, made for a state. */
  SignedTx next(StateView state) {
    return next(state, random.nextInt(KINDS), random.nextInt(3));
  }

  /**
   * A transaction of a kind.
   *
   * @param delegation 0 none, 1 full, 2 a part; of Klaytn's kinds only
   */
  SignedTx next(StateView state, int kind, int delegation) {
    Actor sender = anybody();
    for (int i = 0; kind >= KLAYTN_KINDS && !sender.isLegacy(state) && i < 20; i++) {
      sender = anybody();
    }
    long nonce = state.nonce(sender.address()) + (random.nextInt(20) == 0 ? 1 : 0);
    long chain = random.nextInt(30) == 0 ? chainId + 1 : chainId;
    return kind < KLAYTN_KINDS
        ? klaytn(state, kind, delegation, sender, nonce, chain)
        : ethereum(state, kind, sender, nonce).sign(chain, stranger(sender.original()));
  }

  private SignedTx klaytn(
      StateView state, int kind, int delegation, Actor sender, long nonce, long chain) {
    TxDraft<? extends KlaytnTx> draft = draft(kind, sender, nonce);
    Role role = kind == 2 ? Role.ACCOUNT_UPDATE : Role.TRANSACTION;
    List<PrivateKey> signers = signers(state, sender, role);
    if (delegation == 0) {
      return draft.unsigned().sign(chain, signers).complete();
    }
    Actor payer = anybody();
    List<PrivateKey> payers = signers(state, payer, Role.FEE_PAYER);
    PartialTx ofSender =
        delegation == 1
            ? draft.feeDelegated().unsigned()
            : draft.feeDelegated(random.nextInt(1, 100)).unsigned();
    return ofSender.sign(chain, signers).signAsFeePayer(chain, payer.address(), payers).complete();
  }

  private TxDraft<? extends KlaytnTx> draft(int kind, Actor sender, long nonce) {
    Address from = sender.address();
    return switch (kind) {
      case 0 ->
          NewTx.valueTransfer()
              .from(from)
              .to(account())
              .value(value())
              .nonce(nonce)
              .gasPrice(price())
              .gas(gas());
      case 1 ->
          NewTx.memo()
              .from(from)
              .to(account())
              .value(value())
              .memo(data())
              .nonce(nonce)
              .gasPrice(price())
              .gas(gas());
      case 2 ->
          NewTx.accountUpdate()
              .from(from)
              .key(sender.nextKey(random))
              .nonce(nonce)
              .gasPrice(price())
              .gas(gas());
      case 3 ->
          NewTx.deploy()
              .from(from)
              .value(value())
              .input(initCode())
              .nonce(nonce)
              .gasPrice(price())
              .gas(gas());
      case 4 ->
          NewTx.execution()
              .from(from)
              .to(contract())
              .value(value())
              .input(data())
              .nonce(nonce)
              .gasPrice(price())
              .gas(gas());
      case 5 -> NewTx.cancel().from(from).nonce(nonce).gasPrice(price()).gas(gas());
      default ->
          NewTx.anchoring().from(from).data(data()).nonce(nonce).gasPrice(price()).gas(gas());
    };
  }

  private EthereumTxDraft ethereum(StateView state, int kind, Actor sender, long nonce) {
    return switch (kind - KLAYTN_KINDS) {
      case 0 ->
          random.nextInt(3) == 0
              ? NewTx.legacy()
                  .create()
                  .value(value())
                  .input(initCode())
                  .nonce(nonce)
                  .gasPrice(price())
                  .gas(gas())
              : NewTx.legacy()
                  .to(anywhere())
                  .value(value())
                  .input(data())
                  .nonce(nonce)
                  .gasPrice(price())
                  .gas(gas());
      case 1 ->
          NewTx.ethereumAccessList()
              .to(anywhere())
              .value(value())
              .input(data())
              .accessList(accessList())
              .nonce(nonce)
              .gasPrice(price())
              .gas(gas());
      case 2 ->
          NewTx.ethereumDynamicFee()
              .to(anywhere())
              .value(value())
              .input(data())
              .accessList(accessList())
              .nonce(nonce)
              .fees(Amount.ston(random.nextInt(3)), price())
              .gas(gas());
      default -> {
        Actor owner = anybody();
        long ofOwner = state.nonce(owner.address()) + (owner == sender ? 1 : 0);
        yield NewTx.ethereumSetCode()
            .to(anywhere())
            .value(value())
            .input(data())
            .noAccessList()
            .authorizations(
                Authorization.sign(
                    chainId,
                    random.nextInt(3) == 0 ? Address.ZERO : contract(),
                    ofOwner,
                    owner.original()))
            .nonce(nonce)
            .fees(Amount.ston(1), price())
            .gas(gas());
      }
    };
  }

  private Actor anybody() {
    return actors.get(random.nextInt(actors.size()));
  }

  private List<PrivateKey> signers(StateView state, Actor actor, Role role) {
    List<PrivateKey> known = actor.signers(state, role);
    return known == null || random.nextInt(25) == 0 ? List.of(STRANGER) : known;
  }

  private PrivateKey stranger(PrivateKey key) {
    return random.nextInt(25) == 0 ? STRANGER : key;
  }

  private Address account() {
    return random.nextInt(4) == 0
        ? TestChain.key(random.nextInt(100, 110)).address()
        : anybody().address();
  }

  private Address contract() {
    return contracts.isEmpty() || random.nextInt(20) == 0
        ? account()
        : contracts.get(random.nextInt(contracts.size()));
  }

  private Address anywhere() {
    return random.nextBoolean() ? account() : contract();
  }

  /** Now and then more than anybody has. */
  private Amount value() {
    return switch (random.nextInt(12)) {
      case 0 -> Amount.klay(random.nextInt(50, 5000));
      case 1, 2, 3 -> Amount.ZERO;
      default -> Amount.peb(random.nextLong(1_000_000_000_000_000_000L));
    };
  }

  /** Even, so that half a fee is exact however fees are added up. */
  private Amount price() {
    return Amount.ston(25).plus(Amount.peb(2L * random.nextInt(3)));
  }

  private long gas() {
    return random.nextInt(15) == 0 ? random.nextInt(21_000, 90_000) : 600_000;
  }

  private Bytes initCode() {
    return CONTRACTS.get(random.nextInt(CONTRACTS.size()));
  }

  /** Two words: an address, or a slot and what to store there. */
  private Bytes data() {
    byte[] words = new byte[64];
    if (random.nextBoolean()) {
      System.arraycopy(anywhere().toArray(), 0, words, 12, Address.SIZE);
    } else {
      words[31] = (byte) random.nextInt(6);
      words[63] = (byte) random.nextInt(3);
    }
    return Bytes.wrap(words);
  }

  private AccessList accessList() {
    Hash slot = Hash.wrap(UInt256.of(random.nextInt(6)).toBytes32());
    return random.nextBoolean()
        ? AccessList.EMPTY
        : new AccessList(List.of(new AccessList.Entry(contract(), List.of(slot))));
  }
}
