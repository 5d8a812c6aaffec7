import type { FeedRecords, GrantRecord } from "#shared/contracts/sync/feed.ts";
import { effectsOf } from "#shared/domain/operations/effects-of.ts";
import { applyRowEffect, isRowEffect } from "./apply-effects.ts";
import type { Tables, Touched } from "./tables.ts";

/** The feed's version of a row, with this station's unsettled edits of it on top. */
function replayOnTop(tables: Tables, entityKind: string, id: string): void {
  for (const op of tables.operations.unsettledAbout(entityKind, id)) {
    const meaning = effectsOf(op);
    if (meaning.ok)
      for (const effect of meaning.value.effects)
        if (isRowEffect(effect) && !(effect.kind === "putRecord" && effect.record === "purchase")) applyRowEffect(tables, effect);
  }
}

/** Writes one row of the feed into its table. */
export function putRow<K extends keyof FeedRecords>(
  tables: Tables,
  touched: Touched,
  kind: K,
  id: string,
  row: FeedRecords[K],
  version: number,
  asOfMs: number,
): void {
  const { members, cards, directory, ledger, records, identity, stock } = tables;
  const rows: { readonly [Kind in keyof FeedRecords]?: (record: FeedRecords[Kind]) => void } = {
    member: (member) => {
      members.put(member);
      replayOnTop(tables, "member", id);
    },
    card: (card) => {
      cards.put(card);
      replayOnTop(tables, "card", id);
    },
    directory: directory.put,
    stockMove: (move) => {
      stock.put(move);
      touched.movedStock = true;
    },
    grant: (grant: GrantRecord) => {
      // A grant to an earlier life of this database is not ours to spend.
      if (grant.incarnation === identity.require().incarnation) touched.grants.push(...ledger.receiveGrant(grant));
    },
  };
  const put: ((record: FeedRecords[K]) => void) | undefined = rows[kind];
  if (put) put(row);
  else records.put(kind as Exclude<K, "member" | "card" | "directory" | "grant" | "stockMove">, id, row, version, asOfMs);
  const memberId = (row as { readonly memberId?: unknown }).memberId;
  if (typeof memberId === "string") touched.memberIds.add(memberId);
}

/** Takes a row away that left the feed; an unsettled edit of this station stays until head office has judged it. */
export function deleteRow(tables: Tables, kind: keyof FeedRecords, id: string): void {
  const { members, cards, directory, records, stock } = tables;
  if (kind === "member") members.remove(id);
  else if (kind === "card") cards.remove(id);
  else if (kind === "directory") directory.remove(id);
  else if (kind === "stockMove") stock.remove(id);
  else if (kind !== "grant") records.remove(kind, id);
  replayOnTop(tables, kind, id);
}
