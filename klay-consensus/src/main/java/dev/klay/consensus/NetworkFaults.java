package dev.klay.consensus;

import dev.klay.consensus.transport.InMemoryHub;
import dev.klay.crypto.primitive.Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What can go wrong in a {@link KlayNetwork}, on demand. Nodes are named by their place: consensus
 * nodes from 0, rangers behind them. For one thread at a time.
 *
 * <pre>{@code
 * network.faults().stop(2);
 * network.awaitHeight(20);
 * network.faults().restart(2);
 * network.faults().partition(Set.of(0, 1), Set.of(2, 3));
 * network.faults().heal();
 * }</pre>
 */
public final class NetworkFaults {
  private final List<Seat> seats;
  private final InMemoryHub hub;
  private final Optional<Cheats> cheats;
  private final Consumer<KlayNode> equip;
  private final Map<Integer, Runnable> paused = new TreeMap<>();

  /**
   * Faults of nodes that have just started.
   *
   * @param cheats that must know which nodes run
   * @param equip gives a node that was started again what the network's nodes have
   */
  NetworkFaults(
      List<Seat> seats, InMemoryHub hub, Optional<Cheats> cheats, Consumer<KlayNode> equip) {
    this.seats = seats;
    this.hub = hub;
    this.cheats = cheats;
    this.equip = equip;
  }

  private Seat seat(int place) {
    if (place < 0 || place >= seats.size()) {
      throw new IllegalArgumentException(
          "nodes and rangers have places 0 to " + (seats.size() - 1) + ", not " + place);
    }
    return seats.get(place);
  }

  /**
   * Ends a node without a word to the others. Does nothing if it has ended.
   *
   * @throws IllegalStateException if the network has cheats and this is its last node
   */
  public void stop(int place) {
    Seat seat = seat(place);
    cheats.ifPresent(powers -> powers.leaves(seat.node()));
    end(place);
  }

  private void end(int place) {
    paused.remove(place);
    seat(place).node().close();
  }

  /**
   * Starts a node again, after ending it if it runs, from what its storage kept. One in memory has
   * lost its chain and its votes: a validator then follows until it may safely vote. In a network
   * with cheats it is put where the others are, and votes at once.
   *
   * @throws IllegalStateException if the network has cheats and this is its last node
   */
  public KlayNode restart(int place) {
    stop(place);
    Seat seat = seat(place);
    KlayNode back = cheats.map(powers -> powers.comesBack(seat::restart)).orElseGet(seat::restart);
    equip.accept(back);
    return back;
  }

  /** Holds a node's thread, as a long garbage collection would; what is sent to it waits. */
  public void pause(int place) {
    Seat seat = seat(place);
    paused.computeIfAbsent(place, p -> seat.node().pause());
  }

  /** Lets a paused node go on. */
  public void resume(int place) {
    Runnable resumed = paused.remove(place);
    if (resumed != null) {
      resumed.run();
    }
  }

  /** Cuts the links between each two groups. A node in none of them keeps all its links. */
  @SafeVarargs
  public final void partition(Set<Integer>... groups) {
    for (int i = 0; i < groups.length; i++) {
      for (int j = i + 1; j < groups.length; j++) {
        hub.cut(addresses(groups[i]), addresses(groups[j]));
      }
    }
  }

  private List<Address> addresses(Collection<Integer> places) {
    List<Address> addresses = new ArrayList<>();
    places.forEach(place -> addresses.add(seat(place).node().address()));
    return addresses;
  }

  /** Cuts all links of a node. */
  public void isolate(int place) {
    Address lonely = seat(place).node().address();
    List<Address> others = new ArrayList<>();
    seats.forEach(seat -> others.add(seat.node().address()));
    others.remove(lonely);
    hub.cut(List.of(lonely), others);
  }

  /** Delays each frame from and to a node. */
  public void delay(int place, Duration time) {
    hub.delay(seat(place).node().address(), time);
  }

  /** Restores all links and lets paused nodes go on. Stopped nodes stay stopped. */
  public void heal() {
    hub.heal();
    List.copyOf(paused.keySet()).forEach(this::resume);
  }
}
