package dev.klay.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.consensus.node.Ballots;
import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.core.config.Ballot;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.storage.CorruptStoreException;
import dev.klay.core.storage.Storage;
import dev.klay.crypto.primitive.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BallotFileTest {
  private static final List<Address> FIVE = DevKeys.validatorAddresses(5);

  @TempDir private Path directory = Path.of("");

  @Test
  void openBallotsComeBackWithTheNode() {
    ChainSpec spec = ChainSpec.development();
    Path chain = directory.resolve("chain");
    Ballot add = Ballot.add(FIVE.get(4));
    Ballot remove = Ballot.remove(FIVE.get(3));
    try (KlayNode node = KlayNode.of(spec).storage(Storage.directory(chain)).start()) {
      node.cast(add);
      node.cast(remove);
      node.withdraw(remove.target());
    }
    assertThat(directory.resolve("chain.ballots"))
        .hasContent("add " + FIVE.get(4).toHex() + System.lineSeparator());
    try (KlayNode node = KlayNode.of(spec).storage(Storage.directory(chain)).start()) {
      assertThat(node.openBallots()).containsExactly(add);
      node.withdraw(add.target());
      assertThat(node.openBallots()).isEmpty();
    }
  }

  @Test
  void aFileThatHoldsSomethingElseIsRefusedAndNamed() throws IOException {
    BallotFile file = new BallotFile(directory.resolve("b"));
    assertThat(file.read()).isEmpty();
    for (String wrong :
        List.of("adds 0x12", "add 0x12", "remove", "\u0000", "add " + "x".repeat(99))) {
      Files.writeString(file.file(), wrong + "\n");
      assertThatThrownBy(file::read)
          .isInstanceOf(CorruptStoreException.class)
          .hasMessageContaining(file.file().toString());
    }
    Files.writeString(file.file(), "add 0x12\n".repeat(10_000));
    assertThatThrownBy(file::read).isInstanceOf(CorruptStoreException.class);
  }

  @Test
  void aBallotIsClosedOnceItsWishHoldsSoThatItDoesNotComeBack() {
    Ballots ballots = new Ballots();
    ValidatorSet four = ValidatorSet.of(FIVE.subList(0, 4));
    ballots.cast(Ballot.add(FIVE.get(4)));
    ballots.accuse(FIVE.get(0));
    ballots.settle(four);
    assertThat(ballots.open()).hasSize(2);
    ballots.settle(ValidatorSet.of(FIVE.subList(1, 5)));
    assertThat(ballots.open()).isEmpty();
    assertThat(ballots.isOpen(four, FIVE.get(1))).isFalse();
  }

  @Test
  void anAccusationYieldsToTheOperator() {
    Ballots ballots = new Ballots();
    ballots.cast(Ballot.add(FIVE.get(4)));
    ballots.accuse(FIVE.get(4));
    assertThat(ballots.open()).containsExactly(Ballot.add(FIVE.get(4)));
    for (int i = 1; i <= 2 * Ballots.MAX; i++) {
      byte[] other = new byte[Address.SIZE];
      other[0] = (byte) i;
      other[1] = (byte) (i >> 8);
      ballots.accuse(Address.of(other));
    }
    assertThat(ballots.open()).hasSize(Ballots.MAX);
  }
}
