package dev.klay.client;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file in which a {@link Sponsor} counts, so that a process that starts again goes on with the
 * budgets as they were: no restart, crash or torn write lets it spend one peb more. What a
 * transaction can cost is durable before the sponsor's signature for it leaves.
 *
 * <pre>{@code
 * try (SponsorBook book = SponsorBook.open(Path.of("sponsor.book"))) {
 *   Sponsor sponsor = Sponsor.of(treasury).perDay(Amount.klay(50)).countedIn(book);
 *   sponsor.catchUp(); // frees what transactions of before did not cost
 * }
 * }</pre>
 *
 * <p>The file holds one day: lines of text, each behind its checksum, about 150 bytes for a
 * transaction. Only its owner can read it. One process at a time has it; beside it lies a file
 * whose name ends in {@code .lock}. Sponsors that share a book share what is counted. Safe for any
 * thread.
 */
public final class SponsorBook implements AutoCloseable {
  private final SponsorLines lines;
  private final FileChannel lock;
  private final SponsorLedger ledger;

  private SponsorBook(Path file, FileChannel lock) {
    this.lock = lock;
    this.lines = new SponsorLines(file);
    this.ledger = new SponsorLedger(new Written());
    for (String line : lines.read()) {
      take(file, line);
    }
    lines.replace(summary());
  }

  /**
   * Opens a book, an empty one if there is no such file.
   *
   * @throws SponsorBookException if it is damaged, in use, or not to be read or written
   */
  public static SponsorBook open(Path file) {
    FileChannel lock = lock(file);
    boolean opened = false;
    try {
      SponsorBook book = new SponsorBook(file, lock);
      opened = true;
      return book;
    } finally {
      if (!opened) {
        close(lock);
      }
    }
  }

  private static FileChannel lock(Path file) {
    Path beside = file.resolveSibling(file.getFileName() + ".lock");
    try {
      FileChannel channel =
          FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        throw new SponsorBookException(
            file + " is in use: a book is for one process at a time, and is opened once in it");
      }
      return channel;
    } catch (IOException e) {
      throw new SponsorBookException("cannot lock " + beside + "; check the directory", e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException inThisProcess) {
      return false;
    }
  }

  SponsorLedger ledger() {
    return ledger;
  }

  private void take(Path file, String line) {
    String[] words = line.split(" ");
    try {
      switch (words[0]) {
        case "day" -> ledger.begin(Long.parseLong(words[1]));
        case "spent" -> ledger.addSpent(Address.parse(words[1]), amount(words[2]));
        case "claim" ->
            ledger.addClaim(Hash.fromHex(words[1]), Address.parse(words[2]), amount(words[3]));
        case "cost" -> ledger.settle(Hash.fromHex(words[1]), amount(words[2]));
        default -> throw new SponsorBookException(file + " is no sponsor's book: " + line);
      }
    } catch (DecodingException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new SponsorBookException(file + " is no sponsor's book: " + line, e);
    }
  }

  private static Amount amount(String peb) {
    return Amount.peb(new BigInteger(peb));
  }

  private List<String> summary() {
    List<String> all = new ArrayList<>();
    ledger.tell(
        new SponsorLedger.Summary() {
          @Override
          public void day(long day) {
            all.add("day " + day);
          }

          @Override
          public void spent(Address user, Amount amount) {
            all.add("spent " + user + " " + peb(amount));
          }

          @Override
          public void claim(Hash transaction, Address user, Amount most) {
            all.add(claimLine(transaction, user, most));
          }
        });
    return all;
  }

  private static String claimLine(Hash transaction, Address user, Amount most) {
    return "claim " + transaction.toHex() + " " + user + " " + peb(most);
  }

  private static String peb(Amount amount) {
    return amount.peb().toBigInteger().toString();
  }

  /** Under the ledger's lock. */
  private final class Written implements SponsorLedger.Journal {
    @Override
    public void begun(long day) {
      lines.replace(List.of("day " + day));
    }

    @Override
    public void claimed(Hash transaction, SponsorLedger.Claim claim) {
      lines.append(claimLine(transaction, claim.user(), claim.most()), true);
    }

    @Override
    public void settled(Hash transaction, Amount cost) {
      lines.append("cost " + transaction.toHex() + " " + peb(cost), false);
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new SponsorBookException("cannot close the lock of a sponsor's book", e);
    }
  }

  /** Sponsors that count here sign nothing any more. */
  @Override
  public void close() {
    try {
      lines.close();
    } finally {
      close(lock);
    }
  }
}
