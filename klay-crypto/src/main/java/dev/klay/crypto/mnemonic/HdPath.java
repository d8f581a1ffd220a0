package dev.klay.crypto.mnemonic;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The way from a master key to a key below it (BIP-32, BIP-44).
 *
 * <pre>{@code
 * HdPath.parse("m/44'/60'/0'/0/0").equals(HdPath.ethereum(0));
 * }</pre>
 *
 * @param indexes one for each level; a hardened index has its highest bit set, so is negative as an
 *     int
 */
public record HdPath(List<Integer> indexes) {
  /** The bit of a hardened index. */
  public static final int HARDENED = 0x8000_0000;

  /** Coin type of Ethereum (SLIP-44). */
  public static final int COIN_ETHEREUM = 60;

  /** Coin type of Klaytn (SLIP-44). */
  public static final int COIN_KLAYTN = 8217;

  /** Depth is one byte in an extended key. */
  private static final int LEVELS_MAX = 255;

  private static final int TEXT_LENGTH_MAX = 4096;

  public HdPath {
    if (indexes.size() > LEVELS_MAX) {
      throw new InvalidPathException("a path has at most 255 levels, not " + indexes.size());
    }
    indexes = List.copyOf(indexes);
  }

  /** {@code m/44'/8217'/0'/0/i}: the i-th account of a Klaytn wallet, from 0. */
  public static HdPath klaytn(int account) {
    return bip44(COIN_KLAYTN, account);
  }

  /** {@code m/44'/60'/0'/0/i}, which many wallets use on Klaytn too. */
  public static HdPath ethereum(int account) {
    return bip44(COIN_ETHEREUM, account);
  }

  private static HdPath bip44(int coin, int account) {
    if (account < 0) {
      throw new IllegalArgumentException("accounts count from 0, not " + account);
    }
    return new HdPath(List.of(44 | HARDENED, coin | HARDENED, HARDENED, 0, account));
  }

  /**
   * {@code m} and levels behind slashes; a hardened one ends in {@code '}, {@code h} or {@code H}.
   *
   * @throws InvalidPathException on other text
   */
  public static HdPath parse(String text) {
    if (text.length() > TEXT_LENGTH_MAX || !text.matches("m(/[0-9]{1,10}['hH]?)*")) {
      throw new InvalidPathException(
          "not a path like m/44'/8217'/0'/0/0: \"" + shorten(text) + '"');
    }
    List<Integer> indexes = new ArrayList<>();
    List<String> levels = List.of(text.split("/"));
    for (String level : levels.subList(1, levels.size())) {
      boolean hardened = !Character.isDigit(level.charAt(level.length() - 1));
      long index = Long.parseLong(hardened ? level.substring(0, level.length() - 1) : level);
      if (index > Integer.MAX_VALUE) {
        throw new InvalidPathException("a level is at most 2^31-1, not " + index);
      }
      indexes.add((int) index | (hardened ? HARDENED : 0));
    }
    return new HdPath(indexes);
  }

  /** This path one level further down; the index carries {@link #HARDENED} if it is hardened. */
  public HdPath child(int index) {
    List<Integer> longer = new ArrayList<>(indexes);
    longer.add(index);
    return new HdPath(longer);
  }

  private static String shorten(String text) {
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }

  /** The form {@code m/44'/8217'/0'/0/0}. */
  @Override
  public String toString() {
    return indexes.stream()
        .map(i -> "/" + (i & Integer.MAX_VALUE) + (i < 0 ? "'" : ""))
        .collect(Collectors.joining("", "m", ""));
  }
}
