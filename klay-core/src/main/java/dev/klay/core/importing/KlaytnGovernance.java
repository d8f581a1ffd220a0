package dev.klay.core.importing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.block.Header;
import dev.klay.core.config.Fork;
import dev.klay.core.config.ForkSchedule;
import dev.klay.core.config.Genesis;
import dev.klay.core.config.GovernanceData;
import dev.klay.core.config.GovernanceKey;
import dev.klay.core.config.GovernanceParameters;
import dev.klay.core.config.GovernanceVote;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Klaytn's votes in headers ({@code klaytn-genesis-governance.md} section 3): validators come and
 * go with the next block; changed parameters are written down at the end of the epoch and hold one
 * epoch later. Immutable.
 */
final class KlaytnGovernance implements Governance {
  private record ParameterVote(Address validator, GovernanceKey key, JsonNode value) {}

  private final ForkSchedule forks;
  private final long epoch;
  private final List<Address> council;

  /** Parameters from the epoch block that wrote them down, by its number; 0 is the genesis. */
  private final NavigableMap<Long, GovernanceParameters> written;

  /** The votes on parameters of the running epoch, in their order. */
  private final List<ParameterVote> votes;

  private KlaytnGovernance(
      ForkSchedule forks,
      long epoch,
      List<Address> council,
      NavigableMap<Long, GovernanceParameters> written,
      List<ParameterVote> votes) {
    this.forks = forks;
    this.epoch = epoch;
    this.council = council.stream().sorted().toList();
    this.written = written;
    this.votes = List.copyOf(votes);
  }

  static KlaytnGovernance of(Genesis genesis) {
    NavigableMap<Long, GovernanceParameters> written = new TreeMap<>();
    written.put(0L, genesis.parameters());
    return new KlaytnGovernance(
        genesis.forks(), genesis.parameters().epoch(), genesis.validators(), written, List.of());
  }

  @Override
  public List<Address> validators() {
    return council;
  }

  @Override
  public GovernanceParameters parameters(long number) {
    return written.floorEntry(sourceOf(number)).getValue();
  }

  /** The last epoch block whose writing holds at a block: the one before the last, roughly. */
  private long sourceOf(long number) {
    if (number <= epoch) {
      return 0;
    }
    long last = forks.isActive(Fork.KORE, number) ? number : number - 1;
    return Math.max(0, last - last % epoch - epoch);
  }

  @Override
  public GovernanceParameters rewardParameters(long number) {
    boolean older = !forks.isActive(Fork.KORE, number) && number % epoch == 0;
    return parameters(older ? number - epoch : number);
  }

  @Override
  public Optional<String> check(Header next, Address author) {
    try {
      if (!next.vote().isEmpty()) {
        GovernanceVote vote = GovernanceVote.decode(next.vote());
        if (!council.contains(vote.validator())) {
          return Optional.of("vote by " + vote.validator() + ", which is no validator");
        }
      }
      return checkData(next);
    } catch (DecodingException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * What is written down was voted for. That something voted for is missing passes, as with Klaytn:
   * of values that hold already it writes some, some not.
   */
  private Optional<String> checkData(Header next) {
    if (next.governance().isEmpty()) {
      return Optional.empty();
    }
    if (next.number() % epoch != 0) {
      return Optional.of("governance data must be empty off the epoch's end");
    }
    Map<GovernanceKey, JsonNode> decided = tally(next.number());
    Map<GovernanceKey, JsonNode> claimed = GovernanceData.decode(next.governance());
    for (Map.Entry<GovernanceKey, JsonNode> entry : claimed.entrySet()) {
      JsonNode due = decided.get(entry.getKey());
      if (due == null || !entry.getKey().isSameValue(entry.getValue(), due)) {
        return Optional.of(entry + " was not voted for; decided was " + decided);
      }
    }
    return Optional.empty();
  }

  /** What the epoch's votes decided: the last accepted value of each parameter. */
  private Map<GovernanceKey, JsonNode> tally(long number) {
    GovernanceParameters current = parameters(number);
    Map<GovernanceKey, JsonNode> decided = new EnumMap<>(GovernanceKey.class);
    Map<GovernanceKey, Map<Address, JsonNode>> ballots = new EnumMap<>(GovernanceKey.class);
    for (ParameterVote vote : votes) {
      Map<Address, JsonNode> ballot =
          ballots.computeIfAbsent(vote.key(), k -> new LinkedHashMap<>());
      ballot.put(vote.validator(), vote.value());
      if (isAccepted(current, vote, ballot)) {
        decided.put(vote.key(), vote.value());
      }
    }
    return decided;
  }

  private boolean isAccepted(
      GovernanceParameters current, ParameterVote vote, Map<Address, JsonNode> ballot) {
    return switch (current.governanceMode()) {
      case "single" -> vote.validator().equals(current.governingNode());
      case "ballot" -> {
        long agreeing = ballot.values().stream().filter(vote.value()::equals).count();
        yield 2 * agreeing > council.size();
      }
      default -> true;
    };
  }

  /**
   * Ballots, and the epoch's end before each of them and before the last block: votes end there.
   */
  @Override
  public LongStream replayed(long last, List<Long> ballots) {
    LongStream ends =
        LongStream.concat(ballots.stream().mapToLong(Long::longValue), LongStream.of(last))
            .map(number -> number - number % epoch);
    return LongStream.concat(ends, ballots.stream().mapToLong(Long::longValue))
        .filter(number -> number > 0)
        .sorted()
        .distinct();
  }

  @Override
  public Governance after(Header imported, Address author) {
    long number = imported.number();
    NavigableMap<Long, GovernanceParameters> nextWritten = written;
    List<ParameterVote> nextVotes = new ArrayList<>(votes);
    if (number % epoch == 0) {
      nextVotes.clear();
      if (!imported.governance().isEmpty()) {
        nextWritten = new TreeMap<>(written);
        nextWritten.put(
            number,
            written.lastEntry().getValue().with(GovernanceData.decode(imported.governance())));
      }
    }
    List<Address> nextCouncil = council;
    if (!imported.vote().isEmpty()) {
      GovernanceVote vote = GovernanceVote.decode(imported.vote());
      if (vote.concernsValidators()) {
        nextCouncil = changed(vote, number);
      } else if (vote.parameter().isPresent()) {
        nextVotes.add(
            new ParameterVote(
                vote.validator(), vote.parameter().orElseThrow(), vote.parameterValue()));
      }
    }
    return new KlaytnGovernance(forks, epoch, nextCouncil, nextWritten, nextVotes);
  }

  /** A vote that adds who is there or removes who is not is void as a whole. */
  private List<Address> changed(GovernanceVote vote, long number) {
    GovernanceParameters current = parameters(number);
    boolean counts =
        !current.governanceMode().equals("single")
            || vote.validator().equals(current.governingNode());
    List<Address> targets = vote.targets();
    Set<Address> members = new HashSet<>(council);
    for (Address target : targets) {
      boolean works = vote.isAddition() ? members.add(target) : members.remove(target);
      counts &= works;
    }
    return counts && !members.isEmpty() ? List.copyOf(members) : council;
  }
}
