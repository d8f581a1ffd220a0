package dev.klay.core.evm;

import dev.klay.core.account.Code;
import dev.klay.core.account.CodeInfo;
import dev.klay.core.account.ExecutableCode;
import dev.klay.core.block.Log;
import dev.klay.core.evm.precompile.CallData;
import dev.klay.core.evm.precompile.Precompile;
import dev.klay.core.state.StateUpdater;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The frames of a message, the innermost last: starting them, ending them, going back. */
final class FrameStack {
  static final int DEPTH_MAX = 1024;
  private static final int CODE_BYTE_GAS = 200;

  /** Room for a frame, whose stack alone is 32 KiB, takes as long as opcodes of so much gas. */
  private static final int FRAME_WORK = 1_000;

  /** Precompiled contracts take up to so many times as long for their gas as opcodes do. */
  private static final int PRECOMPILE_WORK = 4;

  /** Klaytn keeps the addresses 1 to 0x3ff for the machine. */
  private static final int RESERVED_LAST = 0x3ff;

  /**
   * A call that an opcode asks for.
   *
   * @param op the opcode
   * @param codeAddress whose code runs
   * @param address whose state it runs on
   * @param caller what CALLER gives
   * @param shownValue what CALLVALUE gives
   * @param movedValue what is transferred
   */
  record Call(
      int op,
      Address codeAddress,
      Address address,
      Address caller,
      UInt256 shownValue,
      UInt256 movedValue,
      CallData input,
      long gas,
      boolean isStatic) {}

  private final EvmRules rules;
  private final StateUpdater state;
  private final TxContext tx;
  private final List<Log> logs;
  private final StorageOperations storage;
  private final Tracing tracing;
  private final GasBudget budget;
  private final List<Frame> frames = new ArrayList<>();
  private @Nullable Interpreter interpreter;
  private int depth = -1;

  FrameStack(
      EvmRules rules,
      StateUpdater state,
      TxContext tx,
      List<Log> logs,
      StorageOperations storage,
      Tracing tracing,
      GasBudget budget) {
    this.rules = rules;
    this.state = state;
    this.tx = tx;
    this.logs = logs;
    this.storage = storage;
    this.tracing = tracing;
    this.budget = budget;
  }

  void setInterpreter(Interpreter newInterpreter) {
    interpreter = newInterpreter;
  }

  private Interpreter interpreter() {
    if (interpreter == null) {
      throw new AssertionError("no interpreter yet");
    }
    return interpreter;
  }

  /** The innermost frame. */
  Frame current() {
    return frames.get(depth);
  }

  boolean isOutermost() {
    return depth == 0;
  }

  private Frame push(long floor) {
    depth++;
    if (depth == frames.size()) {
      budget.take(FRAME_WORK);
      frames.add(new Frame(depth));
    }
    Frame f = frames.get(depth);
    f.reset();
    f.floor = floor;
    f.snapshot = state.snapshot();
    f.logCount = logs.size();
    f.refund = storage.refund();
    return f;
  }

  Frame pop() {
    depth--;
    return frames.get(depth);
  }

  /** A call that does not even start: pushes zero and gives the gas back. */
  private void turnDown(Frame caller, Call call, HaltReason reason) {
    tracing.turnedDown(
        caller,
        CallStart.Kind.of(call.op()),
        call.codeAddress(),
        call.shownValue(),
        call.input(),
        call.gas(),
        reason);
    fail(caller, call.gas());
  }

  private void fail(Frame caller, long gas) {
    caller.gas += gas;
    caller.returnData = Frame.NO_DATA;
    Words.zero(caller.stack, caller.sp++);
  }

