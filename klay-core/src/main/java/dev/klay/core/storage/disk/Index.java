package dev.klay.core.storage.disk;

import dev.klay.core.storage.TxLocation;
import dev.klay.crypto.primitive.Address;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Finds blocks, transactions and code by what they are known by. Recent entries are in the heap,
 * older ones in sorted files; eight files of one tier are merged into one of the next (a log
 * structured merge tree, O'Neil 1996), a little with every block. All of it follows from the block
 * log: what was not written yet is read from there when the store is opened.
 *
 * <p>One thread adds; any number look up.
 */
final class Index {
  /** Entries in the heap, about 8 MiB, before they go to a file. */
  static final int RECENT_MAX = 1 << 16;

  private static final int FAN_IN = 8;

  /** A merge must end before eight more runs come from below; two entries for one are enough. */
  private static final int MERGED_PER_ENTRY = 2;

  private static final int MERGED_MIN = 256;

  /**
   * What lookups see at one moment; entries may be in both while a run takes over.
   *
   * @param turn one more with every view
   */
  private record View(long turn, NavigableSet<byte[]> recent, List<RunFile> runs) {
    View with(NavigableSet<byte[]> newRecent, List<RunFile> newRuns) {
      return new View(turn + 1, newRecent, List.copyOf(newRuns));
    }
  }

  private interface Search<T> {
    T in(View view) throws IOException;
  }

  private final FileStore files;
  private final int checkpointBlocks;
  private final Map<Integer, RunMerge> merges = new TreeMap<>();
  private volatile View view;
  private volatile IndexCheckpoint checkpoint;
  private int nextRun;

  private Index(
      FileStore files, int checkpointBlocks, IndexCheckpoint checkpoint, List<RunFile> runs) {
    this.files = files;
    this.checkpointBlocks = checkpointBlocks;
    this.checkpoint = checkpoint;
    this.nextRun = checkpoint.nextRun();
    this.view = new View(0, newRecent(), List.copyOf(runs));
  }

  private static NavigableSet<byte[]> newRecent() {
    return new ConcurrentSkipListSet<>(Arrays::compareUnsigned);
  }

  /**
   * Opens the runs of the last checkpoint, or begins anew without one.
   *
   * @param checkpointBlocks whose entries are in the heap only, at most
   * @param lastNumber of the blocks known to be durable; a checkpoint ahead of it is not trusted
   */
  static Index open(FileStore files, int checkpointBlocks, long lastNumber) throws IOException {
    IndexCheckpoint found = IndexCheckpoint.load(files);
    Set<String> names = new HashSet<>(files.list());
    boolean usable =
        found.through() <= lastNumber
            && found.runs().stream().allMatch(run -> names.contains(RunFile.name(run.number())));
    IndexCheckpoint checkpoint = usable ? found : IndexCheckpoint.NONE;
    List<RunFile> runs = new ArrayList<>();
    for (IndexCheckpoint.Run run : checkpoint.runs()) {
      String name = RunFile.name(run.number());
      runs.add(new RunFile(run.number(), run.tier(), run.entries(), files.open(name)));
      names.remove(name);
    }
    if (!usable) {
      files.delete(Schema.INDEX);
      files.sync(); // or it could come back and name the runs that we are about to write
    }
    for (String name : names) {
      if (name.startsWith(Schema.RUN)) {
        files.delete(name);
      }
    }
    return new Index(files, checkpointBlocks, checkpoint, runs);
  }

  /** The last block that need not be added again. */
  long through() {
    return checkpoint.through();
  }

  /** Where the block log begins that is not in the runs. */
  long scanFrom() {
    return checkpoint.scanFrom();
  }

  IndexCheckpoint checkpoint() {
    return checkpoint;
  }

  List<RunFile> runs() {
    return view.runs();
  }

  void add(byte[] entry) {
    view.recent().add(entry);
  }

  /** Whether a checkpoint is due once this block is in. */
  boolean isFull(long number) {
    return view.recent().size() >= RECENT_MAX || number - through() >= checkpointBlocks;
  }

  /**
   * Moves the recent entries into a file.
   *
   * @param number of the last block that is in
   * @param end of the block log behind that block
   */
  void save(long number, long end) throws IOException {
    View before = view;
    if (before.recent().isEmpty()) {
      return;
    }
    RunWriter writer = new RunWriter(files, nextRun++, 0);
    for (byte[] entry : before.recent()) {
      writer.add(entry);
    }
    List<RunFile> runs = new ArrayList<>(before.runs());
    runs.add(writer.finish());
    save(number, end, runs);
    view = before.with(newRecent(), runs);
  }

  private void save(long through, long scanFrom, List<RunFile> runs) throws IOException {
    IndexCheckpoint next =
        new IndexCheckpoint(
            through,
            scanFrom,
            nextRun,
            runs.stream()
                .map(run -> new IndexCheckpoint.Run(run.number(), run.tier(), run.entries()))
                .toList());
    next.save(files);
    checkpoint = next;
  }

  /**
   * Does the share of merging that so many new entries cause.
   *
   * @param mayDelete whether files that are merged can go; if not nothing is done
   */
  void work(int newEntries, boolean mayDelete) throws IOException {
    if (!mayDelete) {
      return;
    }
    beginMerges();
    for (Integer tier : List.copyOf(merges.keySet())) {
      RunMerge merge = merges.get(tier);
      if (merge != null) {
        Optional<RunFile> merged = merge.step(MERGED_PER_ENTRY * newEntries + MERGED_MIN);
        if (merged.isPresent()) {
          merges.remove(tier);
          replace(merge.sources(), merged.orElseThrow());
        }
      }
    }
  }

  private void beginMerges() throws IOException {
    Map<Integer, List<RunFile>> byTier = new TreeMap<>();
    for (RunFile run : view.runs()) {
      byTier.computeIfAbsent(run.tier(), t -> new ArrayList<>()).add(run);
    }
    for (Map.Entry<Integer, List<RunFile>> entry : byTier.entrySet()) {
      int tier = entry.getKey();
      if (entry.getValue().size() >= FAN_IN && !merges.containsKey(tier)) {
        RunWriter target = new RunWriter(files, nextRun++, tier + 1);
        merges.put(tier, new RunMerge(entry.getValue().subList(0, FAN_IN), target));
      }
    }
  }

  private void replace(List<RunFile> sources, RunFile merged) throws IOException {
    View before = view;
    List<RunFile> runs = new ArrayList<>(before.runs());
    runs.add(runs.indexOf(sources.get(0)), merged);
    runs.removeAll(sources);
    save(checkpoint.through(), checkpoint.scanFrom(), runs);
    view = before.with(before.recent(), runs);
    for (RunFile source : sources) {
      source.close();
      files.delete(RunFile.name(source.number()));
    }
  }

  /** What a key leads to, empty if it is not known; the least if there are several. */
  OptionalLong find(byte[] key, int kind) throws IOException {
    return search(now -> find(now, key, kind));
  }

  /** Searches once more if a merge has closed a file under the search. */
  private <T> T search(Search<T> search) throws IOException {
    while (true) {
      View now = view;
      try {
        return search.in(now);
      } catch (ClosedFileException e) {
        if (now.turn() == view.turn()) {
          throw e;
        }
      }
    }
  }

  private static OptionalLong find(View view, byte[] key, int kind) throws IOException {
    byte[] bound = IndexEntry.of(key, kind, 0);
    byte[] found = view.recent().ceiling(bound);
    if (found != null && IndexEntry.matches(found, key, kind)) {
      return OptionalLong.of(IndexEntry.value(found));
    }
    for (int i = view.runs().size() - 1; i >= 0; i--) {
      RunFile run = view.runs().get(i);
      found = run.entry(run.lowerBound(bound));
      if (found != null && IndexEntry.matches(found, key, kind)) {
        return OptionalLong.of(IndexEntry.value(found));
      }
    }
    return OptionalLong.empty();
  }

  /** Everything that a key leads to below a value, the greatest first. */
  List<Long> findDescending(byte[] key, int kind, long below, int limit) throws IOException {
    return search(now -> findDescending(now, key, kind, below, limit));
  }

  /**
   * Each run holds what is newer than all runs before it, so they are asked from the last to the
   * first; the recent entries are newer still.
   */
  private static List<Long> findDescending(View view, byte[] key, int kind, long below, int limit)
      throws IOException {
    byte[] bound = IndexEntry.of(key, kind, below);
    List<Long> found = new ArrayList<>();
    long last = below;
    for (byte[] entry : view.recent().headSet(bound, false).descendingSet()) {
      if (found.size() == limit || !IndexEntry.matches(entry, key, kind)) {
        break;
      }
      last = IndexEntry.value(entry);
      found.add(last);
    }
    for (int i = view.runs().size() - 1; i >= 0 && found.size() < limit; i--) {
      RunFile run = view.runs().get(i);
      long place = run.lowerBound(IndexEntry.of(key, kind, last)) - 1;
      for (byte[] entry = run.entry(place);
          entry != null && found.size() < limit && IndexEntry.matches(entry, key, kind);
          entry = run.entry(place)) {
        last = IndexEntry.value(entry);
        found.add(last);
        place--;
      }
    }
    return found;
  }

  List<TxLocation> transactionsOf(Address account, TxLocation before, int limit)
      throws IOException {
    byte[] key = IndexEntry.accountKey(account);
    return findDescending(key, IndexEntry.ACCOUNT, IndexEntry.pack(before), limit).stream()
        .map(IndexEntry::location)
        .toList();
  }

  void close() throws IOException {
    for (RunMerge merge : merges.values()) {
      merge.abandon();
    }
    for (RunFile run : view.runs()) {
      run.close();
    }
  }
}
