package dev.klay.core.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.block.Block;
import dev.klay.core.block.Header;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.Genesis;
import dev.klay.core.config.GovernanceData;
import dev.klay.core.config.GovernanceKey;
import dev.klay.core.config.GovernanceParameters;
import dev.klay.core.config.GovernanceVote;
import dev.klay.core.istanbul.Committee;
import dev.klay.core.istanbul.KlaytnProposer;
import dev.klay.core.istanbul.ValidatorOrder;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.proof.ExtraData;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.proof.Seals;
import dev.klay.crypto.rlp.RlpReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Headers of whole Klaytn chains against the council that genesis and votes give: link, time,
 * proposer, base fee, governance data, committed seals. Execution is not looked at here.
 */
@Tag("conformance")
class KlaytnCouncilTest {
  @Test
  void everyHeaderOfAKlaytnChainIsSealedByItsCouncil() throws IOException {
    for (Path folder : Vectors.folders("klaytn", "chain-")) {
      try (Tally tally = new Tally(folder.getFileName() + "-council")) {
        List<Governance> parents = follow(folder, tally);
        compareWithAnswers(folder, parents, tally);
      }
    }
  }

  /** Checks every header; returns what held before each block, by its number. */
  private static List<Governance> follow(Path folder, Tally tally) throws IOException {
    Genesis genesis = Genesis.parse(Files.readString(folder.resolve("genesis.json")));
    ChainSpec spec = ChainSpec.klaytn(genesis);
    HeaderRules rules = new HeaderRules(spec, RandaoVerifier.UNCHECKED);
    WorldState state = genesis.state();
    Block genesisBlock = genesis.block(SealRule.ISTANBUL, state);
    ChainHead[] head = {
      new ChainHead(genesisBlock, state, KlaytnGovernance.of(genesis), Amount.ZERO)
    };
    List<Governance> governances = new ArrayList<>(List.of(head[0].governance()));
    List<Header> headers = new ArrayList<>(List.of(genesisBlock.header()));
    RlpReader reader = RlpReader.of(Bytes.wrap(Files.readAllBytes(folder.resolve("blocks.rlp"))));
    while (reader.hasNext()) {
      Block block = Block.read(SealRule.ISTANBUL, reader);
      tally.run(
          "block " + block.number(),
          () -> {
            ChainHead parent = head[0];
            Governance governance = parent.governance();
            BlockRules blockRules =
                new BlockRules(
                    genesis.chainId(),
                    block.number(),
                    genesis.forks(),
                    governance.parameters(block.number()),
                    governance.rewardParameters(block.number()),
                    false);
            List<Address> council = governance.validators();
            assertThat(rules.check(block, blockRules, parent, council)).isEmpty();
            assertThat(
                    CertificateRules.check(
                        SealRule.ISTANBUL, genesisBlock.hash(), block, governance, council))
                .isEmpty();
          });
      governances.add(head[0].governance());
      Header header = block.header();
      headers.add(header);
      head[0] =
          new ChainHead(
              block, state, head[0].governance().after(header, block.author()), Amount.ZERO);
      tally.run(
          "restart at " + block.number(),
          () -> assertReplayed(KlaytnGovernance.of(genesis), headers, head[0].governance()));
    }
    governances.add(head[0].governance());
    return governances;
  }

  /**
   * What the nodes said about council, committee and parameters. The council shown for a block is
   * the one behind its votes; the parameters are those of the block itself.
   */
  private static void compareWithAnswers(Path folder, List<Governance> before, Tally tally)
      throws IOException {
    List<Block> blocks = blocks(folder);
    for (JsonNode call : Vectors.read(folder.resolve("rpc.json"))) {
      String method = call.get("method").asText();
      JsonNode number = call.path("params").path(0);
      JsonNode recorded = call.path("result");
      if (!number.asText().startsWith("0x") || recorded.isMissingNode()) {
        continue;
      }
      if (method.equals("klay_getCouncil")) {
        int n = Integer.decode(number.asText());
        tally.run(
            method + n,
            () -> {
              assertThat(texts(before.get(n + 1).validators())).isEqualTo(texts(recorded));
              Governance last = before.get(before.size() - 1);
              assertThat(last.validators(n + 1)).isEqualTo(before.get(n + 1).validators());
            });
      } else if (method.endsWith("_getParams")) {
        int n = Integer.decode(number.asText());
        tally.run(method + n, () -> checkParameters(before.get(n).parameters(n), recorded));
      } else if (method.equals("klay_getBlockWithConsensusInfoByNumber")
          && recorded.path("committee").isArray()
          && Integer.decode(number.asText()) > 0) {
        int n = Integer.decode(number.asText());
        tally.run(method + n, () -> checkCommittee(blocks, n, before.get(n), recorded));
      }
    }
  }

  private static List<Block> blocks(Path folder) throws IOException {
    Genesis genesis = Genesis.parse(Files.readString(folder.resolve("genesis.json")));
    List<Block> blocks = new ArrayList<>();
    blocks.add(genesis.block(SealRule.ISTANBUL, genesis.state()));
    Bytes file = Bytes.wrap(Files.readAllBytes(folder.resolve("blocks.rlp")));
    for (RlpReader reader = RlpReader.of(file); reader.hasNext(); ) {
      blocks.add(Block.read(SealRule.ISTANBUL, reader));
    }
    return blocks;
  }