  /** Starts a call; runs precompiled contracts at once. */
  int call(Frame caller, Call call) {
    tracing.calling(caller);
    if (caller.depth >= DEPTH_MAX) {
      turnDown(caller, call, HaltReason.CALL_DEPTH);
      return Operations.NEXT;
    }
    if (call.op() != Opcodes.DELEGATECALL && isPoorer(caller.address, call.shownValue())) {
      turnDown(caller, call, HaltReason.INSUFFICIENT_BALANCE);
      return Operations.NEXT;
    }
    Optional<Precompile> precompile = precompiles(caller).at(call.codeAddress());
    if (rules.klaytn && call.op() == Opcodes.CALL && isReserved(call, precompile)) {
      turnDown(caller, call, HaltReason.RESERVED_ADDRESS);
      return Operations.NEXT;
    }
    Frame f = push(caller.floorWithin());
    enter(f, call, precompile.isPresent());
    tracing.entered(f, CallStart.Kind.of(call.op()), call.codeAddress(), precompile.isPresent());
    if (precompile.isEmpty()) {
      Code code = codeOf(call.codeAddress());
      if (code.isEmpty()) {
        return endAtOnce(caller, f, Interpreter.RETURNED);
      }
      f.code = code.executable();
      f.isOldContract = isOld(call.address());
      return Interpreter.CALLING;
    }
    return endAtOnce(caller, f, runPrecompile(f, precompile.orElseThrow()));
  }

  /** Ends a frame that runs no code. */
  private int endAtOnce(Frame caller, Frame f, int outcome) {
    int result = end(f, outcome);
    pop();
    resume(caller, f, result);
    return Operations.NEXT;
  }

  private boolean isPoorer(Address address, UInt256 value) {
    return !value.isZero() && state.balance(address).peb().compareTo(value) < 0;
  }

  private void enter(Frame f, Call call, boolean precompiled) {
    f.address = call.address();
    f.caller = call.caller();
    f.value = call.shownValue();
    f.input = call.input();
    f.gas = call.gas();
    f.isStatic = call.isStatic();
    if (call.op() == Opcodes.CALL || call.op() == Opcodes.STATICCALL) {
      if ((precompiled || !rules.emptyIsNothing) && call.movedValue().isZero()) {
        state.addBalance(call.address(), Amount.ZERO);
      } else {
        transfer(state, call.caller(), call.address(), Amount.peb(call.movedValue()));
      }
    }
  }

  /** Nothing is made of an account that is missing and gets nothing. */
  static void transfer(StateUpdater state, Address from, Address to, Amount amount) {
    if (amount.isZero() && !state.exists(to)) {
      return;
    }
    state.subtractBalance(from, amount);
    state.addBalance(to, amount);
  }

  /** Whether the message runs no code; the most frequent ones need no frame then. */
  static boolean isPlainTransfer(EvmRules rules, StateUpdater state, Message message) {
    return rules.emptyIsNothing
        && message
            .to()
            .filter(to -> state.code(to).isEmpty() && rules.precompiles.at(to).isEmpty())
            .isPresent();
  }

  /** Klaytn: a value, or a number without a contract, is refused in the reserved range. */
  private static boolean isReserved(Call call, Optional<Precompile> precompile) {
    int number = PrecompileSet.number(call.codeAddress());
    return number >= 1
        && number <= RESERVED_LAST
        && (precompile.isEmpty() || !call.movedValue().isZero());
  }

  private PrecompileSet precompiles(Frame caller) {
    return caller.isOldContract ? rules.oldPrecompiles : rules.precompiles;
  }

  /** Whether a contract keeps the precompiles of the time before Istanbul. */
  private boolean isOld(Address address) {
    return rules.klaytn
        && state.isContract(address)
        && state.code(address).info().vmVersion() == CodeInfo.BEFORE_ISTANBUL.vmVersion();
  }

  private Code codeOf(Address address) {
    Code code = state.code(address);
    return rules.delegation ? Delegation.target(code.bytes()).map(state::code).orElse(code) : code;
  }

  private int runPrecompile(Frame f, Precompile precompile) {
    interpreter().addCost(precompile.computationCost(f.input)); // the caller's next opcode checks
    long gas = precompile.gas(f.input);
    if (!Operations.charge(f, gas)) {
      return Interpreter.halt(f, HaltReason.OUT_OF_GAS);
    }
    budget.take(PRECOMPILE_WORK * gas);
    byte[] input = f.input.read(0, precompile.used(f.input)); // no copy before it is paid for
    byte[] output =
        precompile instanceof KlaytnPrecompile klaytn
            ? klaytn.run(input, tx, state)
            : precompile.run(input);
    if (output == null) {
      return Interpreter.halt(f, HaltReason.PRECOMPILE_FAILED);
    }
    f.output = output;
    return Interpreter.RETURNED;
  }

