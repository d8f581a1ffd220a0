package dev.klay.crypto.mnemonic;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.web3j.crypto.MnemonicUtils;

/** The English word list of BIP-39, and phrases as positions in it. */
final class EnglishWords {
  static final List<String> LIST = List.copyOf(MnemonicUtils.getWords());

  private static final int WORDS_MAX = 24;

  /** The longest word of the list has eight letters. */
  private static final int LETTERS_MAX = 8;

  private EnglishWords() {}

  /** The words with one space between. */
  static char[] join(int[] indexes) {
    char[] phrase = new char[indexes.length * (LETTERS_MAX + 1)];
    int size = 0;
    for (int index : indexes) {
      if (size > 0) {
        phrase[size++] = ' ';
      }
      String word = LIST.get(index);
      word.getChars(0, word.length(), phrase, size);
      size += word.length();
    }
    char[] exact = Arrays.copyOf(phrase, size);
    Arrays.fill(phrase, '\0');
    return exact;
  }

  /**
   * The positions of the words; {@link InvalidMnemonicException} on one that is not in the list.
   */
  static int[] split(char[] phrase) {
    int[] indexes = new int[WORDS_MAX];
    int count = 0;
    int position = 0;
    while (true) {
      while (position < phrase.length && Character.isWhitespace(phrase[position])) {
        position++;
      }
      if (position == phrase.length) {
        return Arrays.copyOf(indexes, count);
      }
      int end = position;
      while (end < phrase.length && !Character.isWhitespace(phrase[end])) {
        end++;
      }
      if (count == WORDS_MAX) {
        throw new InvalidMnemonicException("a phrase has at most 24 words");
      }
      indexes[count++] = indexOf(phrase, position, end, count);
      position = end;
    }
  }

  private static int indexOf(char[] phrase, int from, int to, int number) {
    int index = -1;
    if (to - from <= LETTERS_MAX) {
      // The word as a String, but never the phrase.
      String word = new String(phrase, from, to - from).toLowerCase(Locale.ROOT);
      index = Collections.binarySearch(LIST, word);
    }
    if (index < 0) {
      throw new InvalidMnemonicException("word " + number + " is not in the English list");
    }
    return index;
  }
}
