import type { ExchangeWriting } from "#main/app/ports/exchange-store.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import { feedRecords, isFed } from "#shared/contracts/sync/feed.ts";

/** A row as it travels, in a page of the feed or in the answer to a repair. */
type WireRow = { readonly e: string; readonly id: string; readonly ver: number; readonly d: unknown };

type From = { readonly log: Logger; readonly stream: string; readonly asOfMs: number };

/** Puts a row of head office's where it belongs, and counts it as told. */
export function takeIn(tx: ExchangeWriting, { log, stream, asOfMs }: From, { e: kind, id, ver, d }: WireRow): void {
  if (!isFed(kind)) {
    log.warn({ kind }, "feed row of a kind that this version does not know");
    tx.told(stream, { kind, id, ver, doc: d });
    return;
  }
  const doc = feedRecords[kind].parse(d);
  tx.putRow(kind, id, doc, ver, asOfMs);
  tx.told(stream, { kind, id, ver, doc });
}

/** Head office takes a row away. One that it told in another stream, too, stays until that one takes it away as well. */
export function takeBack(tx: ExchangeWriting, stream: string, { e: kind, id }: Pick<WireRow, "e" | "id">): void {
  tx.takenBack(stream, { kind, id });
  if (isFed(kind) && tx.toldIn({ kind, id }).length === 0) tx.deleteRow(kind, id);
}