  /**
   * A creation that an opcode asks for.
   *
   * @param address of the new contract, given the creator's nonce; hashes only if it is needed
   */
  record Creation(
      int op, LongFunction<Address> address, UInt256 value, byte[] initCode, long gas) {}

  /** Starts a creation. */
  int create(Frame creator, Creation creation) {
    long nonce = state.nonce(creator.address);
    Optional<HaltReason> fault = fault(creator, creation, nonce);
    if (fault.isPresent()) {
      if (tracing.isOn()) {
        turnedDown(creator, creation, nonce, fault.orElseThrow());
      }
      fail(creator, creation.gas());
      return Operations.NEXT;
    }
    Address created = creation.address().apply(nonce);
    state.setNonce(creator.address, nonce + 1);
    return create(creator, creation, created);
  }

  private Optional<HaltReason> fault(Frame creator, Creation creation, long nonce) {
    if (creator.depth >= DEPTH_MAX) {
      return Optional.of(HaltReason.CALL_DEPTH);
    }
    if (isPoorer(creator.address, creation.value())) {
      return Optional.of(HaltReason.INSUFFICIENT_BALANCE);
    }
    return nonce == -1 ? Optional.of(HaltReason.NONCE_OVERFLOW) : Optional.empty();
  }

  private void turnedDown(Frame creator, Creation creation, long nonce, HaltReason reason) {
    tracing.turnedDown(
        creator,
        CallStart.Kind.of(creation.op()),
        creation.address().apply(nonce),
        creation.value(),
        CallData.of(creation.initCode()),
        creation.gas(),
        reason);
  }

  private int create(Frame creator, Creation creation, Address created) {
    if (rules.accessCosts) {
      state.markWarm(created);
    }
    CallStart.Kind kind = CallStart.Kind.of(creation.op());
    if (collides(created)) {
      tracing.collided(creator, kind, created, creation);
      fail(creator, 0);
      return Operations.NEXT;
    }
    Frame f = push(creator.floorWithin());
    enterCreation(
        f, created, creator.address, creation.value(), creation.initCode(), creation.gas());
    tracing.entered(f, kind, created, false);
    return creation.initCode().length == 0
        ? endAtOnce(creator, f, Interpreter.RETURNED)
        : Interpreter.CALLING;
  }

  private boolean collides(Address created) {
    if (rules.klaytn && PrecompileSet.number(created) <= RESERVED_LAST) {
      return true;
    }
    if (rules.anyAccountCollides) {
      return state.exists(created);
    }
    return state.nonce(created) != 0 || !state.code(created).isEmpty() || state.hasStorage(created);
  }

  private void enterCreation(
      Frame f, Address created, Address caller, UInt256 value, byte[] initCode, long gas) {
    state.createContract(created);
    if (rules.klaytn) {
      state.setCode(created, Code.of(Bytes.EMPTY, rules.codeInfo));
    }
    if (rules.emptyIsNothing) {
      state.setNonce(created, 1);
    }
    transfer(state, caller, created, Amount.peb(value));
    f.isCreation = true;
    f.address = created;
    f.caller = caller;
    f.value = value;
    f.input = CallData.EMPTY;
    f.gas = gas;
    f.isStatic = false;
    f.isOldContract = isOld(created);
    f.code = new ExecutableCode(Bytes.wrap(initCode));
  }

  /** Starts the outermost frame; empty if it ended at once, and then the outcome is in it. */
  Optional<Integer> begin(Message message) {
    if (message.to().isEmpty()) {
      return beginCreation(message);
    }
    Address to = message.to().orElseThrow();
    Optional<Precompile> precompile = rules.precompiles.at(to);
    Frame f = push(budget.floor(message.gas()));
    Call call =
        new Call(
            Opcodes.CALL,
            to,
            to,
            message.from(),
            message.value().peb(),
            message.value().peb(),
            CallData.of(message.input().unsafeArray()),
            message.gas(),
            false);
    enter(f, call, precompile.isPresent());
    tracing.entered(f, CallStart.Kind.CALL, to, precompile.isPresent());
    if (precompile.isPresent()) {
      return Optional.of(runPrecompile(f, precompile.orElseThrow()));
    }
    Code code = codeOf(to);
    f.code = code.executable();
    f.isOldContract = isOld(to);
    return code.isEmpty() ? Optional.of(Interpreter.RETURNED) : Optional.empty();
  }

