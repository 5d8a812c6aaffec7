import { and, eq, sql } from "drizzle-orm";
import type { CardRecord } from "#shared/contracts/sync/feed.ts";
import type { Effect } from "#shared/domain/operations/effect.ts";
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
    // A row of head office's that was kept beside an edit by an earlier version has no date, and says nothing of sub-cards.
    put: (record: CardRecord): void => put({ ...record, blockedOn: record.blockedOn ?? null, mainCard: record.mainCard ?? null }),
    /** Restrictive wins: a blocked card stays blocked. */
    block: ({ cardNumber, reason, on, hangsOn }: Extract<Effect, { kind: "blockCard" }>): void => {
      const isMeant = hangsOn === undefined ? undefined : eq(card.mainCard, hangsOn);
      db.update(card)
        .set({ state: "blocked", blockedReason: reason, blockedOn: on })
        .where(and(eq(card.cardNumber, cardNumber), isMeant))
        .run();
    },
    remove: (cardNumber: string): void => {
      db.delete(card).where(eq(card.cardNumber, cardNumber)).run();
    },
  };
}
