package dev.klay.consensus.node;

import dev.klay.consensus.Stall;
import dev.klay.consensus.bft.Effect;
import dev.klay.consensus.bft.Evidence;
import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.Message;
import dev.klay.crypto.primitive.Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what a node does. */
final class LoggingListener implements NodeListener {
  private static final Logger LOG = LoggerFactory.getLogger(NodeDriver.class);

  private final String name;

  LoggingListener(String name) {
    this.name = name;
  }

  @Override
  public void imported(FinalBlock block) {
    LOG.debug("{} imported block {} {}", name, block.number(), block.hash());
  }

  @Override
  public void caught(Evidence evidence) {
    LOG.warn(
        "{} caught {}: {} at height {} round {}",
        name,
        evidence.culprit(),
        evidence.kind(),
        evidence.first().height(),
        evidence.first().round());
  }

  @Override
  public void forked(FinalBlock ours, FinalBlock theirs) {
    LOG.error("{} sees two final blocks of height {}", name, ours.number());
    LOG.error("{} has {}", name, ours.encode());
    LOG.error("{} was sent {}", name, theirs.encode());
  }

  @Override
  public void stopped(Effect.StopReason reason, String detail) {
    LOG.error("{} stops signing: {}, {}", name, reason, detail);
  }

  @Override
  public void alarm(Alarm alarm, String detail) {
    LOG.warn("{}: {}, {}", name, alarm, detail);
  }

  @Override
  public void stalled(Stall stall) {
    LOG.info(
        "{} has height {} open for {} s in round {}: {}",
        name,
        stall.height(),
        stall.open().toSeconds(),
        stall.round(),
        stall.validators());
  }

  @Override
  public void strangerVoted(Message message) {
    LOG.debug("{} passes over a vote of {}, who is no validator", name, message.author());
  }

  @Override
  public void banned(Address peer, String why) {
    LOG.warn("{} asks {} no more for an hour: {}", name, peer, why);
  }
}