  private Optional<Integer> beginCreation(Message message) {
    long nonce = state.nonce(message.from());
    Address created = CallOperations.addressOf(message.from(), nonce);
    state.setNonce(message.from(), nonce + 1);
    if (rules.accessCosts) {
      state.markWarm(created);
    }
    boolean collision = collides(created);
    Frame f = push(budget.floor(message.gas()));
    if (collision) {
      f.isCreation = true;
      f.address = created;
      f.caller = message.from();
      f.value = message.value().peb();
      f.gas = message.gas();
      f.code = new ExecutableCode(message.input());
      tracing.entered(f, CallStart.Kind.CREATE, created, false);
      return Optional.of(Interpreter.halt(f, HaltReason.ADDRESS_COLLISION));
    }
    enterCreation(
        f,
        created,
        message.from(),
        message.value().peb(),
        message.input().unsafeArray(),
        message.gas());
    tracing.entered(f, CallStart.Kind.CREATE, created, false);
    return message.input().isEmpty() ? Optional.of(Interpreter.RETURNED) : Optional.empty();
  }

  /** Ends a frame: stores the code of a creation, or goes back; the outcome that counts. */
  int end(Frame f, int outcome) {
    tracing.ending(f, outcome);
    int result = outcome;
    boolean keeps = false;
    if (outcome == Interpreter.RETURNED && f.isCreation) {
      result = deposit(f);
      keeps =
          result == Interpreter.HALTED && f.halt == HaltReason.INVALID_CODE && rules.storesEfCode;
    }
    if (result != Interpreter.RETURNED && !keeps) {
      state.revert(f.snapshot);
      logs.subList(f.logCount, logs.size()).clear();
      storage.setRefund(f.refund);
    }
    tracing.exited(f, result);
    return result;
  }

  private int deposit(Frame f) {
    byte[] code = f.output;
    boolean startsWithEf = code.length > 0 && code[0] == (byte) 0xef;
    if (code.length > rules.codeSizeMax) {
      return Interpreter.halt(f, HaltReason.CODE_TOO_LARGE);
    }
    if (startsWithEf && rules.rejectsEfCode) {
      return Interpreter.halt(f, HaltReason.INVALID_CODE);
    }
    long gas = (long) CODE_BYTE_GAS * code.length;
    if (gas > f.gas && !rules.unpaidCodeFails) {
      return Interpreter.RETURNED;
    }
    if (!Operations.charge(f, gas)) {
      return Interpreter.halt(f, HaltReason.CODE_STORE_OUT_OF_GAS);
    }
    state.setCode(f.address, Code.of(Bytes.wrap(code), rules.codeInfo));
    if (startsWithEf && rules.storesEfCode) {
      f.halt = HaltReason.INVALID_CODE;
      return Interpreter.HALTED; // keeps its gas
    }
    return Interpreter.RETURNED;
  }

  /** Gives a frame what its call came to. */
  void resume(Frame caller, Frame done, int outcome) {
    caller.gas += done.gas;
    byte[] output = outcome == Interpreter.HALTED ? Frame.NO_DATA : done.output;
    if (done.isCreation) {
      caller.returnData = outcome == Interpreter.REVERTED ? output : Frame.NO_DATA;
      if (outcome == Interpreter.RETURNED) {
        Words.set(caller.stack, caller.sp, done.address);
      } else {
        Words.zero(caller.stack, caller.sp);
      }
    } else {
      caller.returnData = output;
      int size = Math.min(caller.outputSize, output.length);
      if (size > 0) {
        System.arraycopy(output, 0, caller.memory.data(), caller.outputOffset, size);
      }
      Words.set(caller.stack, caller.sp, outcome == Interpreter.RETURNED ? 1 : 0);
    }
    caller.sp++;
  }
}
