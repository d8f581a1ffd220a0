package dev.klay.consensus.simulation;

import dev.klay.consensus.bft.MessageSigner;
import dev.klay.consensus.node.Ballots;
import dev.klay.consensus.node.FinalChain;

/** Makes the chain of a node. */
interface ChainMaker {
  FinalChain create(Options options, MessageSigner signer, Ballots ballots);
}
