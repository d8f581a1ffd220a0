package dev.klay.consensus.bft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.ConsensusDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rules in words of {@code consensus.md} section 8, one by one; node 0 leads round 0. */
class ProtocolRulesTest {
  private static final FakeBlock X = Round.block(0, 1);
  private static final FakeBlock Y = Round.block(1, 2);

  private static List<Prepare> quorum(int round, FakeBlock block) {
    return List.of(
        Round.prepare(0, round, block),
        Round.prepare(1, round, block),
        Round.prepare(2, round, block));
  }

  @Test
  void neverPreparesTwiceInARound() {
    Round node =
        new Round(3).hears(Round.proposal(0, 0, X)).hears(Round.proposal(0, 0, Round.block(0, 9)));
    assertThat(node.said(Prepare.class)).extracting(Prepare::hash).containsExactly(X.hash());
    assertThat(node.did(Effect.Report.class).map(r -> r.evidence().kind()))
        .containsExactly(Evidence.Kind.TWO_PROPOSALS);
  }

  @Test
  void afterARestartItDoesNotPrepareAnotherBlockOfTheRound() {
    Round before = new Round(3).hears(Round.proposal(0, 0, X));
    Round after = new Round(3, before.ledger).hears(Round.proposal(0, 0, Round.block(0, 9)));
    assertThat(after.said(Prepare.class))
        .as("the same bytes again, and nothing else")
        .isEqualTo(before.said(Prepare.class));
  }

  @Test
  void votesInNoRoundBelowTheOneItAskedFor() {
    Round node = new Round(3).timesOut(0).hears(Round.change(1, 2)).hears(Round.change(2, 2));
    assertThat(node.machine.round()).isEqualTo(2);
    node.hears(Round.proposal(0, 0, X));
    quorum(0, X).forEach(node::hears);
    assertThat(node.said(Prepare.class)).isEmpty();
    assertThat(node.said(Commit.class)).isEmpty();
  }

  @Test
  void commitsOnlyAfterThePrepareQuorumIsWritten() {
    Round node = new Round(3).hears(Round.proposal(0, 0, X));
    node.hears(Round.prepare(0, 0, X));
    assertThat(node.said(Commit.class)).isEmpty();
    node.hears(Round.prepare(1, 0, X));
    List<Effect> effects = node.all;
    int written =
        effects.indexOf(
            node.did(Effect.Persist.class)
                .filter(p -> p.record() instanceof LedgerRecord.Prepared)
                .findFirst()
                .orElseThrow());
    int sent = effects.indexOf(new Effect.Broadcast(node.said(Commit.class).get(0)));
    assertThat(written).isLessThan(sent);
  }

  @Test
  void countsSignersAndNotMessages() {
    Round node = new Round(3).hears(Round.proposal(0, 0, X));
    for (int i = 0; i < 5; i++) {
      node.hears(Round.prepare(0, 0, X));
    }
    assertThat(node.said(Commit.class)).isEmpty();
  }

  @Test
  void votesThatCameBeforeTheProposalCount() {
    Round node = new Round(3);
    quorum(0, X).forEach(node::hears);
    node.hears(Round.proposal(0, 0, X));
    assertThat(node.said(Commit.class)).hasSize(1);
  }

  @Test
  void aProposalEndsTheWaitForThePeriod() {
    Round node = new Round(3).hears(Round.proposal(0, 0, X));
    assertThat(node.said(Prepare.class)).hasSize(1);
  }

  @Test
  void oneRoundChangeIsStoredAndTwoCarryAlong() {
    Round node = new Round(3).hears(Round.change(1, 1));
    assertThat(node.machine.round()).isZero();
    node.hears(Round.change(2, 3));
    assertThat(node.machine.round()).isEqualTo(1); // the second highest of the two
    node.hears(Round.change(1, 5));
    assertThat(node.machine.round()).isEqualTo(3);
    assertThat(node.said(RoundChange.class)).extracting(RoundChange::round).containsExactly(1, 3);
  }

  @Test
  void roundsFarAheadAreIgnored() {
    Round node = new Round(3).hears(Round.change(1, 4097)).hears(Round.change(2, 4097));
    assertThat(node.machine.round()).isZero();
  }

