package dev.klay.caver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;

/**
 * Usage: CaverJava SETTINGS.json. The settings say where the node is, which keys are funded and
 * which keystores Klay wrote; keystores that caver-java writes go into the working directory.
 */
public final class CaverJava {
  private CaverJava() {}

  public static void main(String[] args) throws Exception {
    JsonNode settings = new ObjectMapper().readTree(new File(args[0]));
    Network network = new Network(settings);
    Checks checks = new Checks();
    new Transactions(network).check(checks);
    new AccountKeys(network).check(checks);
    new Contracts(network).check(checks);
    new Tokens(network).check(checks);
    new Reads(network).check(checks);
    new UnlockedAccount(network).check(checks);
    new Subscriptions(network).check(checks);
    new Keystores(settings).check(checks);
    System.exit(checks.finish()); // OkHttp 4 and web3j leave threads behind
  }
}
