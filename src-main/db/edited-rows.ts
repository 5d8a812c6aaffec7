import { isFed, type FeedRecords } from "#shared/contracts/sync/feed.ts";
import type { Effect, RecordKind } from "#shared/domain/operations/effect.ts";
import { effectsOf } from "#shared/domain/operations/effects-of.ts";
import { applyRowEffect, isRowEffect } from "./apply-effects.ts";
import { findRow, removeRow, writeRow } from "./shown-rows.ts";
import type { ToldRow } from "./stores/base-rows.ts";
import type { Tables, Touched } from "./tables.ts";

/** Rows that both head office and the operations of this station change. */
type EditedKind = Extract<RecordKind, keyof FeedRecords> | "card";
type EditedRow = { readonly kind: EditedKind; readonly id: string };

/** The row that an effect changes; undefined where the feed carries no such row, which then is of one side alone. */
function rowOf(effect: Effect): EditedRow | undefined {
  if (effect.kind === "bindCard" || effect.kind === "blockCard") return { kind: "card", id: effect.cardNumber };
  if (effect.kind !== "putRecord") return undefined;
  const { record, id } = effect;
  return isFed(record) ? { kind: record, id } : undefined;
}

/** Keeps what head office told of the rows that an operation is about to change, and notes which operation changes them. */
export function noteEdits(tables: Tables, position: number, effects: readonly Effect[]): void {
  for (const effect of effects) {
    const row = rowOf(effect);
    if (!row) continue;
    if (!tables.baseRows.find(row)) tables.baseRows.put(row, findRow(tables, row.kind, row.id), "before");
    tables.baseRows.noteEdit(row, position);
  }
}

/** Shows what head office told, with what is not settled on top. */
function show(tables: Tables, touched: Touched, row: EditedRow, told: ToldRow | undefined): void {
  const shownBefore = findRow(tables, row.kind, row.id);
  if (told) writeRow(tables, row.kind, row.id, told);
  else removeRow(tables, row.kind, row.id);
  for (const op of tables.operations.editsOf(row.kind, row.id)) {
    const meaning = effectsOf(op);
    const effects = meaning.ok ? meaning.value.effects.filter(isRowEffect) : [];
    for (const effect of effects) {
      const changed = rowOf(effect);
      if (changed?.kind === row.kind && changed.id === row.id) applyRowEffect(tables, effect);
    }
  }
  for (const shown of [shownBefore, findRow(tables, row.kind, row.id)]) noteChange(touched, row, shown?.doc);
}

function noteChange(touched: Touched, { kind }: EditedRow, doc: unknown): void {
  const { memberId } = (doc ?? {}) as { readonly memberId?: unknown };
  if (typeof memberId === "string") touched.memberIds.add(memberId);
  if (kind === "stockMove") touched.movedStock = true;
}

/** Head office tells of a row. */
export function hearRow(tables: Tables, touched: Touched, row: EditedRow, told: ToldRow): void {
  if (tables.baseRows.find(row)) {
    tables.baseRows.put(row, told, "told");
    show(tables, touched, row, told);
  } else {
    writeRow(tables, row.kind, row.id, told);
    noteChange(touched, row, told.doc);
  }
}

/** Head office takes a row away: at once, or when what was changed in it here has been judged. */
export function loseRow(tables: Tables, touched: Touched, row: EditedRow): void {
  if (tables.baseRows.find(row)) tables.baseRows.put(row, undefined, "gone");
  else {
    noteChange(touched, row, findRow(tables, row.kind, row.id)?.doc);
    removeRow(tables, row.kind, row.id);
  }
}

/** Takes settled edits off the rows that they changed: what head office made of them is in its own version, or is not at all. */
export function releaseSettled(tables: Tables, touched: Touched): void {
  const settled = tables.baseRows.withSettledEdits();
  if (settled.length === 0) return;
  tables.baseRows.forgetSettledEdits();
  for (const { kind, id, refused } of settled) {
    const row = { kind, id } as EditedRow;
    const base = tables.baseRows.find(row);
    const isFree = tables.operations.editsOf(kind, id).length === 0;
    // What was applied is right as it is shown until head office's version comes; so is what was taken away, until the last edit is settled.
    const isLeft = base === undefined || (base.since === "before" && refused === 0) || (base.since === "gone" && !isFree);
    if (!isLeft) show(tables, touched, row, base.told);
    // Until it comes, what stands here is ours and not what was told.
    if (isLeft && base?.since === "before") tables.rowHashes.remove(row);
    if (isFree) tables.baseRows.remove(row);
  }
}
