package dev.klay.consensus.processes;

import dev.klay.consensus.Checkpoint;
import dev.klay.consensus.FullDisk;
import dev.klay.consensus.KlayNode;
import dev.klay.consensus.NodeBuilder;
import dev.klay.consensus.NodeRole;
import dev.klay.consensus.NodeStatus;
import dev.klay.consensus.bft.Commit;
import dev.klay.consensus.bft.Message;
import dev.klay.consensus.bft.Prepare;
import dev.klay.consensus.bft.Proposal;
import dev.klay.consensus.bft.RoundChange;
import dev.klay.consensus.transport.Frame;
import dev.klay.consensus.transport.tcp.PeerAddress;
import dev.klay.consensus.transport.tcp.PeerFile;
import dev.klay.core.config.Ballot;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.ChainService;
import dev.klay.core.service.Receipt;
import dev.klay.core.storage.Storage;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.KlayException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;

/**
 * The program of one node. It answers commands on its standard input with one line each, begun by
 * {@code =}; by itself it writes {@code sent ...} before each signed message leaves it, and {@code
 * final ...} once a transaction that was handed to it is final.
 *
 * <p>Arguments: the network's directory, the node's name. A file {@value #CHECKPOINT} in the node's
 * own directory is its checkpoint.
 */
public final class ProcessNode {
  /** A line without it was torn by the death of the process. */
  static final String END = ".";

  static final String CHECKPOINT = "checkpoint.txt";

  private final KlayNode node;
  private final ChainService service;
  private final PrintStream out;

  private ProcessNode(KlayNode node, PrintStream out) {
    this.node = node;
    this.service = node.service();
    this.out = out;
  }

  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path home = Path.of(args[0]);
    Path own = home.resolve(args[1]);
    ChainSpec spec = ChainSpec.parse(Files.readString(home.resolve("genesis.json")));
    PeerAddress self =
        PeerFile.read(own.resolve("peers.txt")).stream()
            .filter(peer -> peer.name().equals(args[1]))
            .findFirst()
            .orElseThrow();
    PrivateKey key =
        self.role() == NodeRole.RANGER
            ? DevKeys.ranger(1)
            : DevKeys.ofValidator(self.identity()).orElseThrow();
    NodeBuilder builder =
        KlayNode.of(spec)
            .name(self.name())
            .role(self.role())
            .signer(key)
            .keyFile(own.resolve("key.json"))
            .storage(Storage.directory(own.resolve("chain")).through(FullDisk::new))
            .peers(PeerFile.read(own.resolve("peers.txt")))
            .tap((to, frame) -> tell(out, frame));
    self.endpoint().ifPresent(builder::listen);
    if (Files.exists(own.resolve(CHECKPOINT))) {
      builder.checkpoint(Checkpoint.parse(Files.readString(own.resolve(CHECKPOINT))));
    }
    try (KlayNode node = builder.start()) {
      out.println("= started");
      new ProcessNode(node, out).serve();
    } catch (KlayException refused) {
      System.err.println(self.name() + " does not start: " + refused.getMessage());
      System.exit(1);
    }
  }

  private static void tell(PrintStream out, Frame frame) {
    if (frame instanceof Frame.Vote vote) {
      Message m = vote.message();
      String words =
          String.join(
              " ",
              "sent",
              m.author().toHex(),
              m.getClass().getSimpleName(),
              Long.toString(m.height()),
              Integer.toString(m.round()),
              subject(m),
              END);
      out.println(words);
    }
  }

  private static String subject(Message message) {
    if (message instanceof Proposal proposal) {
      return proposal.hash().toHex();
    } else if (message instanceof Prepare prepare) {
      return prepare.hash().toHex();
    } else if (message instanceof Commit commit) {
      return commit.hash().toHex();
    }
    return ((RoundChange) message)
        .claim()
        .map(claim -> claim.round() + ":" + claim.hash().toHex())
        .orElse("none");
  }

  private void serve() throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      if (words[0].equals("quit")) {
        return;
      }
      out.println("= " + answer(words));
    }
  }

  private String answer(String[] words) {
    return switch (words[0]) {
      case "status" -> status();
      case "hashes" -> hashes(Long.parseLong(words[1]), Long.parseLong(words[2]));
      case "tx" -> submit(SignedTx.decode(Bytes.fromHex(words[1])));
      case "audit" -> audit();
      case "leader" -> node.head().block().author().toHex();
      case "council" -> node.head().governance().validators().toString();
      case "cast" -> cast(words[1].equals("add"), Address.parse(words[2]));
      default -> throw new IllegalArgumentException("no such command: " + words[0]);
    };
  }

  private String status() {
    NodeStatus status = node.status();
    return status.height()
        + " "
        + status.round()
        + " "
        + status.peers()
        + " "
        + status.voting()
        + " "
        + status.evidence()
        + " "
        + status.trouble().orElse("fine");
  }

  private String hashes(long from, long to) {
    StringJoiner hashes = new StringJoiner(" ");
    for (long n = from; n <= to; n++) {
      hashes.add(service.block(BlockRef.number(n)).join().orElseThrow().hash().toHex());
    }
    return hashes.toString();
  }

  private String submit(SignedTx tx) {
    CompletableFuture<Receipt> receipt =
        service.submit(tx).handle((hash, refused) -> tx.hash()).thenCompose(service::awaitFinal);
    CompletableFuture<Void> unused =
        receipt.thenAccept(
            r ->
                out.println(
                    String.join(
                        " ",
                        "final",
                        tx.hash().toHex(),
                        Long.toString(r.blockNumber()),
                        r.blockHash().toHex(),
                        END)));
    return "taken";
  }

  private String cast(boolean add, Address target) {
    node.cast(add ? Ballot.add(target) : Ballot.remove(target));
    return "cast";
  }

  /** Whether all that there is adds up to what there should be. */
  private String audit() {
    ChainHead head = node.head();
    Amount[] sum = {Amount.ZERO};
    head.state().forEach((key, account) -> sum[0] = sum[0].plus(account.balance()));
    return head.number() + " " + (sum[0].equals(head.supply()) ? "conserved" : "LOST " + sum[0]);
  }
}
