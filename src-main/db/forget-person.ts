import type { FeedRecords } from "#shared/contracts/sync/feed.ts";
import { blankOf, isPersonalKind, type PersonalKind } from "#shared/domain/members/erasure.ts";
import { verdictIdOf } from "#shared/domain/verdicts/verdict.ts";
import type { JsonObject } from "#shared/std/json.ts";
import { findRow, writeRow } from "./shown-rows.ts";
import type { ToldRow } from "./stores/base-rows.ts";
import type { Tables, Touched } from "./tables.ts";

type PersonalRow = { readonly kind: PersonalKind; readonly id: string };

/**
 * Takes a person out of this file: what is personal in the log, which keeps digests for its chain, and every row that names them, as it is
 * shown and as head office told it. The file's journal and its copies follow (`meta.forgets`).
 */
export function forgetPerson(tables: Tables, touched: Touched, memberId: string): void {
  const { records, operations, meta } = tables;
  const isAbout = (row: { readonly memberId: string | null }): boolean => row.memberId === memberId;
  const requestIds = records.all("request").flatMap((row) => (isAbout(row) ? row.requestId : []));
  const rows: readonly PersonalRow[] = [
    { kind: "member", id: memberId },
    { kind: "directory", id: memberId },
    ...records.all("review").flatMap((row) => (isAbout(row) ? { kind: "review" as const, id: row.reviewId } : [])),
    ...records.all("proposal").flatMap((row) => (isAbout(row) ? { kind: "proposal" as const, id: row.proposalId } : [])),
    ...requestIds.map((id) => ({ kind: "request" as const, id })),
    ...records.all("verdict").flatMap((row) => {
      const isAboutEntry = operations.find(row.opId)?.memberId === memberId || requestIds.includes(row.opId);
      return isAboutEntry ? { kind: "verdict" as const, id: verdictIdOf(row) } : [];
    }),
  ];
  operations.forget(memberId, requestIds);
  for (const row of rows) blankRow(tables, row);
  meta.put("forgets", meta.int("forgets") + 1);
  touched.memberIds.add(memberId);
}

/**
 * A request names a slip: whom it is about, head office says. What this station said in one about somebody who was forgotten before goes
 * now.
 */
export function forgetRequest(tables: Tables, { requestId, memberId }: FeedRecords["request"]): void {
  const { erasures, operations, meta } = tables;
  if (memberId === null || !erasures.has(memberId) || !operations.forget(memberId, [requestId])) return;
  blankRow(tables, { kind: "request", id: requestId });
  meta.put("forgets", meta.int("forgets") + 1);
}

function blankRow(tables: Tables, { kind, id }: PersonalRow): void {
  const shown = findRow(tables, kind, id);
  if (shown) writeRow(tables, kind, id, blanked(kind, shown));
  const base = tables.baseRows.find({ kind, id });
  if (base?.told) tables.baseRows.put({ kind, id }, blanked(kind, base.told), base.since);
  // Head office tells of it anew, as it stands here now.
  tables.rowHashes.remove({ kind, id });
}

const blanked = (kind: PersonalKind, row: ToldRow): ToldRow => ({ ...row, doc: { ...(row.doc as JsonObject), ...blankOf(kind) } });

/** A row as it may be kept here: a head office that was put back from an older copy tells of people whom it has forgotten to forget. */
export function withoutForgotten<T extends object>({ erasures }: Tables, kind: string, row: T): T {
  const { memberId } = row as { readonly memberId?: unknown };
  return typeof memberId === "string" && isPersonalKind(kind) && erasures.has(memberId) ? { ...row, ...blankOf(kind) } : row;
}
