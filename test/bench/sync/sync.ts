import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { uuidv7 } from "uuidv7";
import { sampleCardKind } from "#main/sample/company.ts";
import { toWire } from "#shared/contracts/sync/operation-wire.ts";
import { cardNumberOf } from "#shared/domain/cards/card-number.ts";
import type { StoredOperation } from "#shared/domain/operations/operation.ts";
import { asRate, median, type BenchResult } from "../result.ts";
import { openBenchCompany, type BenchCompany, type BenchStation } from "./bench-company.ts";
import { must } from "./must.ts";
import { measurePeer, type Document } from "./peer.ts";

const members = 2_000;
/** Of each run: six in ten move points, the others write records. */
const operations = 3_000;
const runs = 3;

/**
 * How fast a station that was apart hands over what it wrote, and how fast another one reads what head office made of it: signed, verified,
 * judged, booked, encrypted and durable on both sides, against a replication engine that copies documents of the same bytes and judges none.
 * Each side has a process of its own, as in life, ours and the peer's, so that both may use two processors.
 */
export async function benchSync(): Promise<readonly BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "bench-sync-"));
  const company = await openBenchCompany(folder);
  try {
    const { perSecond: pushPerSecond, written } = await measurePush(company);
    const { perSecond: pullPerSecond, rows } = await measurePull(company);
    const peer = await measurePeer(folder, { pushed: written.map(asDocument), pulled: rows });
    return [
      asRate({ name: "sync", metric: "operations handed over" }, { value: pushPerSecond, peer: peer.pushedPerSecond }, 6),
      asRate({ name: "sync", metric: "rows read" }, { value: pullPerSecond, peer: peer.pulledPerSecond }, 8),
    ];
  } finally {
    await company.close();
    rmSync(folder, { recursive: true });
  }
}

async function measurePush(company: BenchCompany): Promise<{ readonly perSecond: number; readonly written: readonly StoredOperation[] }> {
  const station = await company.station("A");
  must(await station.exchange.hello());
  must(await station.exchange.pull(0));
  const memberIds = station.inARush(() => enterMembers(station));
  await hearTheLine();
  must(await station.exchange.push());
  const rates: number[] = [];
  let before = 0;
  for (let run = 0; run < runs; run += 1) {
    before = station.store.exchange((tx) => tx.acknowledged());
    station.inARush(() => writeMixed(station, memberIds, run));
    await hearTheLine();
    rates.push(await perSecond(operations, async () => void must(await station.exchange.push())));
    // What came of them, grants among it, is read before the next run spends it.
    must(await station.exchange.pull(0));
  }
  const written = station.store.exchange((tx) => tx.outbox(before, { maxOperations: operations, maxBytes: Number.MAX_SAFE_INTEGER }));
  station.close();
  return { perSecond: median(rates), written: written.operations };
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

function writeMixed(station: BenchStation, memberIds: readonly string[], run: number): void {
  const { counter, clerk } = station;
  for (let n = run * operations; n < (run + 1) * operations; n += 1) {
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
