package dev.klay.core.evm;

/**
 * Klaytn's computation cost of each opcode, in nanoseconds of its reference hardware ({@code
 * klaytn-evm.md} section 4). The sum over a transaction is limited; that is a rule of consensus.
 */
final class ComputationCost {
  static final long LIMIT = 100_000_000;
  static final long LIMIT_CANCUN = 150_000_000;

  private static final int PUSH = 120;

  /** Rows of sixteen opcodes; a dash for what is not defined. */
  private static final String CONSTANTINOPLE =
      """
      00: 0 150 200 219 404 739 812 560 3349 4757 5000 481
      10: 201 264 176 222 220 165 288 160 657 1289 589 1603 1346 1815
      20: 2465
      30: 284 1407 210 188 149 596 194 100 145 898 131 1481 1000 10 40 1000
      40: 500 189 265 202 180 166
      50: 140 376 288 5142 835 1548 253 176 147 137 230 10
      80: 190 190 176 142 177 165 147 157 138 174 141 144 157 143 237 149
      90: 141 156 145 135 115 146 199 130 160 134 147 128 121 114 197 128
      a0: 100 1000 1000 1000 1000
      f0: 2094 5000 4000 0 696 10000 - - - - 10000 - - 0 - 0
      """;

  private ComputationCost() {}

  /** The table without any fork. */
  static int[] constantinople() {
    int[] costs = new int[256];
    for (String row : CONSTANTINOPLE.strip().split("\n")) {
      String[] parts = row.strip().split("[: ]+");
      int first = Integer.parseInt(parts[0], 16);
      for (int i = 1; i < parts.length; i++) {
        costs[first + i - 1] = parts[i].equals("-") ? 0 : Integer.parseInt(parts[i]);
      }
    }
    for (int op = Opcodes.PUSH1; op <= Opcodes.PUSH32; op++) {
      costs[op] = PUSH;
    }
    return costs;
  }
}
