package dev.klay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.transaction.PartialTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.primitive.Amount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sponsor's budgets outlive its process. */
class SponsorBookTest {
  private static final Amount FEE = Amount.klay("0.000775"); // 21,000 and 10,000 gas at 25 ston

  @TempDir Path directory;

  private final KlayChain chain = KlayChain.inMemory();
  private final Account treasury = chain.account(0);
  private final Account reader = chain.newAccount();
  private final Account author = chain.account(1);
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private Path file = Path.of("");

  @BeforeEach
  void choose() {
    file = directory.resolve("sponsor.book");
  }

  @AfterEach
  void close() {
    chain.close();
  }

  private Sponsor sponsor(SponsorBook book) {
    return Sponsor.of(treasury)
        .perUser(FEE.times(2))
        .perDay(FEE.times(3))
        .clock(() -> now)
        .countedIn(book);
  }

  private void pay(SponsorBook book) {
    reader.paidBy(sponsor(book)).send(author.address(), Amount.ZERO);
  }

  private PartialTx offer() {
    return reader.offer(
        (head, fee) ->
            new ValueTransferTx(head, fee, reader.address(), author.address(), Amount.ZERO));
  }

  @Test
  void whatWasSpentBeforeARestartIsSpent() {
    try (SponsorBook book = SponsorBook.open(file)) {
      pay(book);
    }
    try (SponsorBook book = SponsorBook.open(file)) {
      assertThat(sponsor(book).spent()).isEqualTo(FEE);
      pay(book);
      assertThatThrownBy(() -> pay(book)).isInstanceOf(SponsorRefusedException.class);
    }
    now = now.plus(Duration.ofDays(1));
    try (SponsorBook book = SponsorBook.open(file)) {
      assertThat(sponsor(book).spent()).isEqualTo(Amount.ZERO);
      pay(book);
    }
    now = now.minus(Duration.ofDays(1)); // a clock that was set back gives no day twice
    try (SponsorBook book = SponsorBook.open(file)) {
      assertThat(sponsor(book).spent()).isEqualTo(FEE);
    }
  }

  @Test
  void whatWasSignedBeforeARestartStaysSetAsideUntilTheChainTellsWhatItCost() {
    SignedTx signed;
    try (SponsorBook book = SponsorBook.open(file)) {
      signed = sponsor(book).pay(offer());
    }
    try (SponsorBook book = SponsorBook.open(file)) {
      assertThat(sponsor(book).spent()).isEqualTo(FEE);
      assertThat(sponsor(book).catchUp()).isEqualTo(1);
      chain.client().send(signed);
    }
    try (SponsorBook book = SponsorBook.open(file)) {
      assertThat(sponsor(book).catchUp()).isZero();
      assertThat(sponsor(book).spent()).isEqualTo(FEE);
    }
  }

  @Test
  void nothingIsSignedThatCannotBeWrittenDown() {
    SponsorBook book = SponsorBook.open(file);
    Sponsor sponsor = sponsor(book);
    assertThat(sponsor.spent()).isEqualTo(Amount.ZERO);
    book.close();
    assertThatThrownBy(() -> sponsor.pay(offer()))
        .isInstanceOf(SponsorBookException.class)
        .hasMessageContaining("is closed");
    assertThat(sponsor.spent()).isEqualTo(Amount.ZERO);
  }

  @Test
  void aBookIsItsOwnersAndIsOpenedOnce() throws IOException {
    try (SponsorBook book = SponsorBook.open(file)) {
      pay(book);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThatThrownBy(() -> SponsorBook.open(file))
          .isInstanceOf(SponsorBookException.class)
          .hasMessageContaining("in use");
    }
    assertThat(directory.toFile().list()).containsOnly("sponsor.book", "sponsor.book.lock");
  }

  @Test
  void aTornLineIsLeftOutAndADamagedOneRefused() throws IOException {
    try (SponsorBook book = SponsorBook.open(file)) {
      pay(book);
    }
    Files.writeString(file, "0badc0de clai", StandardOpenOption.APPEND);
    try (SponsorBook book = SponsorBook.open(file)) {
      assertThat(sponsor(book).spent()).isEqualTo(FEE);
    }
    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(file, content.replace("spent 0x", "spent 0X"));
    assertThatThrownBy(() -> SponsorBook.open(file))
        .isInstanceOf(SponsorBookException.class)
        .hasMessageContaining("line 2 of")
        .hasMessageContaining("damaged");
  }

  @Test
  void theSameTransactionSentTwiceIsCountedOnce() {
    try (SponsorBook book = SponsorBook.open(file)) {
      Sponsor sponsor = sponsor(book);
      PartialTx offer = offer();
      chain.cheats().automine(false);
      var first = sponsor.sendAsync(offer);
      assertThatThrownBy(() -> sponsor.send(offer)).hasMessageContaining("known");
      assertThat(sponsor.spent()).isEqualTo(FEE); // the first may still be charged
      chain.cheats().mine();
      assertThatThrownBy(() -> sponsor.send(offer)).isInstanceOf(RuntimeException.class);
      assertThat(first.join().isSuccess()).isTrue();
      assertThat(sponsor.spent()).isEqualTo(FEE);
    }
  }
}
