package dev.klay.core.evm;

import java.util.Locale;

/** What opcodes are called. */
final class Mnemonics {
  private static final String[] NAMES = new String[256];

  static {
    row(0x00, "STOP ADD MUL SUB DIV SDIV MOD SMOD ADDMOD MULMOD EXP SIGNEXTEND");
    row(0x10, "LT GT SLT SGT EQ ISZERO AND OR XOR NOT BYTE SHL SHR SAR CLZ");
    row(0x20, "KECCAK256");
    row(0x30, "ADDRESS BALANCE ORIGIN CALLER CALLVALUE CALLDATALOAD CALLDATASIZE CALLDATACOPY");
    row(0x38, "CODESIZE CODECOPY GASPRICE EXTCODESIZE EXTCODECOPY RETURNDATASIZE");
    row(0x3e, "RETURNDATACOPY EXTCODEHASH");
    row(0x40, "BLOCKHASH COINBASE TIMESTAMP NUMBER DIFFICULTY GASLIMIT CHAINID SELFBALANCE");
    row(0x48, "BASEFEE BLOBHASH BLOBBASEFEE");
    row(0x50, "POP MLOAD MSTORE MSTORE8 SLOAD SSTORE JUMP JUMPI PC MSIZE GAS JUMPDEST");
    row(0x5c, "TLOAD TSTORE MCOPY PUSH0");
    for (int i = 0; i < 32; i++) {
      NAMES[0x60 + i] = "PUSH" + (i + 1);
    }
    for (int i = 0; i < 16; i++) {
      NAMES[0x80 + i] = "DUP" + (i + 1);
      NAMES[0x90 + i] = "SWAP" + (i + 1);
    }
    row(0xa0, "LOG0 LOG1 LOG2 LOG3 LOG4");
    row(0xf0, "CREATE CALL CALLCODE RETURN DELEGATECALL CREATE2");
    row(0xfa, "STATICCALL");
    row(0xfd, "REVERT INVALID SELFDESTRUCT");
  }

  private Mnemonics() {}

  private static void row(int first, String names) {
    int opcode = first;
    for (String name : names.split(" ")) {
      NAMES[opcode++] = name;
    }
  }

  static String of(int opcode) {
    String name = NAMES[opcode];
    return name != null ? name : String.format(Locale.ROOT, "opcode 0x%x not defined", opcode);
  }
}
