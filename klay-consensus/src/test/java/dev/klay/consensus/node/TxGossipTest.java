package dev.klay.consensus.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.Await;
import dev.klay.consensus.NodeRole;
import dev.klay.consensus.transport.Frame;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.importing.Chain;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.storage.InMemoryChainStore;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.core.txpool.PoolLimits;
import dev.klay.core.txpool.TxPool;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is told of which transactions, and how, on links where bytes count. */
class TxGossipTest {
  private static final ChainSpec SPEC = ChainSpec.aspen().withValidators(7);
  private static final List<Address> VALIDATORS = SPEC.validators();
  private static final Address RANGER = DevKeys.ranger(1).address();
  private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(3);

  private record Sent(Address to, Frame frame) {}

  /** Nodes that only write down what they are told. */
  private static final class Neighbours implements TxGossip.Neighbourhood {
    final Map<Address, NodeRole> peers = new TreeMap<>();
    final List<Address> leaders = new ArrayList<>();
    final Set<Address> takeAll = new HashSet<>();
    final List<Sent> sent = new CopyOnWriteArrayList<>();

    @Override
    public Map<Address, NodeRole> peers() {
      return peers;
    }

    @Override
    public List<Address> nextLeaders() {
      return leaders;
    }

    @Override
    public boolean takesHashes(Address peer) {
      return !takeAll.contains(peer);
    }

    @Override
    public void send(Address peer, Frame frame) {
      sent.add(new Sent(peer, frame));
    }

    @Override
    public boolean isNetworked() {
      return true;
    }

    @Override
    public void workPending() {}

    List<Address> to(Class<? extends Frame> kind) {
      return sent.stream().filter(s -> kind.isInstance(s.frame())).map(Sent::to).sorted().toList();
    }
  }

  private final PrivateKey faucet = DevKeys.faucet();
  private final Neighbours neighbours = new Neighbours();
  private final TxPool pool = pool();
  private long nanos;
  private final TxGossip gossip = new TxGossip("test", pool, neighbours, 0, () -> nanos);

  private static TxPool pool() {
    Chain chain = new Chain(SPEC, new InMemoryChainStore());
    ChainHead head = chain.head();
    return new TxPool(
        PoolLimits.DEFAULT,
        Clock.systemUTC(),
        head.state(),
        chain.rulesAfter(head),
        chain.nextBaseFee(head));
  }

  @AfterEach
  void close() {
    gossip.close();
    faucet.close();
  }

  private void up(Address peer, NodeRole role) {
    neighbours.peers.put(peer, role);
    gossip.peerUp(peer, role);
  }

  private void sixValidatorsAndARanger() {
    VALIDATORS.subList(1, 7).forEach(validator -> up(validator, NodeRole.CONSENSUS));
    up(RANGER, NodeRole.RANGER);
    neighbours.leaders.addAll(VALIDATORS.subList(2, 5));
  }

  private SignedTx transfer(long nonce) {
    return SignedTx.sign(
        new ValueTransferTx(
            new TxHead(nonce, Amount.ston(25), 21_000),
            FeeDelegation.NONE,
            faucet.address(),
            VALIDATORS.get(0),
            Amount.klay(1)),
        SPEC.chainId(),
        faucet);
  }

  private void awaitSent(int count) {
    Await.until("frames are sent", () -> neighbours.sent.size() >= count);
    assertThat(neighbours.sent).hasSize(count);
  }

