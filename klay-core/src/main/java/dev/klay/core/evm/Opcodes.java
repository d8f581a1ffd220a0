package dev.klay.core.evm;

import java.util.Arrays;

/** The opcodes by number, with how many words each takes from the stack and gives back. */
final class Opcodes {
  static final int STOP = 0x00;
  static final int ADD = 0x01;
  static final int MUL = 0x02;
  static final int SUB = 0x03;
  static final int DIV = 0x04;
  static final int SDIV = 0x05;
  static final int MOD = 0x06;
  static final int SMOD = 0x07;
  static final int ADDMOD = 0x08;
  static final int MULMOD = 0x09;
  static final int EXP = 0x0a;
  static final int SIGNEXTEND = 0x0b;
  static final int LT = 0x10;
  static final int GT = 0x11;
  static final int SLT = 0x12;
  static final int SGT = 0x13;
  static final int EQ = 0x14;
  static final int ISZERO = 0x15;
  static final int AND = 0x16;
  static final int OR = 0x17;
  static final int XOR = 0x18;
  static final int NOT = 0x19;
  static final int BYTE = 0x1a;
  static final int SHL = 0x1b;
  static final int SHR = 0x1c;
  static final int SAR = 0x1d;
  static final int CLZ = 0x1e;
  static final int SHA3 = 0x20;
  static final int ADDRESS = 0x30;
  static final int BALANCE = 0x31;
  static final int ORIGIN = 0x32;
  static final int CALLER = 0x33;
  static final int CALLVALUE = 0x34;
  static final int CALLDATALOAD = 0x35;
  static final int CALLDATASIZE = 0x36;
  static final int CALLDATACOPY = 0x37;
  static final int CODESIZE = 0x38;
  static final int CODECOPY = 0x39;
  static final int GASPRICE = 0x3a;
  static final int EXTCODESIZE = 0x3b;
  static final int EXTCODECOPY = 0x3c;
  static final int RETURNDATASIZE = 0x3d;
  static final int RETURNDATACOPY = 0x3e;
  static final int EXTCODEHASH = 0x3f;
  static final int BLOCKHASH = 0x40;
  static final int COINBASE = 0x41;
  static final int TIMESTAMP = 0x42;
  static final int NUMBER = 0x43;
  static final int PREVRANDAO = 0x44;
  static final int GASLIMIT = 0x45;
  static final int CHAINID = 0x46;
  static final int SELFBALANCE = 0x47;
  static final int BASEFEE = 0x48;
  static final int BLOBHASH = 0x49;
  static final int BLOBBASEFEE = 0x4a;
  static final int POP = 0x50;
  static final int MLOAD = 0x51;
  static final int MSTORE = 0x52;
  static final int MSTORE8 = 0x53;
  static final int SLOAD = 0x54;
  static final int SSTORE = 0x55;
  static final int JUMP = 0x56;
  static final int JUMPI = 0x57;
  static final int PC = 0x58;
  static final int MSIZE = 0x59;
  static final int GAS = 0x5a;
  static final int JUMPDEST = 0x5b;
  static final int TLOAD = 0x5c;
  static final int TSTORE = 0x5d;
  static final int MCOPY = 0x5e;
  static final int PUSH0 = 0x5f;
  static final int PUSH1 = 0x60;
  static final int PUSH32 = 0x7f;
  static final int DUP1 = 0x80;
  static final int DUP16 = 0x8f;
  static final int SWAP1 = 0x90;
  static final int SWAP16 = 0x9f;
  static final int LOG0 = 0xa0;
  static final int LOG4 = 0xa4;
  static final int CREATE = 0xf0;
  static final int CALL = 0xf1;
  static final int CALLCODE = 0xf2;
  static final int RETURN = 0xf3;
  static final int DELEGATECALL = 0xf4;
  static final int CREATE2 = 0xf5;
  static final int STATICCALL = 0xfa;
  static final int REVERT = 0xfd;
  static final int SELFDESTRUCT = 0xff;

  /** Words of a full stack. */
  static final int STACK_MAX = 1024;

  /** Words that must be there, by opcode. */
  static final int[] NEEDED = new int[256];

  /** Words that may be there at most, by opcode, so that the result fits. */
  static final int[] ALLOWED = new int[256];

  /** By how many words an opcode makes the stack grow, or shrink. */
  static final int[] GROWTH = new int[256];

  static {
    Arrays.fill(ALLOWED, STACK_MAX);
    words(0, 1, PC, MSIZE, GAS, PUSH0, ADDRESS, ORIGIN, CALLER, CALLVALUE, CALLDATASIZE);
    words(0, 1, CODESIZE, GASPRICE, RETURNDATASIZE, COINBASE, TIMESTAMP, NUMBER, PREVRANDAO);
    words(0, 1, GASLIMIT, CHAINID, SELFBALANCE, BASEFEE, BLOBBASEFEE);
    words(1, 1, ISZERO, NOT, CLZ, BALANCE, CALLDATALOAD, EXTCODESIZE, EXTCODEHASH, BLOCKHASH);
    words(1, 1, BLOBHASH, MLOAD, SLOAD, TLOAD);
    words(1, 0, POP, JUMP, SELFDESTRUCT);
    words(2, 1, ADD, MUL, SUB, DIV, SDIV, MOD, SMOD, EXP, SIGNEXTEND, LT, GT, SLT, SGT, EQ);
    words(2, 1, AND, OR, XOR, BYTE, SHL, SHR, SAR, SHA3);
    words(2, 0, MSTORE, MSTORE8, SSTORE, JUMPI, TSTORE, RETURN, REVERT);
    words(3, 1, ADDMOD, MULMOD, CREATE);
    words(3, 0, CALLDATACOPY, CODECOPY, RETURNDATACOPY, MCOPY);
    words(4, 0, EXTCODECOPY);
    words(4, 1, CREATE2);
    words(6, 1, DELEGATECALL, STATICCALL);
    words(7, 1, CALL, CALLCODE);
    for (int op = PUSH1; op <= PUSH32; op++) {
      words(0, 1, op);
    }
    for (int i = 0; i < 16; i++) {
      words(i + 1, i + 2, DUP1 + i);
      words(i + 2, i + 2, SWAP1 + i);
    }
    for (int i = 0; i <= 4; i++) {
      words(i + 2, 0, LOG0 + i);
    }
  }

  private Opcodes() {}

  private static void words(int taken, int given, int... opcodes) {
    for (int op : opcodes) {
      NEEDED[op] = taken;
      ALLOWED[op] = STACK_MAX - Math.max(0, given - taken);
      GROWTH[op] = given - taken;
    }
  }
}
