import type { SyncRefusal } from "#server/app/head-office.ts";
import { genesisOf } from "#server/app/genesis.ts";
import { giveSharesToNewLife } from "#server/app/budgets.ts";
import { depositPublicKey } from "#server/app/key-deposit.ts";
import { isSignedBy, signBytes } from "#server/app/keys.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { Incarnation } from "#server/app/ports/station-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { depositKeyBytes, helloBytes } from "#shared/contracts/sync/signed-bytes.ts";
import type { HelloReply, HelloRequest } from "#shared/contracts/sync/wire.ts";
import { firstHlc, tickHlc } from "#shared/domain/operations/hlc.ts";
import { ok, type Result } from "#shared/std/result.ts";
import { headOfficeItself } from "#server/app/operations/own-operations.ts";
import { beginRecovery } from "#server/app/recovery/begin-recovery.ts";
import { isBehind, signReach } from "#server/app/recovery/reach.ts";
import { refuse } from "./refuse.ts";
import { compareRights } from "./rights-claim.ts";
import { openSession } from "./session.ts";
import { streamsOf } from "./streams-of.ts";

const protocol = 1;
const challengeBytes = 32;
const challengeMs = 2 * 60 * 1000;
const limits = { maxOperations: 1000, maxBytes: 1_048_576 };
/** The clocks of wrong codes and passwords are looked at for less than this. */
const failedTriesKeptMs = 24 * 60 * 60 * 1000;

/** A fresh number for a station to sign, so that an overheard hello is worth nothing. */
export const makeChallenge =
  ({ store, machine }: Ports) =>
  async (replica: number): Promise<Result<Uint8Array, SyncRefusal>> =>
    store.write(async (tx) => {
      const station = await tx.stations.find(replica);
      if (!station) return refuse(404, "REPLICA_UNKNOWN");
      const challenge = machine.random(challengeBytes);
      await tx.access.addChallenge(challenge, replica, machine.clock.nowMs() + challengeMs);
      return ok(challenge);
    });

/**
 * The beginning of every exchange: who speaks, from which life, and how far both sides are.
 *
 * A life is registered at its first hello and supersedes the ones before it. A token comes with every verdict that lets the station hand
 * over its operations.
 */
export const makeHello = (ports: Ports) => {
  const { store, machine, identity } = ports;
  const publicKey = depositPublicKey(identity.privateKey);
  const vouched = signBytes(identity.privateKey, depositKeyBytes(publicKey));
  const depositKey = { publicKey: toBase64(publicKey), signature: toBase64(vouched) };
  return async (request: HelloRequest): Promise<Result<HelloReply, SyncRefusal>> => {
    const nowMs = machine.clock.nowMs();
    return store.write(async (tx) => {
      const station = await tx.stations.find(request.replica);
      if (!station) return refuse(404, "REPLICA_UNKNOWN");
      if (station.state === "revoked") return refuse(403, "REVOKED");
      const challenge = Buffer.from(request.challenge, "base64");
      if (!(await tx.access.takeChallenge(challenge, request.replica, nowMs))) return refuse(401, "CHALLENGE");
      const signature = Buffer.from(request.challengeSignature, "base64");
      if (!isSignedBy(station.publicKey, helloBytes(challenge, request.incarnation), signature)) return refuse(403, "BAD_SIGNATURE");

      await tx.access.sweep(nowMs, nowMs - failedTriesKeptMs);
      await noticePutBack(tx, ports, request);
      await tx.stations.heard(request.replica, nowMs, { app: request.app, clockAheadMs: request.clock.wallMs - nowMs });
      const speaksOurs = request.proto.includes(protocol);
      const life = await findOrRegister(ports, tx, request, nowMs);
      const verdict = speaksOurs ? verdictOn(life, request) : "UPGRADE";
      if (verdict === "ok") {
        await tx.stations.save(await compareRights(tx, { ...life, claim: request.rights }));
        await tx.stations.saidHead(request, request.headSeq, nowMs);
      }
      const [deposited] = await tx.stations.deposits(station.replica);
      const { epoch, recoveringSinceMs } = await tx.recovery.state();
      const isPresenceAwaited = recoveringSinceMs !== null && !(await tx.recovery.hasPresented(station.replica, epoch));
      const names = streamsOf(station);
      const heads = await tx.feed.heads(names);
      // One that is too old for the rest hands over what it wrote in envelopes.
      const mayPush = verdict === "ok" || verdict === "FENCED" || verdict === "SUPERSEDED" || verdict === "UPGRADE";
      return ok({
        verdict,
        proto: protocol,
        serverId: identity.serverId,
        serverEpoch: epoch,
        serverTimeMs: nowMs,
        serverHlc: tickHlc(firstHlc, nowMs),
        ackSeq: life.ackSeq,
        ackHash: Buffer.from(life.ackHash).toString("hex"),
        streams: names,
        heads: Object.fromEntries([...heads].map(([stream, { gseq }]) => [stream, gseq])),
        limits,
        lives: verdict === "ok" ? await otherLives(tx, life) : [],
        deposit: { ...depositKey, keyId: deposited?.keyId ?? null },
        ...(mayPush && { reach: await signReach(tx, ports, life) }),
        ...(isPresenceAwaited && verdict === "ok" && { isPresenceAwaited }),
        token: mayPush ? await openSession(tx, ports, request.replica, request.incarnation) : "",
      });
    });
  };
};

