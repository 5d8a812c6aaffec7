import type { ServerIdentity } from "#server/app/ports/access-store.ts";
import type { Seal } from "./seal.ts";

/**
 * The keys that head office keeps in its database, sealed with the one that lies outside it. With head office's own key in clear, whoever
 * copies the database could open the keys that stations have given into its keeping, and speak in its name.
 */
type OwnKeys = Pick<ServerIdentity, "privateKey" | "directoryKey">;

export const closeKeys = (seal: Seal, { privateKey, directoryKey }: OwnKeys): OwnKeys => ({
  privateKey: seal.close("server/private_key", privateKey),
  directoryKey: seal.close("server/directory_key", directoryKey),
});

/** @throws SealBroken */
export const openKeys = (seal: Seal, { privateKey, directoryKey }: OwnKeys): OwnKeys => ({
  privateKey: seal.open("server/private_key", privateKey),
  directoryKey: seal.open("server/directory_key", directoryKey),
});

/** What a station sealed to head office's own key, once more: an old copy of the database, from when that key lay in clear, opens none of the later ones. */
type Deposited = { readonly replica: number; readonly keyId: string };
const placeOf = ({ replica, keyId }: Deposited): string => `key_deposit/${replica}/${keyId}`;

export const closeDeposit = (seal: Seal, place: Deposited, deposit: Uint8Array): Uint8Array => seal.close(placeOf(place), deposit);
/** @throws SealBroken */
export const openDeposited = (seal: Seal, place: Deposited, sealed: Uint8Array): Uint8Array => seal.open(placeOf(place), sealed);

const placeOfSnapshot = (snapshotId: string): string => `snapshot/${snapshotId}`;

export const closeSnapshotKey = (seal: Seal, snapshotId: string, key: Uint8Array): Uint8Array =>
  seal.close(placeOfSnapshot(snapshotId), key);
/** @throws SealBroken */
export const openSnapshotKey = (seal: Seal, snapshotId: string, sealed: Uint8Array): Uint8Array =>
  seal.open(placeOfSnapshot(snapshotId), sealed);
