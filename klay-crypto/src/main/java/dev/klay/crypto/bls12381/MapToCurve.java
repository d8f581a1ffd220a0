package dev.klay.crypto.bls12381;

/**
 * Field elements to points of the subgroups: the maps of EIP-2537, map_to_curve followed by
 * clear_cofactor of RFC 9380.
 */
public final class MapToCurve {
  private MapToCurve() {}

  /**
   * The point of an element.
   *
   * @param element 48 bytes, big-endian
   * @throws InvalidPointException on another length or an element that is not below p
   */
  public static G1 toG1(byte[] element) {
    ensureSize(element, Fp.SIZE);
    return G1.ofSubgroup(MapToG1.map(Fp.decode(element, 0)));
  }

  /**
   * The point of a pair of elements.
   *
   * @param element 96 bytes: the real part, then the factor of u, each big-endian
   * @throws InvalidPointException on another length or a part that is not below p
   */
  public static G2 toG2(byte[] element) {
    ensureSize(element, Fp2.SIZE);
    return G2.ofSubgroup(MapToG2.map(Fp2.decode(element, 0)));
  }

  private static void ensureSize(byte[] element, int size) {
    if (element.length != size) {
      throw new InvalidPointException(
          "a field element has " + size + " bytes here, not " + element.length);
    }
  }
}
