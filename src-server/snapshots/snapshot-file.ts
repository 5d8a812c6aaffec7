import { createCipheriv, randomBytes } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { constants, gzipSync } from "node:zlib";
import Database from "better-sqlite3";
import type { HashedFeedRow } from "#server/app/ports/feed-store.ts";
import { feedRecords } from "#shared/contracts/sync/feed.ts";
import { chunkBytes, chunkPlace, chunkSeal, directoryIndexes, directoryTables, toldRows } from "#shared/contracts/sync/snapshot.ts";
import { makeEmptyFile } from "./empty-file.ts";

/** Pages of it that SQLite may keep in memory, in KiB: cards and member numbers come in any order. */
const cacheKib = 65_536;

/** The file of one snapshot, as its rows come. */
export function openSnapshotFile(file: string) {
  makeEmptyFile(file);
  const sqlite = new Database(file);
  // It is made anew after whatever ends this.
  sqlite.pragma("journal_mode = OFF");
  sqlite.pragma("synchronous = OFF");
  sqlite.pragma(`cache_size = -${cacheKib}`);
  for (const table of [...Object.values(directoryTables), toldRows]) sqlite.exec(table);
  // In files that SQLite removes by itself: the cards of all members are not held in memory.
  sqlite.pragma("temp_store = FILE");
  sqlite.exec("CREATE TEMP TABLE card_as_it_came (hash text NOT NULL, member_id text NOT NULL, gseq integer NOT NULL)");
  sqlite.exec("BEGIN");
  const addMember = sqlite.prepare("INSERT INTO directory (member_id, member_number, doc, version, hash) VALUES (?, ?, ?, ?, ?)");
  const addPhone = sqlite.prepare("INSERT INTO directory_phone (member_id, last4, tag) VALUES (?, ?, ?)");
  const addCard = sqlite.prepare("INSERT INTO card_as_it_came (hash, member_id, gseq) VALUES (?, ?, ?)");
  const addTold = sqlite.prepare("INSERT INTO told_row (kind, id, doc, version) VALUES (?, ?, ?, ?)");

  function addDirectory({ doc, gseq, ver, hash }: HashedFeedRow): void {
    const record = feedRecords.directory.parse(doc);
    const { memberId, memberNumber, phone, cards } = record;
    addMember.run(memberId, memberNumber, JSON.stringify(record), ver, BigInt.asIntN(64, hash));
    if (phone) addPhone.run(memberId, phone.last4, phone.tag);
    for (const card of cards) addCard.run(card.hash, memberId, gseq);
  }

  return {
    add(rows: readonly HashedFeedRow[]): void {
      for (const row of rows) {
        const { kind, id, ver, doc } = row;
        if (kind === "directory") addDirectory(row);
        else if (doc) addTold.run(kind, id, JSON.stringify(doc), ver);
      }
    },
    /** Sorts what came unsorted, makes the indexes, and closes the file. */
    finish(): void {
      // Of two rows that name one card a station believes the one that it was told later.
      const sorted = "SELECT hash, member_id FROM card_as_it_came ORDER BY hash, gseq";
      sqlite.exec(`INSERT OR REPLACE INTO directory_card (hash, member_id) ${sorted}`);
      for (const made of Object.values(directoryIndexes)) sqlite.exec(made);
      sqlite.exec("COMMIT");
      sqlite.close();
    },
  };
}

/** Seals the chunks of a finished file, one by one. */
export function openChunks(file: string, snapshotId: string, key: Uint8Array) {
  const opened = openSync(file, "r");
  const fileBytes = fstatSync(opened).size;
  const buffer = Buffer.alloc(chunkBytes);
  return {
    fileBytes,
    chunk(chunk: number): Uint8Array {
      const length = readSync(opened, buffer, 0, chunkBytes, chunk * chunkBytes);
      const packed = gzipSync(buffer.subarray(0, length), { level: constants.Z_BEST_SPEED });
      const nonce = randomBytes(chunkSeal.nonceBytes);
      const cipher = createCipheriv(chunkSeal.algorithm, key, nonce).setAAD(chunkPlace(snapshotId, chunk));
      const body = [cipher.update(packed), cipher.final()];
      return Buffer.concat([nonce, cipher.getAuthTag(), ...body]);
    },
    close: (): void => closeSync(opened),
  };
}