  private static void checkParameters(GovernanceParameters ours, JsonNode recorded) {
    for (Map.Entry<String, JsonNode> entry : recorded.properties()) {
      GovernanceKey key = GovernanceKey.ofLabel(entry.getKey()).orElseThrow();
      assertThat(key.isSameValue(ours.json(key), entry.getValue())).as(entry.toString()).isTrue();
    }
  }

  private static void checkCommittee(
      List<Block> blocks, int n, Governance parent, JsonNode recorded) {
    Block block = blocks.get(n);
    List<Address> council = ValidatorOrder.sorted(parent.validators());
    Address author = block.author();
    List<Address> committee =
        Committee.random(
            council,
            parent.parameters(n).committeeSize(),
            author,
            KlaytnProposer.roundRobin(council, Optional.of(author), 0),
            Committee.seed(block.header().parentHash(), 0, false));
    assertThat(author.toHex()).isEqualTo(recorded.get("proposer").asText());
    assertThat(texts(committee))
        .containsExactlyInAnyOrderElementsOf(texts(recorded.get("committee")));
    if (recorded.has("originProposer")) {
      Optional<Address> last = n == 1 ? Optional.empty() : Optional.of(blocks.get(n - 1).author());
      assertThat(KlaytnProposer.roundRobin(council, last, 0).toHex())
          .isEqualTo(recorded.get("originProposer").asText());
      ExtraData extra = block.header().extraData();
      assertThat(extra.round(SealRule.ISTANBUL)).isEqualTo(recorded.get("round").asInt());
      assertThat(block.header().signingHash(SealRule.ISTANBUL).toHex())
          .isEqualTo(recorded.get("sigHash").asText());
      assertThat(texts(Seals.istanbulSigners(block.hash(), extra.committedSeals())))
          .isEqualTo(texts(recorded.get("committers")));
    }
  }

  private static List<String> texts(List<Address> addresses) {
    return addresses.stream().map(Address::toHex).toList();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** What a node makes of the few headers it reads when it starts, against all headers. */
  private static void assertReplayed(Governance start, List<Header> headers, Governance expected) {
    long last = headers.size() - 1L;
    List<Long> ballots =
        headers.stream()
            .filter(h -> h.number() > 0 && !(h.vote().isEmpty() && h.governance().isEmpty()))
            .map(Header::number)
            .toList();
    Governance[] replayed = {start};
    start
        .replayed(last, ballots)
        .forEach(
            number -> {
              Header header = headers.get((int) number);
              Address author = header.proposer(SealRule.ISTANBUL);
              replayed[0] = replayed[0].after(header, author);
            });
    assertThat(replayed[0]).usingRecursiveComparison().isEqualTo(expected);
  }

  @Test
  void votesAndGovernanceDataOfHeadersAreReadAndWritten() {
    JsonNode vectors = Vectors.merged("klaytn", "governance-header");
    try (Tally tally = new Tally("klaytn-governance-header")) {
      for (JsonNode vector : vectors.path("votes")) {
        tally.run(vector.get("voteData").asText(), () -> checkVote(vector));
      }
      for (JsonNode vector : vectors.path("governance")) {
        tally.run(vector.get("governanceData").asText(), () -> checkData(vector));
      }
    }
  }

  private static void checkVote(JsonNode vector) {
    Bytes field = Bytes.fromHex(vector.get("voteData").asText());
    GovernanceVote vote = GovernanceVote.decode(field);
    assertThat(vote.encode()).isEqualTo(field);
    assertThat(vote.validator()).isEqualTo(Address.parse(vector.get("validator").asText()));
    assertThat(vote.key()).isEqualTo(vector.get("key").asText());
    JsonNode value = vector.get("value");
    if (vote.concernsValidators() && vote.value().size() % Address.SIZE != 0) {
      String text = new String(vote.value().toArray(), StandardCharsets.UTF_8);
      assertThat(text).isEqualTo(value.asText()); // its last 20 bytes count, as an address
      Bytes last = vote.value().slice(vote.value().size() - Address.SIZE, vote.value().size());
      assertThat(vote.targets()).containsExactly(Address.wrap(last.toArray()));
    } else if (vote.concernsValidators()) {
      assertThat(vote.targets()).hasSize(value.isArray() ? value.size() : 1);
      assertThat(vote.targets().get(0).toHex())
          .isEqualTo((value.isArray() ? value.get(0) : value).asText());
    } else {
      assertThat(vote.parameterValue().asText()).isEqualTo(value.asText());
    }
  }

  private static void checkData(JsonNode vector) {
    Bytes field = Bytes.fromHex(vector.get("governanceData").asText());
    Bytes canonical = GovernanceData.encode(GovernanceData.decode(field));
    assertThat(canonical.size()).isEqualTo(field.size()); // not every node sorted the keys
    assertThat(GovernanceData.decode(canonical)).isEqualTo(GovernanceData.decode(field));
    byte[] text = RlpReader.of(field).readBytes().toArray();
    assertThat(new String(text, StandardCharsets.UTF_8)).isEqualTo(vector.get("json").asText());
  }
}
