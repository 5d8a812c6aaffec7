import { eq, sql } from "drizzle-orm";
import type { CardRecord } from "#shared/contracts/sync/feed.ts";
import type { StationDatabase } from "../open-database.ts";
import { prepareUpsert } from "../prepare-upsert.ts";
import { card } from "../schema.ts";

export function makeCards(database: StationDatabase) {
  const { db } = database;
  const find = db
    .select()
    .from(card)
    .where(eq(card.cardNumber, sql.placeholder("cardNumber")))
    .prepare();
  const ofMember = db
    .select()
    .from(card)
    .where(eq(card.memberId, sql.placeholder("memberId")))
    .orderBy(sql`state = 'active' DESC, rowid DESC`)
    .prepare();
  const put = prepareUpsert(database, card, card.cardNumber);
  return {
    find: (cardNumber: string): CardRecord | undefined => find.get({ cardNumber }),
    ofMember: (memberId: string): readonly CardRecord[] => ofMember.all({ memberId }),
    // A row of head office's that was kept beside an edit by an earlier version has no date.
    put: (record: CardRecord): void => put({ ...record, blockedOn: record.blockedOn ?? null }),
    /** Restrictive wins: a blocked card stays blocked. */
    block: ({ cardNumber, reason, on }: { readonly cardNumber: string; readonly reason: string; readonly on: string }): void => {
      db.update(card).set({ state: "blocked", blockedReason: reason, blockedOn: on }).where(eq(card.cardNumber, cardNumber)).run();
    },
    remove: (cardNumber: string): void => {
      db.delete(card).where(eq(card.cardNumber, cardNumber)).run();
    },
  };
}
