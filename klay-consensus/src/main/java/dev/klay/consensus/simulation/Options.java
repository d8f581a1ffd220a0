package dev.klay.consensus.simulation;

import dev.klay.consensus.bft.BftConfig;
import dev.klay.consensus.bft.MessageSigner;
import dev.klay.consensus.node.MachineFactory;
import dev.klay.consensus.node.NodeLimits;
import dev.klay.consensus.validator.ProposerSelection;
import dev.klay.consensus.wal.VoteLedger;
import dev.klay.consensus.wire.BlockFormat;
import dev.klay.consensus.wire.SignerRecovery;
import dev.klay.crypto.primitive.Hash;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a simulated network is made of.
 *
 * @param validators of the genesis; the first of the signers
 * @param signers of all consensus nodes
 * @param ledgers may put something around the ledger of a node
 * @param encodes whether frames go through the wire codec, which costs time
 * @param autoBallot whether nodes vote for the removal of whom they caught
 * @param tracesText whether the last events are kept as text
 */
record Options(
    long seed,
    Hash genesisHash,
    int validators,
    List<? extends MessageSigner> signers,
    int rangers,
    ChainRules rules,
    MachineFactory machines,
    NodeLimits limits,
    SignerRecovery recovery,
    BlockFormat format,
    ChainMaker chains,
    UnaryOperator<VoteLedger> ledgers,
    boolean encodes,
    boolean tracesText,
    boolean autoBallot) {
  BftConfig config(Hash genesisHash) {
    return BftConfig.of(
        genesisHash,
        ProposerSelection.of(rules.policy(), rules.weights()),
        rules.periodMillis(),
        rules.emptyPeriodMillis(),
        rules.maxDriftMillis());
  }
}
