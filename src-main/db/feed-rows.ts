import type { FeedRecords, GrantRecord } from "#shared/contracts/sync/feed.ts";
import { hearRow, loseRow } from "./edited-rows.ts";
import { hearVerdict } from "./hear-verdict.ts";
import { forgetPerson, forgetRequest, withoutForgotten } from "./forget-person.ts";
import { removeRow, writeRow, type RowKind } from "./shown-rows.ts";
import type { Tables, Touched } from "./tables.ts";

/** What only head office makes: no operation of a station changes these rows. */
const isToldOnly = (kind: RowKind): kind is "directory" | "balance" | "verdict" | "poolFigures" =>
  kind === "directory" || kind === "balance" || kind === "verdict" || kind === "poolFigures";

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
  const named: keyof FeedRecords = kind;
  const isNews = named === "erasure" && !tables.erasures.has(id);
  if (named === "request") forgetRequest(tables, row as FeedRecords["request"]);
  const told = { doc: withoutForgotten(tables, named, row), version, asOfMs };
  if (named === "grant") takeGrant(tables, touched, row as GrantRecord);
  else if (isToldOnly(named)) writeRow(tables, named, id, told);
  else hearRow(tables, touched, { kind: named, id }, told);
  if (named === "verdict") hearVerdict(tables, touched, row as FeedRecords["verdict"]);
  if (isNews) forgetPerson(tables, touched, id);
  if (named === "balance") tables.ledger.hearLastDays((row as FeedRecords["balance"]).lots);
  const { memberId } = row as { readonly memberId?: unknown };
  if (typeof memberId === "string") touched.memberIds.add(memberId);
}

/** A grant to an earlier life of this database is not ours to spend. */
function takeGrant({ ledger, identity }: Tables, touched: Touched, grant: GrantRecord): void {
  if (grant.incarnation === identity.require().incarnation) touched.grants.push(...ledger.receiveGrant(grant));
}

/** Takes a row away that left the feed; what this station has changed in it stays until head office has judged that. */
export function deleteRow(tables: Tables, touched: Touched, kind: keyof FeedRecords, id: string): void {
  if (kind === "grant") return;
  if (isToldOnly(kind)) removeRow(tables, kind, id);
  else loseRow(tables, touched, { kind, id });
}
