import { createHmac } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import type { DirectoryRecord } from "#shared/contracts/sync/feed.ts";
import { phoneTagOf } from "#shared/domain/members/phone-tag.ts";
import type { StationDatabase } from "../open-database.ts";
import { prepareAdd, prepareUpsert } from "../prepare-upsert.ts";
import { directory, directoryCard, directoryPhone } from "../schema.ts";

const hmacUnder =
  (directoryKey: Uint8Array) =>
  (text: string): Buffer =>
    createHmac("sha256", directoryKey).update(text).digest();

/** How the directory names a card without saying its number: HMAC-SHA256 under the company's key, 16 bytes in hex. */
export const cardHash = (directoryKey: Uint8Array, cardNumber: string): string =>
  hmacUnder(directoryKey)(cardNumber).toString("hex").slice(0, 32);

export function makeDirectory(database: StationDatabase, directoryKey: () => Uint8Array | undefined) {
  const { db, sqlite } = database;
  // What was told of it stays noted until it is told anew.
  const upsert = sqlite.prepare(
    `INSERT INTO directory (member_id, member_number, doc) VALUES (:memberId, :memberNumber, :doc)
     ON CONFLICT (member_id) DO UPDATE SET member_number = excluded.member_number, doc = excluded.doc`,
  );
  const add = prepareAdd(database, directory);
  const upsertPhone = prepareUpsert(database, directoryPhone, directoryPhone.memberId);
  const upsertCard = prepareUpsert(database, directoryCard, directoryCard.hash);
  const removeCards = db
    .delete(directoryCard)
    .where(eq(directoryCard.memberId, sql.placeholder("memberId")))
    .prepare();
  const removePhone = db
    .delete(directoryPhone)
    .where(eq(directoryPhone.memberId, sql.placeholder("memberId")))
    .prepare();
  const read = (row: { doc: string } | undefined): DirectoryRecord | undefined => row && (JSON.parse(row.doc) as DirectoryRecord);
  const find = (memberId: string) => read(db.select({ doc: directory.doc }).from(directory).where(eq(directory.memberId, memberId)).get());
  return {
    find,
    findByNumber: (memberNumber: string) =>
      read(db.select({ doc: directory.doc }).from(directory).where(eq(directory.memberNumber, memberNumber)).get()),
    findByCard: (cardNumber: string): DirectoryRecord | undefined => {
      const key = directoryKey();
      const row =
        key &&
        db
          .select({ memberId: directoryCard.memberId })
          .from(directoryCard)
          .where(eq(directoryCard.hash, cardHash(key, cardNumber)))
          .get();
      return row ? find(row.memberId) : undefined;
    },
    findByPhone: (phone: string): readonly DirectoryRecord[] => {
      const key = directoryKey();
      if (!key) return [];
      const { last4, tag } = phoneTagOf(phone, hmacUnder(key));
      return db
        .select({ doc: directory.doc })
        .from(directoryPhone)
        .innerJoin(directory, eq(directory.memberId, directoryPhone.memberId))
        .where(and(eq(directoryPhone.last4, last4), eq(directoryPhone.tag, tag)))
        .all()
        .flatMap((row) => read(row) ?? []);
    },
    put: (record: DirectoryRecord): void => {
      const { memberId, memberNumber, phone, cards } = record;
      const row = { memberId, memberNumber, doc: JSON.stringify(record) };
      // A station that joins is told of everybody for the first time: there is nothing to take away.
      if (!add({ ...row, version: null, hash: null })) {
        upsert.run(row);
        removeCards.run({ memberId });
        if (!phone) removePhone.run({ memberId });
      }
      if (phone) upsertPhone({ memberId, ...phone });
      for (const { hash } of cards) upsertCard({ hash, memberId });
    },
    remove: (memberId: string): void => {
      removeCards.run({ memberId });
      removePhone.run({ memberId });
      db.delete(directory).where(eq(directory.memberId, memberId)).run();
    },
  };
}
