package dev.klay.consensus.node;

import dev.klay.consensus.bft.BftConfig;
import dev.klay.consensus.bft.MessageSigner;
import dev.klay.consensus.wal.VoteLedger;
import dev.klay.crypto.primitive.Address;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the logic of one node is made of.
 *
 * @param signer empty for a ranger
 * @param signsFrom what an operator decided for a node without its ledger: the height from which it
 *     may vote whatever was before
 * @param transactions hears what peers say of them
 * @param accused is told of each validator that was caught, but not of the node itself
 */
public record NodeSetup(
    FinalChain chain,
    VoteLedger ledger,
    Optional<MessageSigner> signer,
    BftConfig config,
    MachineFactory machines,
    NodeLimits limits,
    NodeRuntime runtime,
    FrameSender out,
    NodeListener listener,
    Optional<Long> signsFrom,
    PeerTransactions transactions,
    Consumer<Address> accused) {}
