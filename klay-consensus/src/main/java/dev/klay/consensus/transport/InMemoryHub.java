package dev.klay.consensus.transport;

import dev.klay.consensus.NodeRole;
import dev.klay.crypto.primitive.Address;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connects nodes of one JVM with each other. Frames are handed over as objects: a transaction is
 * decoded and its signers are recovered once, however many nodes see it. Links can be cut and
 * slowed down, for tests.
 */
public final class InMemoryHub implements AutoCloseable {
  private record Member(NodeRole role, Transport.Receiver receiver) {}

  private record Link(Address from, Address to) {}

  private final Map<Address, Member> members = new ConcurrentHashMap<>();
  private final Set<Link> cut = ConcurrentHashMap.newKeySet();
  private final Map<Address, Duration> delays = new ConcurrentHashMap<>();

  /** Delivers late frames; there is none until the first delay. */
  private volatile @Nullable ScheduledThreadPoolExecutor late;

  /** A place for one node. */
  public Transport connect() {
    return new Connection();
  }

  // Faults

  /** Loses all frames between the two sides, both ways, until {@link #heal}. */
  public void cut(Collection<Address> oneSide, Collection<Address> otherSide) {
    for (Address one : oneSide) {
      for (Address other : otherSide) {
        cut.add(new Link(one, other));
        cut.add(new Link(other, one));
      }
    }
  }

  /** Delivers what the node sends and receives later by this time, until {@link #heal}. */
  public synchronized void delay(Address node, Duration time) {
    if (time.isNegative() || time.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("a delay is 0 to one hour, not " + time);
    }
    if (late == null) {
      ScheduledThreadPoolExecutor thread =
          new ScheduledThreadPoolExecutor(
              1,
              task -> {
                Thread created = new Thread(task, "klay-network-delay");
                created.setDaemon(true);
                return created;
              });
      thread.setRejectedExecutionHandler(new DiscardPolicy()); // after closing nothing arrives
      thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
      late = thread;
    }
    delays.put(node, time);
  }

  /** Restores all links. */
  public void heal() {
    cut.clear();
    delays.clear();
  }

  /** Ends the delivery of late frames. */
  @Override
  public synchronized void close() {
    ScheduledThreadPoolExecutor thread = late;
    if (thread != null) {
      thread.shutdownNow();
      try {
        thread.awaitTermination(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void deliver(Address from, Address to, Frame frame) {
    if (!cut.isEmpty() && cut.contains(new Link(from, to))) {
      return;
    }
    ScheduledThreadPoolExecutor thread = late;
    long millis = thread == null ? 0 : delayOf(from) + delayOf(to);
    if (thread == null || millis == 0) {
      handOver(from, to, frame);
    } else {
      Future<?> unused =
          thread.schedule(() -> handOver(from, to, frame), millis, TimeUnit.MILLISECONDS);
    }
  }

  private long delayOf(Address node) {
    return delays.getOrDefault(node, Duration.ZERO).toMillis();
  }

  private void handOver(Address from, Address to, Frame frame) {
    Member member = members.get(to);
    if (member != null) {
      member.receiver().received(from, frame);
    }
  }

  private final class Connection implements Transport {
    private volatile Optional<Address> self = Optional.empty();

    @Override
    public void start(Address address, NodeRole role, Receiver receiver) {
      synchronized (members) {
        if (members.containsKey(address)) {
          throw new IllegalArgumentException("a node with the key of " + address + " is here");
        }
        Map<Address, Member> others = Map.copyOf(members);
        self = Optional.of(address);
        members.put(address, new Member(role, receiver)); // before anybody may send to it
        others.forEach((peer, member) -> receiver.peerUp(peer, member.role()));
        others.values().forEach(member -> member.receiver().peerUp(address, role));
      }
    }

    @Override
    public void send(Address to, Frame frame) {
      self.ifPresent(from -> deliver(from, to, frame)); // read once: it may close
    }

    @Override
    public void close() {
      synchronized (members) {
        self.ifPresent(
            address -> {
              members.remove(address);
              members.values().forEach(member -> member.receiver().peerDown(address));
            });
        self = Optional.empty();
      }
    }
  }
}