  @Test
  void theTimerOfALaterRoundNeedsAQuorumThere() {
    Round node = new Round(3).hears(Round.change(1, 1)).hears(Round.change(2, 1));
    assertThat(node.machine.round()).isEqualTo(1); // with its own: three are there
    assertThat(timers(node, 1)).hasSize(1);
    Round alone = new Round(3);
    alone.feed(new Event.TimerFired(new TimerId(TimerId.Kind.PERIOD, 1, 0)));
    alone.timesOut(0);
    assertThat(alone.machine.round()).isEqualTo(1);
    assertThat(timers(alone, 1)).isEmpty();
  }

  private static List<Effect.SetTimer> timers(Round node, int round) {
    return node.did(Effect.SetTimer.class)
        .filter(t -> t.timer().kind() == TimerId.Kind.ROUND && t.timer().round() == round)
        .toList();
  }

  @Test
  void theLeaderProposesTheHighestProvenClaimAgain() {
    Round leader = new Round(1).hears(Round.proposal(0, 0, X));
    quorum(0, X).forEach(leader::hears);
    leader.hears(Round.change(2, 1));
    leader.hears(Round.change(3, 1, 0, X, quorum(0, X)));
    assertThat(leader.said(Proposal.class)).hasSize(1);
    Proposal again = leader.said(Proposal.class).get(0);
    assertThat(again.hash()).isEqualTo(X.hash());
    assertThat(again.prepares()).hasSize(3);
  }

  @Test
  void theLeaderDropsAClaimThatIsNotProven() {
    Round leader = new Round(1);
    List<Prepare> few = quorum(0, X).subList(0, 2);
    leader.hears(Round.change(2, 1, 0, X, few)).hears(Round.change(3, 1)).hears(Round.change(0, 1));
    assertThat(leader.said(Proposal.class)).isEmpty();
    assertThat(leader.did(Effect.Build.class)).hasSize(1);
  }

  @Test
  void aProposalThatHidesTheHighestClaimIsRefused() {
    Round node = new Round(3);
    List<RoundChange> changes =
        List.of(Round.change(0, 1, 0, X, quorum(0, X)), Round.change(1, 1), Round.change(2, 1));
    node.hears(Round.proposal(1, 1, Y, changes, List.of()));
    assertThat(node.said(Prepare.class)).isEmpty();
    node.hears(Round.proposal(1, 1, X, changes, quorum(0, X)));
    assertThat(node.said(Prepare.class)).hasSize(1);
  }

  @Test
  void aClaimOfRoundZeroNeedsItsProofToo() {
    Round node = new Round(3);
    List<RoundChange> changes =
        List.of(Round.change(0, 1, 0, X, List.of()), Round.change(1, 1), Round.change(2, 1));
    node.hears(Round.proposal(1, 1, X, changes, List.of()));
    node.hears(Round.proposal(1, 1, X, changes, quorum(0, X).subList(0, 2)));
    assertThat(node.said(Prepare.class)).isEmpty();
  }

  @Test
  void sealsOfAnEarlierRoundStillDecide() {
    Round node = new Round(3).hears(Round.proposal(0, 0, X));
    quorum(0, X).forEach(node::hears);
    node.hears(Round.change(1, 2)).hears(Round.change(2, 2));
    assertThat(node.machine.round()).isEqualTo(2);
    node.hears(Round.commit(0, 0, X)).hears(Round.commit(1, 0, X));
    Effect.Import decided = node.decided().orElseThrow();
    assertThat(decided.certificate().round()).isZero();
  }

  @Test
  void aCommittedBlockThatIsNotHereIsFetched() {
    Round node = new Round(3);
    for (int i = 0; i < 3; i++) {
      node.hears(Round.commit(i, 0, X));
    }
    assertThat(node.did(Effect.Fetch.class)).hasSize(1);
    node.hears(Round.change(1, 1)).hears(Round.change(2, 1)); // it moves on meanwhile
    node.hears(Round.proposal(0, 0, X)); // the answer, of a round that has passed
    assertThat(node.decided()).isPresent();
  }

  @Test
  void aCommittedBlockThatIsInvalidHereStopsTheNode() {
    Round node = new Round(3).hears(Round.proposal(0, 0, X));
    node.feed(new Event.BlockValidated(1, X.hash(), Optional.of("wrong state root")));
    for (int i = 0; i < 3; i++) {
      node.hears(Round.commit(i, 0, X));
    }
    assertThat(node.did(Effect.Stop.class).map(Effect.Stop::reason))
        .containsExactly(Effect.StopReason.LOCAL_DIVERGENCE);
    node.hears(Round.proposal(0, 0, X));
    assertThat(node.machine.isStopped()).isTrue();
  }

