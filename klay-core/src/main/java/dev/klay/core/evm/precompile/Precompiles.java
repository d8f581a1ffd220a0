package dev.klay.core.evm.precompile;

/** The contracts, each by what it does and by the fork whose prices it has. */
public final class Precompiles {
  public static final Precompile EC_RECOVER = new EcRecover();
  public static final Precompile SHA256 = HashPrecompile.SHA256;
  public static final Precompile RIPEMD160 = HashPrecompile.RIPEMD160;
  public static final Precompile IDENTITY = HashPrecompile.IDENTITY;
  public static final Precompile MODEXP_BYZANTIUM = ModExp.BYZANTIUM;
  public static final Precompile MODEXP_BERLIN = ModExp.BERLIN;
  public static final Precompile MODEXP_OSAKA = ModExp.OSAKA;
  public static final Precompile BLAKE2_F = new Blake2F();
  public static final Precompile POINT_EVALUATION = new PointEvaluation();
  public static final Precompile BLS_G1_ADD = new BlsG1Add();
  public static final Precompile BLS_G1_MSM = new BlsG1Msm();
  public static final Precompile BLS_G2_ADD = new BlsG2Add();
  public static final Precompile BLS_G2_MSM = new BlsG2Msm();
  public static final Precompile BLS_PAIRING = new BlsPairingCheck();
  public static final Precompile BLS_MAP_FP_TO_G1 = new BlsMapFpToG1();
  public static final Precompile BLS_MAP_FP2_TO_G2 = new BlsMapFp2ToG2();
  public static final Precompile P256_VERIFY = new P256Verify();

  private Precompiles() {}
}
