package dev.klay.consensus.simulation;

import dev.klay.consensus.bft.Commit;
import dev.klay.consensus.bft.Message;
import dev.klay.consensus.bft.Prepare;
import dev.klay.consensus.bft.Proposal;
import dev.klay.consensus.bft.RoundChange;
import dev.klay.consensus.transport.Frame;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Several liars that work together: the one who leads shows each half of the others a block of its
 * own, and all of them prepare and commit to each half what it was shown. More than f of them split
 * a chain; f or fewer never do.
 */
final class Conspiracy implements Behaviour {
  private final List<SimulatedNode> members = new ArrayList<>();

  void join(SimulatedNode member) {
    members.add(member);
    member.behave(this);
  }

  @Override
  public List<Delivery> sent(SimulatedNode liar, SimulatedNode to, Frame frame) {
    if (!(frame instanceof Frame.Vote vote)) {
      return Delivery.now(frame);
    }
    Message message = vote.message();
    if (!message.author().equals(liar.address())) {
      return List.of(); // nobody hears from them what the other half says
    }
    if (message instanceof Prepare || message instanceof Commit) {
      return List.of(); // they come with the proposal
    }
    if (message instanceof RoundChange change) {
      return Delivery.now(
          new Frame.Vote(
              new Forger(liar.world().options().genesisHash(), liar.signer())
                  .change(change.height(), change.round(), Optional.empty(), List.of())));
    }
    return message instanceof Proposal proposal && proposal.block() instanceof LightBlock block
        ? split(liar, to, proposal, block)
        : Delivery.now(frame);
  }

  private List<Delivery> split(
      SimulatedNode liar, SimulatedNode to, Proposal proposal, LightBlock block) {
    boolean second = to.index() % 2 == 1 && proposal.prepares().isEmpty();
    LightBlock shown = second ? block.variant(block.salt() + 7_000_000) : block;
    Hash hash = shown.hash();
    for (SimulatedNode member : members) {
      Forger forger = new Forger(liar.world().options().genesisHash(), member.signer());
      for (Message vote :
          List.of(
              forger.prepare(proposal.height(), proposal.round(), hash),
              forger.commit(proposal.height(), proposal.round(), hash))) {
        liar.world().lie(member, to, new Delivery(new Frame.Vote(vote), 5), liar.world().now());
      }
    }
    return Delivery.now(
        new Frame.Vote(
            new Forger(liar.world().options().genesisHash(), liar.signer())
                .propose(proposal, shown)));
  }

  /** They also vote for what honest leaders propose, to each as soon as it may have it. */
  @Override
  public void received(SimulatedNode liar, SimulatedNode from, Frame frame) {
    if (frame instanceof Frame.Vote vote
        && vote.message() instanceof Proposal proposal
        && !liar.equals(from)) {
      Forger forger = new Forger(liar.world().options().genesisHash(), liar.signer());
      for (SimulatedNode node : liar.world().nodes()) {
        if (!members.contains(node) && node.isUp()) {
          for (Message lie :
              List.of(
                  forger.prepare(proposal.height(), proposal.round(), proposal.hash()),
                  forger.commit(proposal.height(), proposal.round(), proposal.hash()))) {
            liar.world().lie(liar, node, new Delivery(new Frame.Vote(lie), 5), liar.world().now());
          }
        }
      }
    }
  }
}
