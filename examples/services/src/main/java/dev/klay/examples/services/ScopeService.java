package dev.klay.examples.services;

import dev.klay.client.KlayClient;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.explorer.Explorer;
import dev.klay.core.explorer.SearchResult;
import dev.klay.core.explorer.Window;
import dev.klay.core.service.BlockView;
import dev.klay.core.service.Receipt;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Scope: an explorer of the chain in lines of text. */
final class ScopeService implements Service {
  private static final int PAGE = 10;
  private static final int HISTORY = 20;
  private static final int INPUT_BYTES = 256;

  private final KlayClient client;
  private final Explorer explorer;
  private final Terminal terminal;

  ScopeService(KlayClient client, Terminal terminal) {
    this.client = client;
    this.explorer = client.explorer();
    this.terminal = terminal;
  }

  /** Opens the menu at Scope. */
  public static void main(String[] args) throws IOException {
    Services.main(Services.with("scope", args));
  }

  @Override
  public String name() {
    return "scope";
  }

  @Override
  public String about() {
    return "look at blocks, transactions, accounts, validators";
  }

  @Override
  public List<Command> commands() {
    return List.of(
        new Command(
            "blocks", "[HEIGHT]", "the last blocks, or those from a height down", this::blocks),
        new Command("search", "TEXT", "a height, block hash, transaction or address", this::search),
        new Command("tx", "HASH", "all of a transaction", given -> transaction(given.get(0))),
        new Command("history", "ADDRESS", "the last transactions of an account", this::history),
        new Command("validators", "", "who makes the blocks", given -> validators()),
        new Command("tps", "[SECONDS]", "transactions per second, of the last minute", this::tps));
  }

  private void blocks(List<String> given) {
    long from = given.isEmpty() ? client.height() : Words.number(given.get(0));
    List<BlockView> page = explorer.blocksDownFrom(Math.min(from, client.height()), PAGE);
    terminal.print(
        String.format(
            "%8s  %-24s  %-8s %4s %9s  %s", "height", "time", "proposer", "txs", "gas", "hash"));
    page.forEach(this::row);
    long next = page.get(page.size() - 1).height() - 1;
    if (next >= 0) {
      terminal.print("older ones: blocks " + next);
    }
  }

  private void row(BlockView block) {
    terminal.print(
        String.format(
            "%8d  %-24s  %-8s %4d %9d  %s",
            block.height(),
            block.time(),
            block.height() == 0 ? "genesis" : block.proposer(),
            block.transactionCount(),
            block.gasUsed(),
            block.hash()));
  }

  private void search(List<String> given) {
    SearchResult found =
        explorer
            .search(given.get(0))
            .orElseThrow(() -> new IllegalArgumentException("nothing here is " + given.get(0)));
    if (found instanceof SearchResult.OfBlock block) {
      block(block.block());
    } else if (found instanceof SearchResult.OfTransaction tx) {
      transaction(tx.transaction().transaction().hash().toHex());
    } else if (found instanceof SearchResult.OfAccount account) {
      account(account);
    } else if (found instanceof SearchResult.OfToken token) {
      field("token", token.symbol());
      token.contracts().forEach(contract -> field("contract", contract));
    } else {
      terminal.print(found.toString());
    }
  }

  private void block(BlockView block) {
    field("block", block.height());
    field("hash", block.hash());
    field("time", block.time());
    field("proposer", block.proposer());
    field("gas used", block.gasUsed());
    field("supply", block.supply());
    block.block().transactions().forEach(tx -> field("transaction", tx.hash()));
  }

  private void account(SearchResult.OfAccount found) {
    field("address", found.address());
    if (found.account().isEmpty()) {
      field("", "nothing ever happened to it");
      return;
    }
    found
        .account()
        .ifPresent(
            account -> {
              field("kind", account.isContract() ? "contract" : "account");
              field("balance", account.balance());
              field("nonce", Long.toUnsignedString(account.nonce()));
            });
    field("history", "history " + found.address());
  }

  private void transaction(String hash) {
    explorer
        .transaction(Hash.fromHex(hash))
        .ifPresentOrElse(
            tx -> {
              what(tx.transaction());
              tx.receipt().ifPresentOrElse(this::outcome, () -> field("status", "waiting"));
            },
            () -> terminal.print("no such transaction"));
  }

  private void what(SignedTx tx) {
    field("transaction", tx.hash());
    field("type", tx.type().label());
    field("from", tx.sender());
    tx.tx().to().ifPresent(to -> field("to", to));
    field("amount", tx.tx().value());
    field("fee payer", tx.payer());
    field("input", shown(tx.tx().input()));
  }

  private static String shown(Bytes input) {
    return input.size() <= INPUT_BYTES
        ? input.toHex()
        : input.slice(0, INPUT_BYTES).toHex() + ".. " + input.size() + " bytes";
  }

  private void outcome(Receipt receipt) {
    field("status", receipt.isSuccess() ? "success" : "failure " + receipt.status());
    field("block", receipt.blockNumber() + ", place " + receipt.index());
    field("fee", receipt.fee() + ": " + receipt.gasUsed() + " gas at " + receipt.gasPrice());
    receipt.contract().ifPresent(contract -> field("contract", contract));
    receipt.logs().forEach(log -> field("log", log.address() + " " + log.topics().get(0)));
  }

  private void field(String name, Object value) {
    terminal.print(String.format("%-12s %s", name, value));
  }

  private void history(List<String> given) {
    for (Receipt receipt : explorer.history(Address.parse(given.get(0)), HISTORY)) {
      terminal.print("block " + receipt.blockNumber() + "  " + receipt.hash());
    }
  }

  private void validators() {
    ChainSpec spec = client.info().spec();
    spec.validators().stream()
        .flatMap(address -> spec.validatorName(address).stream())
        .flatMap(name -> explorer.validator(name).stream())
        .forEach(
            validator ->
                terminal.print(
                    String.format(
                        "%-8s %s  proposed %d",
                        validator.name(), validator.address(), validator.proposed())));
  }

  private void tps(List<String> given) {
    Window window =
        given.isEmpty() ? Window.minutes(1) : Window.seconds(Words.number(given.get(0)));
    terminal.print(String.format("%.1f transactions per second", explorer.tps(window)));
  }

  @Override
  public List<Supplier<String>> demo(Path scratch) {
    return List.of(
        () -> "blocks",
        () -> "tps",
        () -> "validators",
        () -> "search " + aBlock().hash().toHex(),
        () -> "tx " + aBlock().block().transactions().get(0).hash().toHex(),
        () -> "search " + aBlock().block().transactions().get(0).sender(),
        () -> "search tomorrow");
  }

  /** The last block that has a transaction; BLASQ's first ones are always there. */
  private BlockView aBlock() {
    long height = client.height();
    BlockView block = explorer.block(height).orElseThrow();
    while (block.transactionCount() == 0) {
      height--;
      block = explorer.block(height).orElseThrow();
    }
    return block;
  }

  @Override
  public void close() {
    // nothing is open: the chain is another's
  }
}
