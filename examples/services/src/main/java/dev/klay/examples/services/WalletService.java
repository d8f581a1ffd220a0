package dev.klay.examples.services;

import dev.klay.client.FeeLimit;
import dev.klay.client.KlayClient;
import dev.klay.client.contract.Token;
import dev.klay.client.wallet.Asset;
import dev.klay.client.wallet.NewWallet;
import dev.klay.client.wallet.RevealedKey;
import dev.klay.client.wallet.Wallet;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.keystore.Keystore;
import dev.klay.crypto.keystore.KeystoreCost;
import dev.klay.crypto.keystore.PasswordPolicy;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Wallet: made in three steps, with coins from the faucet, a fee limit and tokens. */
final class WalletService implements Service {
  private static final String KLAY = "KLAY";

  /** Somebody to send to in demonstrations. */
  static final String FRIEND = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

  private final KlayClient client;
  private final KeystoreCost cost;
  private final Terminal terminal;
  private Optional<NewWallet> fresh = Optional.empty();
  private Optional<Wallet> wallet = Optional.empty();

  WalletService(KlayClient client, KeystoreCost cost, Terminal terminal) {
    this.client = client;
    this.cost = cost;
    this.terminal = terminal;
  }

  /** Opens the menu at Wallet. */
  public static void main(String[] args) throws IOException {
    Services.main(Services.with("wallet", args));
  }

  @Override
  public String name() {
    return "wallet";
  }

  @Override
  public String about() {
    return "make a wallet, get coins, send them";
  }

  @Override
  public List<Command> commands() {
    return List.of(
        new Command("create", "", "step 1: choose a password", given -> create()),
        new Command("save", "FILE", "step 2: keep the wallet's file", this::save),
        new Command("key", "", "step 3: write down the key, shown once", given -> key()),
        new Command("open", "FILE", "open a wallet's file", this::open),
        new Command("address", "", "where others send to", given -> address()),
        new Command("faucet", "", "coins to try the network with", given -> faucet()),
        new Command("assets", "", "what the wallet holds", given -> assets()),
        new Command(
            "send", "AMOUNT WHAT TO [FEE]", "such as: send 1.5 KLAY 0x.. 0.001", this::send));
  }

  private void create() {
    NewWallet made =
        withPassword(password -> Wallet.create(password, PasswordPolicy.aspen(), cost));
    close();
    fresh = Optional.of(made);
    wallet = Optional.of(made.connect(client));
    terminal.print("your address is " + made.address());
  }

  private void save(List<String> given) {
    Path file = Path.of(given.get(0));
    justMade().keystore().writeTo(file);
    terminal.print("saved in " + file + "; only you can read it, with the password");
  }

  private void key() {
    try (RevealedKey key = justMade().revealPrivateKey()) {
      terminal.printSecret("whoever knows this owns the wallet: ", key.hex());
    }
  }

  private void open(List<String> given) {
    Keystore file = Keystore.read(Path.of(given.get(0)));
    Wallet opened = withPassword(password -> Wallet.open(client, file, password));
    close();
    wallet = Optional.of(opened);
    address();
  }

  private <T> T withPassword(Function<char[], T> use) {
    char[] password = terminal.readSecret("password: ");
    try {
      return use.apply(password);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private void address() {
    terminal.print("your address is " + wallet().address());
  }

  private void faucet() {
    Receipt drip = client.faucet().drip(wallet().address());
    terminal.print(client.faucet().amount() + " in block " + drip.blockNumber());
  }

  private void assets() {
    for (Asset asset : wallet().assets()) {
      terminal.print(asset + asset.token().map(token -> ", token " + token.address()).orElse(""));
    }
  }

  private void send(List<String> given) {
    String amount = given.get(0);
    Address to = Address.parse(given.get(2));
    FeeLimit limit = given.size() > 3 ? FeeLimit.of(given.get(3)) : FeeLimit.NONE;
    Receipt sent;
    if (given.get(1).equals(KLAY)) {
      sent = wallet().send(to, Amount.klay(amount), limit);
    } else {
      Token token = token(given.get(1));
      sent = wallet().send(token, to, token.units(amount), limit);
    }
    terminal.print("sent in block " + sent.blockNumber() + ", fee " + sent.fee());
  }

  /** Anybody can name a token as they like; where two have a name, its address tells. */
  private Token token(String name) {
    List<Token> named =
        wallet().assets().stream()
            .filter(asset -> asset.symbol().equals(name) || isAt(asset, name))
            .flatMap(asset -> asset.token().stream())
            .toList();
    if (named.size() != 1) {
      throw new IllegalArgumentException(
          named.size() + " of your tokens are " + name + "; see assets, and name it by address");
    }
    return named.get(0);
  }

  private static boolean isAt(Asset asset, String address) {
    return asset.token().filter(token -> token.address().toString().equals(address)).isPresent();
  }

  private NewWallet justMade() {
    return fresh.orElseThrow(() -> new IllegalStateException("create a wallet first"));
  }

  /** The wallet in use. */
  Wallet wallet() {
    return wallet.orElseThrow(() -> new IllegalStateException("create or open a wallet first"));
  }

  @Override
  public List<Supplier<String>> demo(Path scratch) {
    Path file = scratch.resolve("wallet.json");
    return Words.typed(
        "create",
        "abc1!", // refused: too short
        "create",
        "aspen-2018!",
        "save " + file,
        "key",
        "faucet",
        "faucet", // refused: 900 blocks to wait
        "send 1 KLAY " + FRIEND + " 0.001",
        "send 1 KLAY " + FRIEND + " 0.0005", // refused: the fee is above the limit
        "open " + file,
        "aspen-2018!",
        "assets");
  }

  @Override
  public void close() {
    fresh.ifPresent(NewWallet::close);
    wallet.ifPresent(Wallet::close);
    fresh = Optional.empty();
    wallet = Optional.empty();
  }
}
