import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { uuidv7 } from "uuidv7";
import { sampleCardKind } from "#main/sample/company.ts";
import { toWire } from "#shared/contracts/sync/operation-wire.ts";
import { streams } from "#shared/contracts/sync/feed.ts";
import { drawReply, syncPath } from "#shared/contracts/sync/wire.ts";
import { cardNumberOf } from "#shared/domain/cards/card-number.ts";
import { memberCreate } from "#shared/domain/members/ops.ts";
import type { StoredOperation } from "#shared/domain/operations/operation.ts";
import { asMultiple, asRate, median, percentile, type BenchResult } from "../result.ts";
import { openBenchCompany, type BenchCompany, type BenchStation, type Row } from "./bench-company.ts";
import { benchBootstrap } from "./bootstrap.ts";
import { trafficSince } from "./counted-network.ts";
import { must } from "./must.ts";
import { openPeer, type Document, type Peer } from "./peer.ts";

const members = 10_000;
/** Of each run: six in ten move points, the others write records. */
const operations = 3_000;
const runs = 5;
/** What of the rows the peer is given to carry in each run; its rate is one a document. */
const peerRows = 20_000;
/** What a station has written and missed in a month without a line. */
const missed = { operations: 12_000, rows: 60_000 };
/** How long both may take once the line is back. */
const catchUpMaxMs = 5_000;
/** Bytes of the line, bodies only, as they travel. */
const bytesMax = { operation: 110, directoryRow: 45, idle: 600 };
const idleRounds = 50;
const idleCpuMaxMs = 2;
const draws = 60;
const drawMaxMs = 50;

/**
 * How fast a station that was apart hands over what it wrote, and how fast another one reads what head office made of it: signed, verified,
 * judged, booked, encrypted and durable on both sides, against PouchDB, a replication engine that copies documents and judges none. Each side
 * has a process of its own, as in life, ours and the peer's, so that both may use two processors; runs of the two alternate.
 *
 * What is compared. Nobody folds anything at the peer's server, so of an operation its application writes two documents: the operation, with
 * all its lines inside, and the one that it changes, which is the member's balance with its lots, or the member. They are the very rows that
 * our head office made of these operations. Documents of ledger entries, which make a report without reading every operation, are not asked
 * of it. Its server is durable as ours is, a sync for each batch; at its counter it keeps its own habit, and does not wait for the disk, where
 * our station does. Batches are of 1,000 on both sides.
 */
