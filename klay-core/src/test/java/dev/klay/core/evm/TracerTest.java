package dev.klay.core.evm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.evm.trace.CallTracer;
import dev.klay.core.evm.trace.CompositeTracer;
import dev.klay.core.evm.trace.FailureTracer;
import dev.klay.core.evm.trace.FlatTraceJson;
import dev.klay.core.evm.trace.GethTraceJson;
import dev.klay.core.evm.trace.LegacyTraceJson;
import dev.klay.core.evm.trace.PrestateTracer;
import dev.klay.core.evm.trace.StateDifference;
import dev.klay.core.evm.trace.StructLogTracer;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One of geth's tracer tests; the folder it lies in says which tracer. */
final class TracerTest {
  /** The forks by their field in a chain's configuration, the newest first. */
  private static final List<Fork> FORKS =
      List.of(
          new Fork("osakaTime", EthereumRules.OSAKA),
          new Fork("pragueTime", EthereumRules.PRAGUE),
          new Fork("cancunTime", EthereumRules.CANCUN),
          new Fork("shanghaiTime", EthereumRules.SHANGHAI),
          new Fork("londonBlock", EthereumRules.LONDON),
          new Fork("berlinBlock", EthereumRules.BERLIN),
          new Fork("istanbulBlock", EthereumRules.ISTANBUL),
          new Fork("petersburgBlock", EthereumRules.PETERSBURG),
          new Fork("constantinopleBlock", EthereumRules.CONSTANTINOPLE),
          new Fork("byzantiumBlock", EthereumRules.BYZANTIUM),
          new Fork("eip158Block", EthereumRules.SPURIOUS_DRAGON),
          new Fork("eip150Block", EthereumRules.TANGERINE_WHISTLE),
          new Fork("homesteadBlock", EthereumRules.HOMESTEAD));

  private static final BigInteger NEVER = BigInteger.valueOf(Long.MAX_VALUE);
  private static final long CANCUN_FRACTION = 3_338_477;
  private static final long PRAGUE_FRACTION = 5_007_716;

  private record Fork(String field, EvmRules rules) {}

  private final String name;
  private final JsonNode test;
  private final JsonNode options;
  private final JsonNode context;
  private final EvmRules rules;
  private final WorldState before;
  private final EthereumTx tx;

  TracerTest(String name, JsonNode test) {
    this.name = name;
    this.test = test;
    this.options = test.path("tracerConfig");
    this.context = test.get("context");
    this.rules = rules();
    this.before = EthereumState.read(accounts());
    this.tx = EthereumTx.decode(Bytes.fromHex(test.get("input").asText()));
  }

  void check() {
    JsonNode expected = normal(test.get("result"));
    JsonNode actual = normal(trace());
    assertThat(actual).isEqualTo(expected);
  }

  private JsonNode trace() {
    if (name.contains("prestate_tracer")) {
      return prestate();
    }
    boolean legacy = name.contains("legacy");
    CallTracer tracer =
        new CallTracer(
            new CallTracer.Options(
                !name.contains("flat") && options.path("onlyTopCall").asBoolean(),
                options.path("withLog").asBoolean(),
                legacy));
    execute(tracer);
    if (name.contains("flat")) {
      return FlatTraceJson.calls(
          tracer,
          new FlatTraceJson.Options(
              options.path("convertParityErrors").asBoolean(),
              options.path("includePrecompiles").asBoolean()),
          new FlatTraceJson.Place(Optional.empty(), number("number"), Optional.of(tx.hash()), 0));
    }
    return legacy ? LegacyTraceJson.calls(tracer) : GethTraceJson.calls(tracer);
  }

  private JsonNode prestate() {
    boolean legacy = name.contains("legacy");
    PrestateTracer.Options shown =
        new PrestateTracer.Options(
            !options.path("disableCode").asBoolean(),
            !options.path("disableStorage").asBoolean(),
            options.path("includeEmpty").asBoolean());
    PrestateTracer tracer = new PrestateTracer(shown, before, rules.hasDelegation());
    WorldState after = execute(tracer);
    if (options.path("diffMode").asBoolean()) {
      StateDifference difference = tracer.difference(after);
      return GethTraceJson.difference(difference, shown);
    }
    return legacy ? LegacyTraceJson.prestate(tracer.result()) : GethTraceJson.prestate(tracer);
  }