  private static List<Hash> hashes(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Hash.fromHex("0x%016x%048x".formatted(i, 7)))
        .toList();
  }

  // Telling

  @Test
  void theNextLeadersAreSentTransactionsAndAllOthersTheirHashes() {
    sixValidatorsAndARanger();
    SignedTx tx = transfer(0);
    assertThat(gossip.submit(tx)).isEmpty();
    awaitSent(7);
    assertThat(neighbours.to(Frame.Transactions.class)).isEqualTo(VALIDATORS.subList(2, 5));
    assertThat(neighbours.to(Frame.Announcement.class))
        .containsExactlyInAnyOrder(VALIDATORS.get(1), VALIDATORS.get(5), VALIDATORS.get(6), RANGER);
    assertThat(neighbours.sent)
        .contains(
            new Sent(VALIDATORS.get(2), new Frame.Transactions(List.of(tx))),
            new Sent(RANGER, new Frame.Announcement(List.of(tx.hash()))));
  }

  @Test
  void whoIsLinkedToNoLeaderSendsThemToOtherValidators() {
    up(VALIDATORS.get(6), NodeRole.CONSENSUS);
    up(RANGER, NodeRole.RANGER);
    neighbours.leaders.addAll(VALIDATORS.subList(2, 5));
    gossip.submit(transfer(0));
    awaitSent(2);
    assertThat(neighbours.to(Frame.Transactions.class)).containsExactly(VALIDATORS.get(6));
    assertThat(neighbours.to(Frame.Announcement.class)).containsExactly(RANGER);
  }

  @Test
  void whoTakesNoHashesIsSentAll() {
    sixValidatorsAndARanger();
    neighbours.takeAll.addAll(neighbours.peers.keySet());
    gossip.submit(transfer(0));
    awaitSent(7);
    assertThat(neighbours.to(Frame.Transactions.class)).hasSize(7);
  }

  @Test
  void whoHasItIsNotToldOfIt() {
    sixValidatorsAndARanger();
    SignedTx tx = transfer(0);
    gossip.announced(VALIDATORS.get(1), List.of(tx.hash()));
    gossip.announced(VALIDATORS.get(2), List.of(tx.hash()));
    neighbours.sent.clear();
    gossip.submit(tx);
    awaitSent(5);
    assertThat(neighbours.sent.stream().map(Sent::to))
        .doesNotContain(VALIDATORS.get(1), VALIDATORS.get(2));
  }

  @Test
  void whoComesWhileSomethingWaitsIsToldOfItByHash() {
    up(VALIDATORS.get(1), NodeRole.CONSENSUS);
    SignedTx tx = transfer(0);
    gossip.submit(tx);
    awaitSent(1);
    neighbours.sent.clear();
    Await.until(
        "the newcomer is told",
        () -> {
          up(VALIDATORS.get(5), NodeRole.CONSENSUS);
          return neighbours.sent.contains(
              new Sent(VALIDATORS.get(5), new Frame.Announcement(List.of(tx.hash()))));
        });
  }

  // Asking

  @Test
  void whatIsMissingIsAskedForOnceAndAgainOnlyIfItDoesNotCome() {
    sixValidatorsAndARanger();
    SignedTx here = transfer(0);
    SignedTx missing = transfer(1);
    pool.add(here);
    gossip.announced(RANGER, List.of(here.hash(), missing.hash()));
    Frame question = new Frame.GetTransactions(List.of(missing.hash()));
    assertThat(neighbours.sent).containsExactly(new Sent(RANGER, question));

    gossip.announced(VALIDATORS.get(1), List.of(missing.hash()));
    assertThat(neighbours.sent).as("an answer may be on its way").hasSize(1);
    nanos += ANSWER_NANOS;
    gossip.announced(VALIDATORS.get(1), List.of(missing.hash()));
    assertThat(neighbours.sent).endsWith(new Sent(VALIDATORS.get(1), question));

    gossip.received(VALIDATORS.get(1), List.of(missing));
    assertThat(pool.find(missing.hash())).isPresent();
    nanos += ANSWER_NANOS;
    gossip.announced(VALIDATORS.get(5), List.of(missing.hash()));
    assertThat(neighbours.sent).hasSize(2);
  }

  @Test
  void aPeerThatAnnouncesAndNeverSendsIsNotAskedForMoreThanItsShare() {
    sixValidatorsAndARanger();
    for (int from = 0; from < 2 * PeerHashes.ASKED_MAX; from += 256) {
      gossip.announced(RANGER, hashes(from, from + 256));
    }
    assertThat(asked()).isEqualTo(PeerHashes.ASKED_MAX);
    gossip.announced(
        VALIDATORS.get(1), hashes(2 * PeerHashes.ASKED_MAX, 2 * PeerHashes.ASKED_MAX + 5));
    assertThat(asked()).as("others are asked on").isEqualTo(PeerHashes.ASKED_MAX + 5);
    nanos += ANSWER_NANOS;
    gossip.announced(RANGER, hashes(0, 256));
    assertThat(asked()).as("and it is, after a while").isEqualTo(PeerHashes.ASKED_MAX + 5 + 256);
  }

  private int asked() {
    return neighbours.sent.stream()
        .map(Sent::frame)
        .filter(Frame.GetTransactions.class::isInstance)
        .mapToInt(frame -> ((Frame.GetTransactions) frame).hashes().size())
        .sum();
  }

  // Answering

  @Test
  void whoAsksForWhatItWasToldOfGetsItAndNoMoreBytesThanThat() {
    sixValidatorsAndARanger();
    SignedTx tx = transfer(0);
    gossip.asked(RANGER, List.of(tx.hash()));
    gossip.submit(tx);
    awaitSent(7);
    neighbours.sent.clear();
    gossip.asked(RANGER, List.of(tx.hash(), Hash.ZERO));
    assertThat(neighbours.sent)
        .containsExactly(new Sent(RANGER, new Frame.Transactions(List.of(tx))));
    gossip.asked(RANGER, List.of(tx.hash(), tx.hash()));
    assertThat(neighbours.sent).hasSize(1);
  }

  // Passing on

  @Test
  void whatComesFromARangerIsPassedOnAndWhatComesFromAValidatorIsNot() {
    sixValidatorsAndARanger();
    SignedTx ofValidator = transfer(0);
    SignedTx ofRanger = transfer(1);
    gossip.received(VALIDATORS.get(1), List.of(ofValidator));
    gossip.received(RANGER, List.of(ofRanger));
    awaitSent(6);
    assertThat(neighbours.sent.stream().map(Sent::to)).doesNotContain(RANGER);
    assertThat(neighbours.sent.stream().map(Sent::frame).distinct())
        .containsExactlyInAnyOrder(
            new Frame.Transactions(List.of(ofRanger)),
            new Frame.Announcement(List.of(ofRanger.hash())));
  }

  @Test
  void whatIsRememberedOfHashesHasAnEnd() {
    RecentHashes recent = new RecentHashes(100);
    hashes(0, 1000).forEach(recent::add);
    assertThat(recent.size()).isBetween(50, 100);
    assertThat(hashes(950, 1000)).allMatch(recent::contains);
    assertThat(hashes(0, 900)).noneMatch(recent::contains);
  }
}
