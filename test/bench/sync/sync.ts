import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { uuidv7 } from "uuidv7";
import { sampleCardKind } from "#main/sample/company.ts";
import { toWire } from "#shared/contracts/sync/operation-wire.ts";
import { cardNumberOf } from "#shared/domain/cards/card-number.ts";
import type { StoredOperation } from "#shared/domain/operations/operation.ts";
import { asMultiple, asRate, median, type BenchResult } from "../result.ts";
import { openBenchCompany, type BenchCompany, type BenchStation } from "./bench-company.ts";
import { benchBootstrap } from "./bootstrap.ts";
import { must } from "./must.ts";
import { measurePeer, type Document } from "./peer.ts";

const members = 10_000;
/** Of each run: six in ten move points, the others write records. */
const operations = 3_000;
const runs = 3;
/** What a station has written and missed in a month without a line. */
const missed = { operations: 12_000, rows: 60_000 };
/** How long both may take once the line is back. */
const catchUpMaxMs = 5_000;

/**
 * How fast a station that was apart hands over what it wrote, and how fast another one reads what head office made of it: signed, verified,
 * judged, booked, encrypted and durable on both sides, against a replication engine that copies documents of the same bytes and judges none.
 * Each side has a process of its own, as in life, ours and the peer's, so that both may use two processors.
 */
export async function benchSync(): Promise<readonly BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "bench-sync-"));
  const company = await openBenchCompany(folder);
  try {
    const station = await company.station("A");
    const memberIds = await openForBusiness(station);
    const { perSecond: pushPerSecond, written } = await measurePush(station, memberIds);
    const rawPerSecond = await company.rawRate(operations);
    const caughtUpMs = await measureCatchUp(station, memberIds);
    station.close();
    const { perSecond: pullPerSecond, rows } = await measurePull(company);
    const peer = await measurePeer(folder, { pushed: written.map(asDocument), pulled: rows });
    return [
      asRate({ name: "sync", metric: "operations handed over" }, { value: pushPerSecond, peer: peer.pushedPerSecond }, 6),
      asRate(
        { name: "sync", metric: "operations handed over, beside their rows alone in PostgreSQL" },
        { value: pushPerSecond, peer: rawPerSecond },
        0.35,
      ),
      asRate({ name: "sync", metric: "rows read" }, { value: pullPerSecond, peer: peer.pulledPerSecond }, 8),
      asMultiple(
        { name: "sync", metric: `caught up with ${missed.operations} operations and ${missed.rows} rows`, unit: "ms" },
        { value: caughtUpMs, floor: catchUpMaxMs },
        1,
      ),
      ...(await benchBootstrap(folder)),
    ];
  } finally {
    await company.close();
    rmSync(folder, { recursive: true });
  }
}

async function openForBusiness(station: BenchStation): Promise<readonly string[]> {
  must(await station.exchange.hello());
  must(await station.exchange.pull(0));
  const memberIds = station.inARush(() => enterMembers(station));
  await hearTheLine();
  must(await station.exchange.push());
  must(await station.exchange.pull(0));
  return memberIds;
}

async function measurePush(
  station: BenchStation,
  memberIds: readonly string[],
): Promise<{ readonly perSecond: number; readonly written: readonly StoredOperation[] }> {
  const rates: number[] = [];
  let before = 0;
  for (let run = 0; run < runs; run += 1) {
    before = station.store.exchange((tx) => tx.acknowledged());
    station.inARush(() => writeMixed(station, memberIds, { from: run * operations, count: operations }));
    await hearTheLine();
    rates.push(await perSecond(operations, async () => void must(await station.exchange.push())));
    // What came of them, grants among it, is read before the next run spends it.
    must(await station.exchange.pull(0));
  }
  const written = station.store.exchange((tx) => tx.outbox(before, { maxOperations: operations, maxBytes: Number.MAX_SAFE_INTEGER }));
  return { perSecond: median(rates), written: written.operations };
}

/** A station hands over a month's operations, and reads as many rows as have changed meanwhile: here all that there are, once more. */
async function measureCatchUp(station: BenchStation, memberIds: readonly string[]): Promise<number> {
  station.inARush(() => writeMixed(station, memberIds, { from: runs * operations, count: missed.operations }));
  await hearTheLine();
  const { serverEpoch } = must(await station.exchange.hello());
  station.store.exchange((tx) => tx.restarted(serverEpoch));
  const known = station.rowsRead().length;
  const startMs = performance.now();
  must(await station.exchange.push());
  must(await station.exchange.pull(0));
  const tookMs = performance.now() - startMs;
  const read = station.rowsRead().length - known;
  if (read < missed.rows) throw new Error(`only ${read} rows were there to be read`);
  return tookMs;
}

async function measurePull(company: BenchCompany): Promise<{ readonly perSecond: number; readonly rows: readonly Document[] }> {
  const rates: number[] = [];
  let rows: readonly Document[] = [];
  for (let run = 0; run < runs; run += 1) {
    const station = await company.station("A");
    must(await station.exchange.hello());
    const startMs = performance.now();
    must(await station.exchange.pull(0));
    const tookMs = performance.now() - startMs;
    rows = station.rowsRead().map(({ kind, id, record }) => ({ _id: `${kind}:${id}`, ...record }));
    rates.push((rows.length / tookMs) * 1_000);
    station.close();
  }
  return { perSecond: median(rates), rows };
}

let phones = 0;
const newPhone = (): string => `138${String(++phones).padStart(8, "0")}`;

/** What is written here blocks this process so long that head office has closed the connection meanwhile: that is to be noticed first. */
const hearTheLine = (): Promise<void> => sleep(50);

/** Every member has a card and two lots that are worth a redemption together and not alone. */
function enterMembers({ counter, clerk }: BenchStation): readonly string[] {
  return Array.from({ length: members }, (_, i) => {
    const { memberId } = must(counter.createMember({ requestId: uuidv7(), name: `会员${i}`, phones: [newPhone()] }, clerk));
    must(counter.issueCard({ requestId: uuidv7(), memberId, card: { number: cardNumberOf(sampleCardKind, i + 1) } }, clerk));
    for (const amountFen of [5_000, 4_000]) award({ counter, clerk }, memberId, amountFen);
    return memberId;
  });
}

function award({ counter, clerk }: Pick<BenchStation, "counter" | "clerk">, memberId: string, amountFen: number): void {
  const purchase = { receiptNumber: uuidv7().slice(-12), amountFen };
  must(counter.award({ requestId: uuidv7(), memberId, purchase, ruleId: "purchase", ruleVersion: 1 }, clerk));
}

type Span = { readonly from: number; readonly count: number };

function writeMixed(station: BenchStation, memberIds: readonly string[], { from, count }: Span): void {
  const { counter, clerk } = station;
  for (let n = from; n < from + count; n += 1) {
    const memberId = memberIds[n % memberIds.length] ?? "";
    // Shifted from round to round, so that whoever spent is awarded before spending again.
    const kind = (n + 3 * Math.floor(n / memberIds.length)) % 10;
    if (kind < 3) must(counter.redeem({ requestId: uuidv7(), memberId, planId: "tea", planVersion: 1, quantity: 1 }, clerk));
    else if (kind < 6) award(station, memberId, 9_000);
    else must(counter.createMember({ requestId: uuidv7(), name: `顾客${n}`, phones: [newPhone()] }, clerk));
  }
}

async function perSecond(pieces: number, work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  return (pieces / (performance.now() - startMs)) * 1_000;
}

const asDocument = (operation: StoredOperation): Document => {
  const { id, ...rest } = toWire(operation);
  return { _id: id, ...rest };
};