  /** Runs it once with all tracers together, so that none disturbs another. */
  private WorldState execute(Tracer tracer) {
    StateUpdater state = new StateUpdater(before);
    UInt256 gasLimit = UInt256.of(number("gasLimit"));
    EthereumTxExecutor executor = new EthereumTxExecutor(rules, state, block(), gasLimit, 9);
    assertThat(executor.fault(tx)).isEmpty();
    FailureTracer failure = new FailureTracer();
    TxExecution.Outcome outcome =
        executor.execute(
            tx,
            new CompositeTracer(
                tracer, failure, new StructLogTracer(StructLogTracer.Options.DEFAULT)));
    assertThat(failure.failure().isPresent()).isEqualTo(!outcome.result().isSuccess());
    return state.build(rules.removesEmptyAccounts());
  }

  private BlockContext block() {
    boolean hasBlobs = context.has("excessBlobGas") || test.get("genesis").has("excessBlobGas");
    long excess = hasBlobs ? big(test.get("genesis").path("excessBlobGas")).longValue() : 0;
    return new BlockContext(
        config("chainId").longValue(),
        number("number"),
        number("timestamp"),
        Address.parse(context.get("miner").asText().toLowerCase(Locale.ROOT)),
        UInt256.of(big(context.path("difficulty"))),
        number("gasLimit"),
        UInt256.of(big(context.path("baseFeePerGas"))),
        EthereumTxExecutor.blobBaseFee(
            UInt256.of(excess), rules.hasDelegation() ? PRAGUE_FRACTION : CANCUN_FRACTION),
        TracerTest::ancestor);
  }

  private static Hash ancestor(long number) {
    return Keccak256.hash(Bytes.wrap(Long.toString(number).getBytes(StandardCharsets.US_ASCII)));
  }

  /** The accounts of the genesis with hexadecimal nonces. */
  private JsonNode accounts() {
    ObjectNode accounts = test.get("genesis").get("alloc").deepCopy();
    for (JsonNode account : accounts) {
      if (account.has("nonce")) {
        String nonce = "0x" + big(account.get("nonce")).toString(16);
        ((ObjectNode) account).put("nonce", nonce);
      }
    }
    return accounts;
  }

  /** A field of the chain's configuration, in any case of letters, as in Go. */
  private BigInteger config(String field) {
    return test.get("genesis").get("config").properties().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(field))
        .map(entry -> big(entry.getValue()))
        .findFirst()
        .orElse(NEVER);
  }

  private EvmRules rules() {
    return FORKS.stream()
        .filter(
            fork ->
                config(fork.field()).longValue()
                    <= number(fork.field().endsWith("Time") ? "timestamp" : "number"))
        .map(Fork::rules)
        .findFirst()
        .orElse(EthereumRules.FRONTIER);
  }

  private long number(String field) {
    return big(context.get(field)).longValue();
  }

  private static BigInteger big(JsonNode node) {
    String text = node.asText("0");
    return text.isEmpty()
        ? BigInteger.ZERO
        : text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
  }

  /** Without what geth's own comparison passes over, and with addresses in one spelling. */
  private JsonNode normal(JsonNode node) {
    if (node.isArray()) {
      ArrayNode list = ((ArrayNode) node).arrayNode();
      node.forEach(item -> list.add(normal(item)));
      return list;
    }
    if (!node.isObject()) {
      return node.isTextual()
          ? ((ObjectNode) test).textNode(node.asText().toLowerCase(Locale.ROOT))
          : node.isIntegralNumber() ? ((ObjectNode) test).numberNode(node.asLong()) : node;
    }
    ObjectNode object = ((ObjectNode) node).objectNode();
    node.properties()
        .forEach(
            field -> {
              if (!isPassedOver(field.getKey(), field.getValue())) {
                object.set(field.getKey().toLowerCase(Locale.ROOT), normal(field.getValue()));
              }
            });
    return object;
  }

  private boolean isPassedOver(String field, JsonNode value) {
    boolean isFirst = List.of("index", "position").contains(field) && value.asText().equals("0x0");
    if (field.equals("time") || isFirst) {
      return true;
    }
    if (!name.contains("flat")) {
      return false;
    }
    boolean isOfPlace =
        List.of("blockHash", "blockNumber", "transactionHash", "transactionPosition")
            .contains(field);
    boolean isNothing =
        value.isNull()
            || field.equals("result") && value.isEmpty()
            || field.equals("balance") && value.asText().equals("0x0")
            || List.of("output", "code", "input", "init").contains(field)
                && value.asText().equals("0x");
    return isOfPlace || isNothing;
  }
}