  @Test
  void somebodyElseWithTheSameKeyStopsTheNode() {
    Round node = new Round(3).hears(Round.proposal(0, 0, X));
    node.hears(Round.prepare(3, 0, X)); // its own, relayed by somebody
    assertThat(node.did(Effect.Stop.class)).isEmpty();
    node.hears(Round.prepare(3, 0, Y));
    assertThat(node.did(Effect.Stop.class).map(Effect.Stop::reason))
        .containsExactly(Effect.StopReason.TWIN_KEY);
  }

  @Test
  void aRoundEnteredByAProposalIsWrittenDown() {
    Round node = new Round(3);
    List<RoundChange> changes = List.of(Round.change(0, 1), Round.change(1, 1), Round.change(2, 1));
    node.hears(Round.proposal(1, 1, Y, changes, List.of()));
    assertThat(node.ledger).contains(new LedgerRecord.Round(1, 1));
    assertThat(new Round(3, node.ledger).machine.round()).isEqualTo(1);
  }

  @Test
  void contradictionsAreReportedByKind() {
    Round node = new Round(3);
    node.hears(Round.prepare(1, 0, X)).hears(Round.prepare(1, 0, Y));
    node.hears(Round.commit(1, 0, X)).hears(Round.commit(1, 0, Y));
    node.hears(Round.change(1, 2, 0, X, List.of()));
    node.hears(Round.change(1, 2, 0, Y, List.of()));
    node.hears(Round.commit(2, 0, X)).hears(Round.change(2, 1));
    List<Evidence> found = node.did(Effect.Report.class).map(Effect.Report::evidence).toList();
    assertThat(found)
        .extracting(Evidence::kind)
        .contains(
            Evidence.Kind.TWO_PREPARES,
            Evidence.Kind.TWO_COMMITS,
            Evidence.Kind.TWO_ROUND_CHANGES,
            Evidence.Kind.LOST_LOCK);
    assertThat(found).allMatch(Evidence::isConclusive);
  }

  @Test
  void aNodeThatMayNotSignYetFollowsAndTakesUpItsPartWhenItMay() {
    BftMachine machine =
        new BftMachine(
            Round.config(),
            Optional.of(new FakeSigner(Round.address(3))),
            Round.PARENT,
            Round.FOUR);
    machine.start(List.of(), Long.MAX_VALUE, 1000);
    machine.step(new Event.MessageReceived(Round.proposal(0, 0, X)), 1000);
    List<Effect> silent =
        machine.step(new Event.BlockValidated(1, X.hash(), Optional.empty()), 1000);
    assertThat(silent).noneMatch(Effect.Broadcast.class::isInstance);
    List<Effect> allowed = machine.step(new Event.SigningAllowed(1), 1000);
    assertThat(allowed).anyMatch(Effect.Broadcast.class::isInstance);
  }

  /**
   * Section 7: if seals did not bind the round, seals of rounds 0 and 2 on X would make a second
   * certificate beside the one on Y. A is node 0, B node 1, C node 2, D lies.
   */
  /** Else four nodes that start anew and may not sign for a while would wait for ever. */
  @Test
  void aNodeThatLeftARoundInSilenceAsksForItsRoundWhenItMaySign() {
    BftMachine machine =
        new BftMachine(
            Round.config(),
            Optional.of(new FakeSigner(Round.address(2))),
            Round.PARENT,
            Round.FOUR);
    machine.start(List.of(), Long.MAX_VALUE, 1000);
    machine.step(new Event.TimerFired(new TimerId(TimerId.Kind.PERIOD, 1, 0)), 1000);
    List<Effect> silent =
        machine.step(new Event.TimerFired(new TimerId(TimerId.Kind.ROUND, 1, 0)), 3000);
    assertThat(machine.round()).isEqualTo(1);
    assertThat(silent).noneMatch(Effect.Broadcast.class::isInstance);

    List<Effect> allowed = machine.step(new Event.SigningAllowed(1), 3000);
    assertThat(allowed)
        .anyMatch(
            effect ->
                effect instanceof Effect.Broadcast sent
                    && sent.message() instanceof RoundChange change
                    && change.round() == 1);
  }

