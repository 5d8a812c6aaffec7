import { z } from "zod";
import { concatBytes } from "#shared/std/bytes.ts";

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

/** As much of the file as one chunk holds before it is packed and sealed; a multiple of the file's pages. */
export const chunkBytes = 4_194_304;

/**
 * What a snapshot is: a SQLite file with one stream as it stood at number `gseq`, cut into chunks of `chunkBytes`. Travels as the text that
 * head office signed.
 */
export const snapshotManifest = z.strictObject({
  v: z.literal(1),
  snapshotId: z.uuid(),
  serverId: z.string(),
  serverEpoch: z.int(),
  stream: z.string(),
  /** Whoever has the file has read the stream up to here. */
  gseq: z.int().nonnegative(),
  rows: z.int().nonnegative(),
  madeAtMs: z.int(),
  /** Of the file as it is unpacked. */
  fileBytes: z.int().positive(),
  /** SHA-256 of each chunk as it travels. */
  chunks: z.array(hex(32)).min(1),
});
export type SnapshotManifest = z.infer<typeof snapshotManifest>;

const replica = z.int().positive();
const incarnation = hex(8);

export const snapshotRequest = z.strictObject({ replica, incarnation, serverEpoch: z.int(), stream: z.string().max(64) });
/** `none`: the stream is so short that its rows are read as quickly. `making`: to be asked for again in some seconds. */
export const snapshotReply = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("none") }),
  z.strictObject({ state: z.literal("making") }),
  z.strictObject({
    state: z.literal("made"),
    /** The exact text of a `snapshotManifest`; its UTF-8 bytes are what was signed. */
    manifest: z.string().max(1_048_576),
    signature: z.base64(),
    /** Opens the chunks. It travels to stations alone, and is kept by none of them. */
    key: z.base64(),
  }),
]);
export type SnapshotRequest = z.infer<typeof snapshotRequest>;
export type SnapshotReply = z.infer<typeof snapshotReply>;

/** Answered by the bytes of the chunk, as they are sealed. */
export const snapshotChunkRequest = z.strictObject({ replica, incarnation, snapshotId: z.uuid(), chunk: z.int().nonnegative() });
export type SnapshotChunkRequest = z.infer<typeof snapshotChunkRequest>;

const utf8 = new TextEncoder();

/** Head office vouches for a snapshot: tag and the manifest's text. */
export const manifestBytes = (manifest: string): Uint8Array => utf8.encode(`counterfoil-snapshot${manifest}`);

/**
 * Layout of a sealed chunk: nonce, tag of the seal, and the gzipped pages under AES-256-GCM. The additional data are `chunkPlace`: a chunk
 * opens in its own place of its own snapshot alone.
 */
export const chunkSeal = { algorithm: "aes-256-gcm", keyBytes: 32, nonceBytes: 12, tagBytes: 16 } as const;

export function chunkPlace(snapshotId: string, chunk: number): Uint8Array {
  const number = new Uint8Array(4);
  new DataView(number.buffer).setUint32(0, chunk);
  return concatBytes(utf8.encode(`counterfoil-chunk${snapshotId}`), number);
}

/**
 * Tables of the directory in a snapshot: word for word those of a station's database, which takes them over as they are. The indexes are made
 * last, from sorted rows. A station whose tables are others (it is older or newer than head office) reads rows instead.
 */
export const directoryTables = {
  directory:
    "CREATE TABLE `directory` (\n\t`member_id` text PRIMARY KEY,\n\t`member_number` text NOT NULL UNIQUE,\n\t`doc` text NOT NULL\n, `version` integer, `hash` integer)",
  directory_card: "CREATE TABLE `directory_card` (\n\t`hash` text PRIMARY KEY,\n\t`member_id` text NOT NULL\n)",
  directory_phone: "CREATE TABLE `directory_phone` (\n\t`member_id` text PRIMARY KEY,\n\t`last4` text NOT NULL,\n\t`tag` text NOT NULL\n)",
} as const;
export const directoryIndexes = {
  directory_by_hash: "CREATE INDEX `directory_by_hash` ON `directory` (`hash`)",
  directory_card_by_member: "CREATE INDEX `directory_card_by_member` ON `directory_card` (`member_id`)",
  directory_phone_by_tag: "CREATE INDEX `directory_phone_by_tag` ON `directory_phone` (`last4`,`tag`)",
} as const;

/** The other rows of the stream, few, which a station puts among its own. */
export const toldRows =
  "CREATE TABLE told_row (kind text NOT NULL, id text NOT NULL, doc text NOT NULL, version integer NOT NULL, PRIMARY KEY (kind, id))";

/**
 * SQLite keeps so many bytes at the end of each page for whoever encrypts it. A file that is made with them is encrypted in place; one without is
 * first written anew as a whole.
 */
export const pageReserve = 80;
export const pageBytes = 4096;

/** A stream of fewer rows is read as quickly by rows, and has no snapshots. */
export const rowsWorthASnapshot = 20_000;