export async function benchSync(): Promise<readonly BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "bench-sync-"));
  const company = await openBenchCompany(folder);
  try {
    const peer = await openPeer(folder);
    const station = await company.station("A");
    const memberIds = await openForBusiness(station);
    const results = [
      ...(await measurePush(company, station, memberIds, peer)),
      await measureDraws(station, memberIds),
      await measureCatchUp(station, memberIds),
      ...(await measureIdle(company, station)),
    ];
    station.close();
    results.push(...(await measurePull(company, peer)));
    await peer.close();
    return [...results, ...(await benchBootstrap(folder))];
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
  company: BenchCompany,
  station: BenchStation,
  memberIds: readonly string[],
  peer: Peer,
): Promise<readonly BenchResult[]> {
  const rates: { readonly ours: number; readonly documents: number }[] = [];
  const used = { wallMs: 0, stationMs: 0, headOfficeMs: 0 };
  let sentBytes = 0;
  for (let run = 0; run < runs; run += 1) {
    const acknowledged = station.store.exchange((tx) => tx.acknowledged());
    station.inARush(() => writeMixed(station, memberIds, { from: run * operations, count: operations }));
    await hearTheLine();
    const before = { traffic: station.traffic(), headOfficeMs: await company.headOfficeCpuMs(), stationMs: cpuMs() };
    const startMs = performance.now();
    must(await station.exchange.push());
    const wallMs = performance.now() - startMs;
    used.wallMs += wallMs;
    used.stationMs += cpuMs() - before.stationMs;
    used.headOfficeMs += (await company.headOfficeCpuMs()) - before.headOfficeMs;
    sentBytes += trafficSince(station.traffic(), before.traffic).sentBytes;
    // What came of them, grants among it, is read before the next run spends it.
    const known = station.rowsRead().length;
    must(await station.exchange.pull(0));
    const limits = { maxOperations: operations, maxBytes: Number.MAX_SAFE_INTEGER };
    const written = station.store.exchange((tx) => tx.outbox(acknowledged, limits)).operations;
    const documents = asDocuments(written, station.rowsRead().slice(known));
    rates.push({ ours: (operations / wallMs) * 1_000, documents: await peer.pushed(documents) });
  }
  const rawPerSecond = await company.rawRate(operations);
  sayWhereTimeGoes(used, rawPerSecond);
  const value = median(rates.map(({ ours }) => ours));
  const peerDocuments = median(rates.map(({ documents }) => documents));
  const ratio = median(rates.map(({ ours, documents }) => ours / documents));
  return [
    asRate(
      { name: "sync", metric: "operations handed over, beside operations' worth of documents" },
      { value, peer: peerDocuments / documentsOfOperation, ratio: ratio * documentsOfOperation },
      6,
    ),
    asRate({ name: "sync", metric: "operations handed over, beside single documents" }, { value, peer: peerDocuments, ratio }, 6),
    asRate(
      { name: "sync", metric: "operations handed over, beside three of their tables alone in PostgreSQL" },
      { value, peer: rawPerSecond },
      0.35,
    ),
    asMultiple(
      { name: "sync", metric: "of the line, an operation handed over", unit: "bytes" },
      { value: sentBytes / (runs * operations), floor: bytesMax.operation },
      1,
    ),
  ];
}