/** These books may be those of an older copy that nobody spoke of. */
async function noticePutBack(tx: Transaction, ports: Ports, request: HelloRequest): Promise<void> {
  const state = await tx.recovery.state();
  if (!(await isBehind(tx, ports, state, request))) return;
  await beginRecovery(ports, tx, { by: headOfficeItself, shownBy: request.replica, after: request.reach?.epoch ?? 0 });
}

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

/** A life that nobody ever heard of and that is over is entered behind the one that goes on. */
async function findOrRegister(ports: Ports, tx: Transaction, request: HelloRequest, nowMs: number): Promise<Incarnation> {
  const { replica, incarnation, forkedFrom, isOver } = request;
  const known = await tx.stations.lock(replica, incarnation);
  if (known) return known;
  const life: Incarnation = {
    replica,
    incarnation,
    state: isOver ? "superseded" : "active",
    ackSeq: 0,
    ackHash: genesisOf({ replica, incarnation, forkedFrom: forkedFrom ?? null }),
    lastHlc: firstHlc,
    forkedFrom: forkedFrom ?? null,
    claim: null,
    claimState: "agrees",
  };
  await tx.stations.register(life, nowMs);
  // Another computer may be in the middle of a session with the life before.
  if (!isOver) await tx.access.endSessions(replica);
  if (!isOver) await giveSharesToNewLife(ports, tx);
  return life;
}

const otherLives = async (tx: Transaction, { replica, incarnation: own }: Incarnation): Promise<HelloReply["lives"]> =>
  (await tx.stations.lives(replica)).flatMap(({ incarnation, forkedFrom, ackSeq }) =>
    incarnation === own ? [] : [{ incarnation, forkedFrom, ackSeq }],
  );

function verdictOn(life: Incarnation, { headSeq, headHash, isOver }: HelloRequest): HelloReply["verdict"] {
  if (life.state === "suspended") return "SUSPENDED";
  const ended = life.state === "fenced" ? "FENCED" : life.state === "superseded" ? "SUPERSEDED" : undefined;
  // One that says itself that it is over may have ended before its end: it hands over what it has. One that would go on is an older copy.
  if (headSeq < life.ackSeq) return isOver || ended === "FENCED" ? (ended ?? "ROLLED_BACK") : "ROLLED_BACK";
  if (headSeq === life.ackSeq && headHash !== Buffer.from(life.ackHash).toString("hex")) return "FORK";
  return ended ?? "ok";
}
