import type { SyncRefusal } from "#server/app/head-office.ts";
import { isSignedBy } from "#server/app/keys.ts";
import { genesisOf } from "#server/app/genesis.ts";
import { blockPins } from "#server/app/operations/block-pins.ts";
import { receiveOperations } from "#server/app/operations/receive.ts";
import { nameOf } from "#server/app/hold-up-nobody.ts";
import { settleKeptPurchases } from "#server/app/operations/settle-kept-purchases.ts";
import { releaseParked } from "#server/app/operations/release-parked.ts";
import { storeUnapplied } from "#server/app/operations/store-unapplied.ts";
import type { ReceivedOperation } from "#server/app/ports/inbox.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { Incarnation, Station } from "#server/app/ports/station-store.ts";
import { signReach } from "#server/app/recovery/reach.ts";
import { StoreUnavailable, type Transaction } from "#server/app/ports/store.ts";
import { pushBytes } from "#shared/contracts/sync/signed-bytes.ts";
import type { PushReply, PushRequest, PushResult } from "#shared/contracts/sync/wire.ts";
import { ok, type Result } from "#shared/std/result.ts";
import { asDuplicate, toResult } from "./push-result.ts";
import { readBatch } from "./read-batch.ts";
import { refuse } from "./refuse.ts";
import { compareRights } from "./rights-claim.ts";
import { identifySpeaker } from "./session.ts";

type Received = { readonly results: readonly PushResult[]; readonly ackSeq: number; readonly ackHash: Uint8Array };

/**
 * Receives a batch of operations.
 *
 * Receipt is separate from verdict: whatever is authentic is stored and acknowledged, in order and once, however often it is sent. What
 * is not authentic is not acknowledged at all.
 */
export const makePush =
  (ports: Ports) =>
  async (token: string, request: PushRequest): Promise<Result<PushReply, SyncRefusal>> => {
    const speaker = await ports.store.read((tx) => identifySpeaker(tx, ports, token, request));
    if (!speaker.ok) return speaker;
    const { station } = speaker.value;
    const { replica, incarnation } = request;
    const headHash = Buffer.from(request.headHash, "hex");
    if (!isSignedBy(station.publicKey, pushBytes(headHash), Buffer.from(request.signature, "base64"))) return refuse(403, "BAD_SIGNATURE");

    const batch = readBatch(request, { nowMs: ports.machine.clock.nowMs(), clockAheadMs: station.clockAheadMs ?? 0 });
    if (!batch.ok && batch.error.code === "CHAIN_BROKEN") await suspend(ports, request);
    if (!batch.ok) return batch;

    const received = await receive(ports, station, request, batch.value);
    if (!received.ok) return received;
    await blockPins(ports, batch.value);
    await releaseParked(ports);
    await settleKeptPurchases(ports, batch.value);
    ports.notifier.published();
    const { ackSeq, ackHash, results } = received.value;
    return ok({
      ackSeq,
      ackHash: Buffer.from(ackHash).toString("hex"),
      results: [...results],
      serverTimeMs: ports.machine.clock.nowMs(),
      reach: await ports.store.read((tx) => signReach(tx, ports, { replica, incarnation, ackSeq })),
    });
  };

/** The station's own key vouches for a chain that does not hold: nothing more is taken from that life until a person has looked. */
async function suspend(ports: Ports, { replica, incarnation }: PushRequest): Promise<void> {
  ports.machine.log("incarnation suspended", { replica, incarnation });
  await ports.store.write(async (tx) => {
    const life = await tx.stations.lock(replica, incarnation);
    if (life) await tx.stations.save({ ...life, state: "suspended" });
  });
}

type Base = Pick<PushRequest, "replica" | "incarnation" | "baseSeq" | "baseHash">;

/**
 * Takes operations in one transaction. When that fails for a reason nobody foresaw, the halves are taken by themselves, until the
 * operation that cannot be applied stands alone and is kept without effect: one bad operation holds up nobody.
 */