/** Station and head office work one after the other for a batch; what neither used is the database, the disk and whoever else uses this machine. */
function sayWhereTimeGoes(used: { readonly wallMs: number; readonly stationMs: number; readonly headOfficeMs: number }, raw: number): void {
  const each = (ms: number): string => `${Math.round((ms * 1_000) / (runs * operations))} us`;
  const rest = used.wallMs - used.stationMs - used.headOfficeMs;
  console.error(
    `an operation handed over takes ${each(used.wallMs)}: station ${each(used.stationMs)}, head office ${each(used.headOfficeMs)},`,
    `PostgreSQL and waiting ${each(rest)}; three of its tables alone ${Math.round(1_000_000 / raw)} us`,
  );
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** A customer at the counter waits for this: points of the pool that come to the station which is about to spend them. */
async function measureDraws(station: BenchStation, memberIds: readonly string[]): Promise<BenchResult> {
  const drawn = memberIds.slice(-draws);
  // More than a counter may hold by itself, so that the rest lies at head office.
  station.inARush(() => drawn.forEach((memberId) => award(station, memberId, 100_000)));
  await hearTheLine();
  must(await station.exchange.push());
  must(await station.exchange.pull(0));
  const { replica, incarnation } = identityOf(station);
  const took: number[] = [];
  for (const memberId of drawn) {
    const asked = { drawId: uuidv7(), replica, incarnation, memberId, want: 100 };
    const startMs = performance.now();
    const reply = await station.exchange.inSession(({ token }) => station.exchange.line().post(syncPath.draw, asked, drawReply, { token }));
    took.push(performance.now() - startMs);
    if (must(reply).granted !== asked.want) throw new Error("head office had nothing to grant");
  }
  must(await station.exchange.pull(0));
  const metric = "points drawn for a customer who waits, p95";
  return asMultiple({ name: "sync", metric, unit: "ms" }, { value: percentile(took, 95), floor: drawMaxMs }, 1);
}

/** A station hands over a month's operations, and reads as many rows as have changed meanwhile: here all that there are, once more. */
async function measureCatchUp(station: BenchStation, memberIds: readonly string[]): Promise<BenchResult> {
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
  return asMultiple(
    { name: "sync", metric: `caught up with ${missed.operations} operations and ${missed.rows} rows`, unit: "ms" },
    { value: tookMs, floor: catchUpMaxMs },
    1,
  );
}

/** What a station costs that has nothing to say and nothing to hear: rounds of its conversation, each asked for without waiting. */
async function measureIdle(company: BenchCompany, station: BenchStation): Promise<readonly BenchResult[]> {
  const before = { traffic: station.traffic(), headOfficeMs: await company.headOfficeCpuMs() };
  for (let round = 0; round < idleRounds; round += 1) {
    must(await station.exchange.push());
    must(await station.exchange.pull(0));
  }
  const { requests, sentBytes, receivedBytes } = trafficSince(station.traffic(), before.traffic);
  const headOfficeMs = (await company.headOfficeCpuMs()) - before.headOfficeMs;
  return [
    asMultiple({ name: "sync", metric: "of an idle round", unit: "requests" }, { value: requests / idleRounds, floor: 1 }, 1),
    asMultiple(
      { name: "sync", metric: "of the line, an idle round", unit: "bytes" },
      { value: (sentBytes + receivedBytes) / idleRounds, floor: bytesMax.idle },
      1,
    ),
    asMultiple(
      { name: "sync", metric: "of head office's processor, an idle round", unit: "ms" },
      { value: headOfficeMs / idleRounds, floor: idleCpuMaxMs },
      1,
    ),
  ];
}

async function measurePull(company: BenchCompany, peer: Peer): Promise<readonly BenchResult[]> {
  const rates: { readonly ours: number; readonly documents: number }[] = [];
  for (let run = 0; run < runs; run += 1) {
    const station = await company.station("A");
    must(await station.exchange.hello());
    const startMs = performance.now();
    must(await station.exchange.pull(0));
    const tookMs = performance.now() - startMs;
    const rows = station.rowsRead();
    station.close();
    const documents = rows.slice(0, peerRows).map(asDocument);
    rates.push({ ours: (rows.length / tookMs) * 1_000, documents: await peer.pulled(documents) });
  }
  return [
    asRate(
      { name: "sync", metric: "rows read, beside documents" },
      {
        value: median(rates.map(({ ours }) => ours)),
        peer: median(rates.map(({ documents }) => documents)),
        ratio: median(rates.map(({ ours, documents }) => ours / documents)),
      },
      8,
    ),
    await measureDirectoryBytes(company),
  ];
}

async function measureDirectoryBytes(company: BenchCompany): Promise<BenchResult> {
  const station = await company.station("A");
  const session = must(await station.exchange.hello());
  station.exchange.leaveOut(session.streams.filter((stream) => stream !== streams.directory));
  const before = station.traffic();
  must(await station.exchange.pull(0));
  const { receivedBytes } = trafficSince(station.traffic(), before);
  const rows = station.rowsRead().length;
  station.close();
  return asMultiple(
    { name: "sync", metric: "of the line, a row of the directory", unit: "bytes" },
    { value: receivedBytes / rows, floor: bytesMax.directoryRow },
    1,
  );
}

function identityOf(station: BenchStation) {
  const identity = station.store.read((view) => view.identity());
  if (!identity) throw new Error("the station is not enrolled");
  return identity;
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

const asDocument = ({ kind, id, record }: Row): Document => ({ _id: `${kind}:${id}`, ...record });

/** The operation, and what it changes. */
const documentsOfOperation = 2;

/** @param rows that head office made of these operations, whatever else is among them */
function asDocuments(written: readonly StoredOperation[], rows: readonly Row[]): readonly Document[] {
  const documents = new Map(rows.map((row) => [`${row.kind}:${row.id}`, asDocument(row)]));
  return written.flatMap((operation) => {
    const { id, ...rest } = toWire(operation);
    const changed = documents.get(`${operation.type === memberCreate.type ? "member" : "balance"}:${operation.entity?.id}`);
    if (!changed) throw new Error(`head office made no row of ${operation.type}`);
    return [{ _id: id, ...rest }, changed];
  });
}
