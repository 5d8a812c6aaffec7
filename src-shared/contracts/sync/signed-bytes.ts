import { concatBytes, fromHex } from "#shared/std/bytes.ts";
import { depositKeyTag, depositTag, erasureTag, helloTag, identityTag, pushTag, reachTag, type Reach } from "./wire.ts";

// What is signed, byte for byte, so that both ends sign and check the same. Each begins with the tag of its purpose: a signature given for
// one can never be shown as another.

const utf8 = new TextEncoder();

/** Head office proves its key: tag and the caller's nonce. */
export const identityBytes = (nonce: Uint8Array): Uint8Array => concatBytes(utf8.encode(identityTag), nonce);

/** A station proves its key for one life: tag, head office's challenge, and the incarnation as the text of its 16 hex digits. */
export const helloBytes = (challenge: Uint8Array, incarnation: string): Uint8Array =>
  concatBytes(utf8.encode(helloTag), challenge, utf8.encode(incarnation));

/** A batch: tag and the 32 bytes of its head hash, which covers every operation before it. */
export const pushBytes = (headHash: Uint8Array): Uint8Array => concatBytes(utf8.encode(pushTag), headHash);

/** Head office vouches for the key to which stations seal: tag and its 32 bytes. */
export const depositKeyBytes = (publicKey: Uint8Array): Uint8Array => concatBytes(utf8.encode(depositKeyTag), publicKey);

/**
 * What a deposit is sealed for, and opens for alone: tag, the station's number as 4 bytes big-endian, its Ed25519 key, and the id of the
 * key inside. No incarnation: the key outlives them.
 */
export function depositBytes(station: { readonly replica: number; readonly publicKey: Uint8Array }, keyId: string): Uint8Array {
  const number = new Uint8Array(4);
  new DataView(number.buffer).setUint32(0, station.replica);
  return concatBytes(utf8.encode(depositTag), number, station.publicKey, fromHex(keyId));
}

/** That a person was forgotten, for a head office that has forgotten that: tag, member id and date, as text. */
export const erasureBytes = ({ memberId, on }: { readonly memberId: string; readonly on: string }): Uint8Array =>
  utf8.encode(`${erasureTag}${memberId}${on}`);

/** How far head office's books go, as it tells one station: tag, the station's number and the four figures, as text with `/` between. */
export const reachBytes = (replica: number, { epoch, incarnation, ackSeq, ownSeq }: Omit<Reach, "signature">): Uint8Array =>
  utf8.encode(`${reachTag}${[replica, epoch, incarnation, ackSeq, ownSeq].join("/")}`);