async function receive(
  ports: Ports,
  station: Station,
  base: Base,
  operations: readonly ReceivedOperation[],
): Promise<Result<Received, SyncRefusal>> {
  try {
    return await ports.store.write((tx) => receiveInOne(ports, tx, station, base, operations));
  } catch (cause) {
    // The station tries again later: its operations are not to blame.
    if (cause instanceof StoreUnavailable) throw cause;
    ports.machine.log("batch not applied", { replica: base.replica, operations: operations.length, cause: nameOf(cause) });
  }
  const middle = splitPoint(operations);
  if (middle === undefined) return ports.store.write((tx) => receiveInOne(ports, tx, station, base, operations, storeUnapplied));
  const first = await receive(ports, station, base, operations.slice(0, middle));
  if (!first.ok) return first;
  const last = operations[middle - 1];
  if (!last) throw new Error("half of a batch is empty");
  const secondBase = { ...base, baseSeq: last.seq, baseHash: Buffer.from(last.hash).toString("hex") };
  const second = await receive(ports, station, secondBase, operations.slice(middle));
  return second.ok ? ok({ ...second.value, results: [...first.value.results, ...second.value.results] }) : second;
}

/** The place nearest to the middle that parts no linked group; undefined when there is none. */
function splitPoint(operations: readonly ReceivedOperation[]): number | undefined {
  const places = operations.flatMap(({ transaction }, i) => {
    const before = operations[i - 1]?.transaction;
    return i > 0 && (transaction === undefined || transaction.id !== before?.id) ? i : [];
  });
  const half = operations.length / 2;
  return places.toSorted((a, b) => Math.abs(a - half) - Math.abs(b - half))[0];
}

async function receiveInOne(
  ports: Ports,
  tx: Transaction,
  station: Station,
  base: Base,
  operations: readonly ReceivedOperation[],
  take: typeof receiveOperations = receiveOperations,
): Promise<Result<Received, SyncRefusal>> {
  const life = await tx.stations.lock(base.replica, base.incarnation);
  if (!life) return refuse(401, "TOKEN");
  if (life.state === "suspended") return refuse(403, "SUSPENDED");
  const known = await compareWithKnown(tx, life, base, operations);
  if (!known.ok) return known;

  const fresh = operations.slice(known.value.length);
  const last = fresh.at(-1);
  if (!last) return ok({ results: known.value, ackSeq: life.ackSeq, ackHash: life.ackHash });
  await tx.stations.heard(life.replica, ports.machine.clock.nowMs());
  const latestHlc = fresh.reduce((latest, { effHlc }) => (effHlc > latest ? effHlc : latest), life.lastHlc);
  const reached = { ...life, ackSeq: last.seq, ackHash: last.hash, lastHlc: latestHlc };
  const judged = await take(tx, ports.machine, ports.identity, station, fresh);
  await tx.stations.save(await compareRights(tx, reached));
  return ok({ results: [...known.value, ...judged.map(toResult)], ackSeq: last.seq, ackHash: last.hash });
}

/** Compares what was received before by its hash. @returns one result for each operation that is not new */
async function compareWithKnown(
  tx: Transaction,
  life: Incarnation,
  { replica, incarnation, baseSeq, baseHash }: Base,
  operations: readonly ReceivedOperation[],
): Promise<Result<readonly PushResult[], SyncRefusal>> {
  if (baseSeq > life.ackSeq) return refuse(409, "GAP", { ackSeq: life.ackSeq });
  const stored = await tx.inbox.range(replica, incarnation, Math.max(baseSeq, 1), Math.min(life.ackSeq, baseSeq + operations.length));
  const bySeq = new Map(stored.map((op) => [op.seq, op]));
  const hashAt = (seq: number): string => Buffer.from(seq === 0 ? genesisOf(life) : (bySeq.get(seq)?.hash ?? [])).toString("hex");
  if (hashAt(baseSeq) !== baseHash) return refuse(409, "FORK", { seq: baseSeq, hashHere: hashAt(baseSeq) });
  const results: PushResult[] = [];
  for (const { seq, hash } of operations) {
    const known = bySeq.get(seq);
    if (!known) break;
    if (Buffer.compare(known.hash, hash) !== 0) return refuse(409, "FORK", { seq, hashHere: hashAt(seq) });
    results.push(asDuplicate(seq, known));
  }
  return ok(results);
}
