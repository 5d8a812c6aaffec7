import { SealBroken, type Seal } from "./seal.ts";

/** Where an operation lies in its chain. Its id may come twice; its number in a life does not. */
type Place = { readonly incarnation: string; readonly seq: number };
const nameOf = ({ incarnation, seq }: Place): string => `operation/${incarnation}/${seq}`;

export const closePersonal = (seal: Seal, place: Place, personal: Uint8Array): Uint8Array => seal.close(nameOf(place), personal);

/**
 * @returns the bytes as the station signed them. What no longer opens is handed on as it lies: the chain's hash tells that it was changed,
 *   so that a verification names the operation instead of ending at it.
 */
export function openPersonal(seal: Seal, place: Place, sealed: Uint8Array): Uint8Array {
  try {
    return seal.open(nameOf(place), sealed);
  } catch (cause) {
    if (cause instanceof SealBroken) return sealed;
    throw cause;
  }
}
