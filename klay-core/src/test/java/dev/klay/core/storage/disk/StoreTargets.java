package dev.klay.core.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.core.importing.SampleBlocks;
import dev.klay.core.storage.ChainStore;
import dev.klay.core.storage.CorruptStoreException;
import dev.klay.core.storage.ForeignStoreException;
import dev.klay.core.storage.History;
import dev.klay.core.storage.StateNotKeptException;
import dev.klay.core.storage.StorageFailedException;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.fuzz.FuzzTarget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** What the store reads from its own files, should somebody have written into them. */
public enum StoreTargets implements FuzzTarget {
  /** The first byte chooses a file of a store, the others are its content. */
  FILE {
    @Override
    boolean read(byte[] input) {
      SimulatedFiles files = SampleStore.copy();
      List<String> names = SampleStore.names();
      String name = names.get((input[0] & 0xff) % names.size());
      SampleStore.write(files, name, Arrays.copyOfRange(input, 1, input.length));
      try (ChainStore store = CrashTest.open(files)) {
        for (long number = 0; number <= store.lastNumber(); number++) {
          Optional<History.Step> known = SampleStore.step(number);
          store
              .block(number)
              .ifPresent(
                  block ->
                      assertThat(known.orElseThrow().block().block()).isEqualTo(block.block()));
        }
        return true;
      } catch (CorruptStoreException
          | ForeignStoreException
          | StateNotKeptException
          | StorageFailedException refused) {
        return false;
      }
    }

    @Override
    public List<byte[]> seeds() {
      List<byte[]> seeds = new ArrayList<>();
      for (int i = 0; i < SampleStore.names().size(); i++) {
        byte[] content = SampleStore.content(SampleStore.names().get(i));
        byte[] seed = new byte[1 + content.length];
        seed[0] = (byte) i;
        System.arraycopy(content, 0, seed, 1, content.length);
        seeds.add(seed);
      }
      return seeds;
    }
  },

  BODY {
    @Override
    boolean read(byte[] input) {
      BlockRecords records = new BlockRecords(History.RULE);
      if (!BlockRecords.isBody(input)) {
        return false;
      }
      BlockRecords.Body body = records.decode(input);
      assertThat(body.senders()).hasSameSizeAs(body.stored().block().transactions());
      return true;
    }

    @Override
    public List<byte[]> seeds() {
      return SampleBlocks.STORED.stream().map(new BlockRecords(History.RULE)::encode).toList();
    }
  },

  INDEX {
    @Override
    boolean read(byte[] input) {
      Optional<IndexCheckpoint> checkpoint = IndexCheckpoint.decode(input);
      checkpoint.ifPresent(c -> assertThat(c.encode()).isEqualTo(input));
      return checkpoint.isPresent();
    }

    @Override
    public List<byte[]> seeds() {
      return List.of(
          IndexCheckpoint.NONE.encode(),
          new IndexCheckpoint(7, 900, 3, List.of(new IndexCheckpoint.Run(2, 0, 40))).encode());
    }
  };

  abstract boolean read(byte[] input);

  @Override
  public boolean accepts(byte[] input) {
    try {
      return input.length > 0 && read(input);
    } catch (DecodingException refused) {
      return false;
    }
  }

  /** The files of a small chain. */
  private static final class SampleStore {
    private static final List<History.Step> HISTORY = History.of(3, 5);
    private static final SimulatedFiles WRITTEN = written();

    private static SimulatedFiles written() {
      SimulatedFiles files = new SimulatedFiles();
      try (ChainStore store = CrashTest.open(files)) {
        HISTORY.forEach(step -> step.appendTo(store));
      }
      return files;
    }

    static Optional<History.Step> step(long number) {
      return number < HISTORY.size() ? Optional.of(HISTORY.get((int) number)) : Optional.empty();
    }

    static SimulatedFiles copy() {
      return WRITTEN.afterCrash(new SplittableRandom(1));
    }

    static List<String> names() {
      try {
        return copy().list().stream().sorted().toList();
      } catch (IOException impossible) {
        throw new AssertionError(impossible);
      }
    }

    static byte[] content(String name) {
      try (StoreFile file = copy().open(name)) {
        ByteBuffer content = ByteBuffer.allocate((int) file.size());
        file.read(content, 0);
        return content.array();
      } catch (IOException impossible) {
        throw new AssertionError(impossible);
      }
    }

    static void write(SimulatedFiles files, String name, byte[] content) {
      try (StoreFile file = files.open(name)) {
        file.truncate(0);
        file.write(ByteBuffer.wrap(content), 0);
      } catch (IOException impossible) {
        throw new AssertionError(impossible);
      }
    }
  }
}
