package dev.klay.consensus.simulation;

import dev.klay.consensus.bft.LedgerRecord;
import dev.klay.consensus.bft.Message;
import dev.klay.consensus.bft.Proposal;
import dev.klay.consensus.bft.RoundChange;
import dev.klay.consensus.transport.Frame;
import dev.klay.consensus.wal.VoteLedger;

/** Recognises in what one node does the things that must happen sometimes. */
final class Sightings {
  private final World world;

  Sightings(World world) {
    this.world = world;
  }

  /** A process starts with that ledger, at that height. */
  void started(VoteLedger ledger, long open, boolean trusted, boolean again) {
    if (ledger.origin() != VoteLedger.Origin.COMPLETE && !trusted) {
      hit(Sometimes.AMNESIA_WAIT);
    }
    boolean any = false;
    for (LedgerRecord record : ledger.records()) {
      if (record.height() == open) {
        any = true;
        if (record instanceof LedgerRecord.Prepared) {
          hit(Sometimes.RESTART_COMMITTED);
        } else if (record instanceof LedgerRecord.Signed signed) {
          boolean change = signed.message() instanceof RoundChange;
          hit(change ? Sometimes.RESTART_ROUND_CHANGED : Sometimes.RESTART_PREPARED);
        }
      }
    }
    if (!any && again) {
      hit(Sometimes.RESTART_WAITING);
    }
  }

  /** The round of the open height behind a step, and in front of it. */
  void round(int now, long before) {
    if (now > before + 1) {
      hit(Sometimes.CATCH_UP_JUMP);
    }
    if (now >= 3) {
      hit(Sometimes.ROUND_THREE);
    }
  }

  void sent(Message message) {
    if (message instanceof Proposal proposal && !proposal.prepares().isEmpty()) {
      hit(Sometimes.REPROPOSAL);
      if (proposal.roundChanges().stream().anyMatch(change -> change.claim().isEmpty())) {
        hit(Sometimes.PREPARED_CLAIM);
      }
    }
  }

  void received(SimulatedNode node, Frame frame) {
    long open = node.headNumber() + 1;
    if (frame instanceof Frame.Vote vote && vote.message().height() == open) {
      received(node, vote.message());
    } else if (frame instanceof Frame.FinalBlocks blocks && blocks.blocks().size() > 1) {
      long first = Math.max(open, blocks.blocks().get(0).number());
      long last = blocks.blocks().get(blocks.blocks().size() - 1).number();
      long length = world.options().rules().epochLength();
      if (first <= last / length * length && last % length != 0) {
        hit(Sometimes.SYNC_ACROSS_EPOCH);
      }
    } else if (frame instanceof Frame.GetBlock get && get.height() == open) {
      hit(Sometimes.FETCH_COMMITTED);
    }
  }

  private void received(SimulatedNode node, Message message) {
    ChainRules rules = world.options().rules();
    long latest = node.clock().wallMillis(world.now()) + rules.maxDriftMillis();
    if (message instanceof Proposal p && p.block().timestampMillis() > latest) {
      hit(Sometimes.TOO_EARLY_WAIT);
    }
    boolean idle =
        !node.chain().hasWork()
            && node.round() == 0
            && rules.emptyPeriodMillis() > rules.periodMillis();
    if (message instanceof RoundChange && idle) {
      hit(Sometimes.EMPTY_WAIT_ENDED_BY_ROUND_CHANGE);
    }
  }

  private void hit(Sometimes what) {
    world.coverage().hit(what);
  }
}
