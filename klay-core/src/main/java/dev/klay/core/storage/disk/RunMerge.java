package dev.klay.core.storage.disk;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** Makes one run of several, some entries at a time, so that no block waits for a big merge. */
final class RunMerge {
  private static final Comparator<Cursor> BY_ENTRY =
      Comparator.comparing(cursor -> cursor.entry, Arrays::compareUnsigned);

  /** One source, at its next entry. */
  private static final class Cursor {
    private final RunFile run;
    private long place;
    private byte[] page;
    private byte[] entry;

    Cursor(RunFile run) throws IOException {
      this.run = run;
      page = run.page(0);
      entry = RunFile.entryOf(page, 0);
    }

    /** Whether there is one more. */
    boolean advance() throws IOException {
      place++;
      if (place == run.entries()) {
        return false;
      }
      int inPage = (int) (place % RunFile.PAGE_ENTRIES);
      if (inPage == 0) {
        page = run.page(place / RunFile.PAGE_ENTRIES);
      }
      entry = RunFile.entryOf(page, inPage);
      return true;
    }
  }

  private final List<RunFile> sources;
  private final RunWriter target;
  private final PriorityQueue<Cursor> cursors = new PriorityQueue<>(BY_ENTRY);

  /** Begins a merge of runs that are not empty. */
  RunMerge(List<RunFile> sources, RunWriter target) throws IOException {
    this.sources = List.copyOf(sources);
    this.target = target;
    for (RunFile source : sources) {
      cursors.add(new Cursor(source));
    }
  }

  List<RunFile> sources() {
    return sources;
  }

  /** Moves at most so many entries; the merged run once it is complete and its contents durable. */
  Optional<RunFile> step(int entriesMax) throws IOException {
    for (int i = 0; i < entriesMax; i++) {
      Cursor least = cursors.poll();
      if (least == null) {
        return Optional.of(target.finish());
      }
      target.add(least.entry);
      if (least.advance()) {
        cursors.add(least);
      }
    }
    return Optional.empty();
  }

  void abandon() throws IOException {
    target.abandon();
  }
}