  @Test
  void sealsOfDifferentRoundsDoNotAddUp() {
    FakeBlock y = Round.block(1, 7);
    Round a = new Round(0);
    Round b = new Round(1);
    // round 0: X is proposed; A, B and D prepare, D shows it to A only
    a.feed(new Event.TimerFired(new TimerId(TimerId.Kind.PERIOD, 1, 0)));
    a.feed(new Event.BlockBuilt(1, 0, Optional.of(X)));
    Proposal first = a.said(Proposal.class).get(0);
    b.hears(first);
    a.hears(b.said(Prepare.class).get(0)).hears(Round.prepare(3, 0, X));
    assertThat(a.said(Commit.class)).extracting(Commit::round).containsExactly(0);
    // round 1: B, C and D claim nothing; Y is prepared by B, C, D, which C alone sees; round 2 next
    b.hears(Round.change(2, 1)).hears(Round.change(3, 1));
    b.feed(new Event.BlockBuilt(1, 1, Optional.of(y)));
    assertThat(b.said(Proposal.class)).extracting(Proposal::hash).containsExactly(y.hash());
    assertThat(b.said(Commit.class)).isEmpty();
    // round 2: A claims X of round 0, and C, its leader, proposes X again; B prepares and seals it
    a.hears(Round.change(2, 2)).hears(Round.change(3, 2));
    RoundChange claim = a.said(RoundChange.class).get(a.said(RoundChange.class).size() - 1);
    assertThat(claim.claim()).contains(new PreparedClaim(0, X.hash()));
    List<RoundChange> second = List.of(claim, Round.change(1, 2), Round.change(3, 2));
    b.hears(Round.proposal(2, 2, X, second, claim.prepares()));
    b.hears(Round.prepare(0, 2, X)).hears(Round.prepare(3, 2, X));
    assertThat(b.said(Commit.class)).extracting(Commit::round).containsExactly(2);

    List<Commit> seals = new ArrayList<>(a.said(Commit.class));
    seals.addAll(b.said(Commit.class));
    seals.add(Round.commit(3, 2, X));
    assertThat(seals).extracting(Commit::hash).containsOnly(X.hash());
    assertThat(signersOf(seals, 2)).as("round bound").hasSize(2);
    assertThat(signersOf(seals, 0)).as("round bound").hasSize(1);
    assertThat(roundless(seals)).as("a certificate, if the round were not sealed").hasSize(3);
    assertThat(a.decided()).isEmpty();
    assertThat(b.hears(a.said(Commit.class).get(0)).hears(seals.get(2)).decided()).isEmpty();
  }

  /** Who sealed X in this round, as everybody checks it. */
  private static TreeSet<Address> signersOf(List<Commit> seals, int round) {
    TreeSet<Address> signers = new TreeSet<>();
    Hash digest =
        ConsensusDigest.ofBlock(ConsensusDigest.COMMIT, Round.GENESIS, 1, round, X.hash());
    for (Commit seal : seals) {
      if (new FakeSigner(seal.author()).sign(digest).equals(seal.signature())) {
        signers.add(seal.author());
      }
    }
    return signers;
  }

  /** Who sealed X, if seals signed the hash alone. */
  private static TreeSet<Address> roundless(List<Commit> seals) {
    TreeSet<Address> signers = new TreeSet<>();
    seals.stream().filter(s -> s.hash().equals(X.hash())).forEach(s -> signers.add(s.author()));
    return signers;
  }

  @Test
  void storesAreBoundedForEachSigner() {
    Round node = new Round(3);
    for (int round = 1; round < 3000; round++) {
      node.hears(Round.change(1, round));
      node.hears(Round.prepare(1, round, X));
      node.hears(Round.commit(1, round, X));
    }
    assertThat(node.machine.voteCount(Round.address(1))).isLessThanOrEqualTo(10);
    for (long height = 2; height < 3000; height++) {
      for (int i = 0; i < 3; i++) {
        node.hears(
            new Commit(height, i, X.hash(), Round.address(1), Round.commit(1, 0, X).signature()));
      }
    }
    assertThat(node.machine.futureCount())
        .isLessThanOrEqualTo(FutureMessages.HEIGHTS_AHEAD * FutureMessages.PER_SIGNER);
  }
}
