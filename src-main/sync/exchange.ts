import { err, ok, type Result } from "#shared/std/result.ts";
import { isProfile } from "#shared/contracts/sync/feed.ts";
import { toWire } from "#shared/contracts/sync/operation-wire.ts";
import { pushBytes } from "#shared/contracts/sync/signed-bytes.ts";
import { erasuresReply, presentReply, pushReply, syncPath, type HelloReply } from "#shared/contracts/sync/wire.ts";
import type { Clock } from "#main/app/ports/clock.ts";
import type { ExchangeWriting, ToldPlace } from "#main/app/ports/exchange-store.ts";
import { Fault } from "#main/app/ports/fault.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import { noProbe, type Probe } from "#main/app/ports/probe.ts";
import type { Random } from "#main/app/ports/random.ts";
import type { Store } from "#main/app/ports/store.ts";
import { makeDepositKey, type SealKey } from "./deposit-key.ts";
import type { Signer } from "./enrol.ts";
import { completeEarlierLives } from "./complete-lives.ts";
import { handOverInEnvelopes } from "./envelopes.ts";
import { greet, type Greeting } from "./greet.ts";
import { handOverEarlierLife } from "./hand-over.ts";
import { makeHttpLine, type Network, type WireRefusal } from "./http-line.ts";
import { makeMend } from "./mend-copy.ts";
import { inPieces, readPages, type FeedAnswer, type FeedPage } from "./read-pages.ts";
import { takeBack, takeIn } from "./take-in.ts";
import { toSettlement } from "./settlement.ts";
import { splitLife } from "./split-life.ts";

/** Why head office will not exchange with this station; people have to look. */
export type ExchangeRefusal = "FORK" | "ROLLED_BACK" | "FENCED" | "SUPERSEDED" | "SUSPENDED" | "UPGRADE" | "UNKNOWN_REPLICA";

export type ExchangePorts = {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly signer: Signer;
  readonly log: Logger;
  readonly appVersion: string;
  readonly dataKey: Uint8Array;
  readonly sealKey: SealKey;
  readonly network: Network;
  readonly probe?: Probe | undefined;
};

type HelloSession = Pick<HelloReply, "token" | "deposit" | "streams" | "serverEpoch" | "ackSeq" | "heads"> & {
  maxOperations: number;
  maxBytes: number;
  isDepositDone?: boolean;
  /** Head office was put back from a copy, and waits for us to say what we have. */
  isPresenceAwaited: boolean;
};

/** How far pages go that are not in the store yet. */
type Reached = {
  readonly serverEpoch: number;
  readonly cursors: Readonly<Record<string, number>>;
  readonly floors: Readonly<Record<string, number>>;
};
type Asking = {
  readonly hasGivenTail: boolean;
  readonly reached?: Reached;
  readonly isHeardFirst?: boolean;
  readonly signal?: AbortSignal;
};

const pullBytesMax = 2_097_152;
/** In some three milliseconds. */
const rowsLookedAt = 300;
const beforeAll: ToldPlace = { kind: "", id: "", stream: "" };
/** A line of which nothing is known yet is not asked to carry everything at once. */
const operationsAtFirst = 250;
/** Between so many batches of a long queue head office is heard, so that a card which was blocked is not served for as long as the queue takes. */
const batchesInARow = 10;
/** As many as the protocol takes. */
const erasuresAtOnce = 100;
const rowsAtOnce = 200;

/**
 * The conversation with head office: hello, push, pull. Stateless beside the session token; all that matters is in the store, so a
 * conversation may break off anywhere and the next one goes on from there.
 *
 * @throws Fault `NO_LINE` from every call when the line is down
 */
export function makeExchange(ports: ExchangePorts) {
  const { store, clock, random, signer, log, appVersion, network, probe = noProbe } = ports;
  const depositKey = makeDepositKey(ports);
  let session: HelloSession | undefined;
  let leftOut: readonly string[] = [];
  let lookedAt = beforeAll;
  /** Twice as many with each full batch that was answered, half as many with each that was not answered in time. */
  let operationsAtOnce = operationsAtFirst;

  const self = () => {
    const identity = store.read((view) => view.identity());
    if (!identity) throw new Fault("NOT_ENROLLED");
    return identity;
  };
  const hangUp = new AbortController();
  const line = () => makeHttpLine(network, self().headOfficeUrl, hangUp.signal);

  function greetAs(life: (tx: ExchangeWriting) => Pick<Greeting, "incarnation" | "forkedFrom" | "isOver" | "head" | "rights">) {
    const greeting = store.exchange((tx) => ({ ...life(tx), reach: tx.reach(), hlc: tx.lastHlc(), deviceKey: tx.deviceKey() }));
    const { deviceKey } = greeting;
    if (!deviceKey) throw new Fault("NOT_ENROLLED");
    return greet({ line: line(), signer, clock, appVersion }, { ...greeting, deviceKey, replica: self().replica });
  }

  /** Says hello for a life that goes on no more. */
  async function greetAsOver(life: Pick<Greeting, "incarnation" | "forkedFrom" | "head">): Promise<HelloReply | undefined> {
    const rights = { count: 0, sum: "0".repeat(16), atSeq: life.head.seq, atGno: 0 };
    const reply = await greetAs(() => ({ ...life, isOver: true, rights }));
    return reply.ok ? reply.value : undefined;
  }

  /** @param isForked this life was begun by the hello before, and the next surprise is for people */
  async function hello(isForked = false): Promise<Result<HelloSession, ExchangeRefusal>> {
    if (store.exchange((tx) => tx.owesAnotherLife())) beginAnotherLife("RIGHTS_DIFFER");
    const { serverId, serverEpoch: knownEpoch, incarnation } = self();
    const reply = await greetAs((tx) => ({
      incarnation,
      forkedFrom: tx.forkedFrom(),
      head: tx.head(),
      rights: tx.rightsClaim(),
    }));
    if (!reply.ok) return err(exchangeRefusalOf(reply.error));
    const { verdict, serverTimeMs, serverHlc, roundTripMs } = reply.value;
    if (reply.value.serverId !== serverId) return err("UNKNOWN_REPLICA");
    clock.heard(serverTimeMs, roundTripMs);
    const isHeadOfficePutBack = reply.value.serverEpoch !== knownEpoch;
    // Its books may lack what it granted to this life; and a copy of this file from before that goes on like any older copy. Before the epoch
    // is noted: a power cut in between finds it changed once more.
    if (isHeadOfficePutBack && (verdict === "ok" || verdict === "SUPERSEDED") && !isForked) beginAnotherLife("EPOCH_CHANGED");
    store.exchange((tx) => {
      tx.contact(serverTimeMs, serverHlc);
      if (isHeadOfficePutBack) tx.restarted(reply.value.serverEpoch);
    });
    if (self().incarnation !== incarnation) return hello(true);
    if ((verdict === "ROLLED_BACK" || verdict === "FORK" || verdict === "FENCED") && !isForked) {
      beginAnotherLife(verdict);
      return hello(true);
    }
    if (verdict === "UPGRADE" && reply.value.token) await handOverInEnvelopes({ store, signer, log, line }, reply.value);
    if (verdict !== "ok") return err(verdict);
    const { token, deposit, streams, serverEpoch, ackSeq, limits, lives, reach, isPresenceAwaited = false, heads } = reply.value;
    store.exchange((tx) => {
      if (reach) tx.keepReach(reach);
      tx.knowLives(lives);
    });
    session = { token, deposit, streams, serverEpoch, ackSeq, isPresenceAwaited, ...(heads && { heads }), ...limits };
    return ok(session);
  }

  /**
   * An older copy of this database was put back and nobody here noticed, it was taken for dead, or it counted points that head office has refused: it
   * goes on under another name.
   */
  function beginAnotherLife(because: ExchangeRefusal | "RIGHTS_DIFFER" | "EPOCH_CHANGED"): void {
    const incarnation = hex(random.bytes(8));
    store.exchange((tx) => tx.beginLife(incarnation));
    session = undefined;
    log.warn({ code: "LIFE_BEGUN", because, incarnation }, "this life of the database does not go on; another one begins");
  }

  const mend = makeMend({ store, signer, log, network, self, line, inSession: (work) => inSession(work) });

  /** Runs `work` in a session; one that has expired, or that knew another epoch of head office, is renewed once. */
  async function inSession<T>(
    work: (session: HelloSession) => Promise<Result<T, WireRefusal>>,
  ): Promise<Result<T, WireRefusal | ExchangeRefusal>> {
    for (const isLastTry of [false, true]) {
      const opened = session ? ok(session) : await hello();
      if (!opened.ok) return opened;
      const answer = await work(opened.value);
      if (answer.ok || isLastTry || !(answer.error.status === 401 || answer.error.code === "EPOCH_CHANGED")) return answer;
      session = undefined;
    }
    throw new Error("unreachable");
  }

  /** Waits for the answer to a batch. One that does not come is asked for again with fewer operations: the line, or head office, is slow. */
  async function patiently<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (cause) {
      operationsAtOnce = Math.max(1, Math.floor(operationsAtOnce / 2));
      throw cause;
    }
  }

  /** Sends what head office has not acknowledged, in order, in batches. Sending again is harmless: doubles are told apart by hash. */
  async function push(): Promise<Result<null, ExchangeRefusal>> {
    let after: number | undefined;
    let life = self().incarnation;
    for (let batches = 0; ; batches += 1) {
      if (batches % batchesInARow === 0) await hearFirst();
      let sent = 0;
      const pushed = await inSession(async (open) => {
        const { replica, incarnation } = self();
        if (incarnation !== life) after = undefined;
        life = incarnation;
        const maxOperations = Math.min(operationsAtOnce, open.maxOperations);
        const batch = store.exchange((tx) => {
          // The lower of the two: an answer of head office that was lost is asked for again, and a tail that head office lost is sent again.
          after ??= Math.min(tx.acknowledged(), open.ackSeq);
          return { ...tx.outbox(after, { maxOperations, maxBytes: open.maxBytes }), deviceKey: tx.deviceKey() };
        });
        sent = batch.operations.length;
        const head = batch.operations.at(-1);
        if (!head || !batch.deviceKey) return ok(null);
        const signature = signer.signWith(batch.deviceKey, pushBytes(head.hash));
        const reply = await patiently(
          line().post(
            syncPath.push,
            {
              replica,
              incarnation,
              baseSeq: batch.base.seq,
              baseHash: hex(batch.base.hash),
              ops: batch.operations.map(toWire),
              headHash: hex(head.hash),
              signature: Buffer.from(signature).toString("base64"),
            },
            pushReply,
            { token: open.token },
          ),
        );
        if (!reply.ok) return reply;
        if (sent >= maxOperations) operationsAtOnce = Math.min(maxOperations * 2, open.maxOperations);
        probe("afterSend");
        store.exchange((tx) => {
          tx.settle(head.seq, reply.value.results.map(toSettlement));
          if (reply.value.reach) tx.keepReach(reply.value.reach);
        });
        after = head.seq;
        session = { ...open, ackSeq: reply.value.ackSeq };
        return ok(null);
      });
      if (pushed.ok) {
        if (sent === 0) return ok(null);
        continue;
      }
      const refusal = pushed.error;
      if (typeof refusal === "string") return err(refusal);
      if (refusal.code === "FORK") {
        // A new life has no number that anybody else could have used.
        beginAnotherLife("FORK");
        continue;
      }
      const ackSeq = Number(refusal.data["ackSeq"] ?? 0);
      // Only backwards: a head office that asks for the same again and again is not to be hammered.
      if (refusal.code === "GAP" && after !== undefined && ackSeq < after) after = ackSeq;
      else if (refusal.status === 413 && session && sent > 1) session = { ...session, maxOperations: Math.floor(sent / 2) };
      else {
        log.warn({ code: refusal.code, status: refusal.status }, "push refused");
        return err(exchangeRefusalOf(refusal));
      }
    }
  }

  /**
   * Asks for what head office published since our cursors.
   *
   * @param reached by pages that came and are being written meanwhile
   * @param isHeardFirst nothing is asked for that contains operations of ours
   */
  function ask(
    waitMs: number,
    { hasGivenTail, reached, isHeardFirst = false, signal }: Asking,
  ): Promise<Result<readonly unknown[] | "lacks our tail", WireRefusal | ExchangeRefusal>> {
    return inSession(async (open): Promise<Result<readonly unknown[] | "lacks our tail", WireRefusal>> => {
      const { replica, incarnation } = self();
      const { known, acknowledged, isHandedOver } = store.exchange((tx) => ({
        known: tx.cursors(),
        acknowledged: tx.acknowledged(),
        isHandedOver: tx.unfinishedLife() === undefined,
      }));
      // Restored from a backup: it first gets again what it has lost, or its rows would lack what was done here. And what an earlier life wrote
      // is answered first, or it would be put on top of rows that have it.
      if ((open.ackSeq < acknowledged || !isHandedOver) && !hasGivenTail) return ok("lacks our tail");
      // Numbers of another epoch say nothing.
      const ahead = reached?.serverEpoch === open.serverEpoch ? reached.cursors : {};
      const cursors = Object.fromEntries(open.streams.map((stream) => [stream, ahead[stream] ?? known[stream] ?? 0]));
      const floors = { ...store.exchange((tx) => tx.floors()), ...(reached?.serverEpoch === open.serverEpoch && reached.floors) };
      const without = isHeardFirst ? [...leftOut, ...open.streams.filter(isProfile)] : leftOut;
      const body = {
        replica,
        incarnation,
        cursors,
        floors,
        serverEpoch: open.serverEpoch,
        maxBytes: pullBytesMax,
        waitMs,
        ...(without.length > 0 && { without }),
      };
      return line().postLines(syncPath.pull, body, { token: open.token, timeoutMs: waitMs + 10_000, ...(signal && { signal }) });
    });
  }

  /**
   * Reads what head office published since our cursors. While the pages of an answer are written here, head office makes the next ones.
   *
   * @param waitMs how long head office may hold the request while there is nothing new
   */
  async function pull(waitMs: number, signal?: AbortSignal): Promise<Result<null, ExchangeRefusal>> {
    const broken = new AbortController();
    const ends = signal ? AbortSignal.any([signal, broken.signal]) : broken.signal;
    let hasGivenTail = false;
    let answer = ask(waitMs, { hasGivenTail, signal: ends });
    for (;;) {
      const pulled = await answer;
      if (!pulled.ok) return err(typeof pulled.error === "string" ? pulled.error : exchangeRefusalOf(pulled.error));
      if (pulled.value === "lacks our tail") {
        hasGivenTail = true;
        const pushed = await push();
        if (!pushed.ok) return pushed;
        await handOver();
        answer = ask(waitMs, { hasGivenTail, signal: ends });
        continue;
      }
      const { header, pages, isWhole } = readPages(pulled.value);
      const hasMore = isWhole && pages.some(({ cursor }) => cursor.more);
      if (header && hasMore) {
        const cursors = Object.fromEntries(pages.map(({ cursor }) => [cursor.s, cursor.g]));
        const floors = Object.fromEntries(pages.flatMap(({ reset }) => (reset ? [[reset.s, reset.g]] : [])));
        answer = ask(waitMs, { hasGivenTail, reached: { serverEpoch: header.serverEpoch, cursors, floors }, signal: ends });
        // Whether it fails is asked when these pages are written.
        answer.catch(() => undefined);
      }
      try {
        await takeOver({ header, pages, isWhole });
      } catch (cause) {
        broken.abort();
        throw cause;
      }
      if (hasMore) continue;
      const mustReadOn = await mend(pages, header?.serverTimeMs ?? 0);
      if (!mustReadOn) return ok(null);
      answer = ask(0, { hasGivenTail, signal: ends });
    }
  }

  /** @throws Fault `NO_LINE` when the answer broke off, once what came of it is written */
  async function takeOver({ header, pages, isWhole }: FeedAnswer): Promise<void> {
    if (header) store.hear((tx) => tx.contact(header.serverTimeMs, header.serverHlc));
    for (const page of pages.flatMap((each) => inPieces(each))) {
      await network.breathe();
      applyPage(page, header?.serverTimeMs ?? 0);
    }
    if (!isWhole) throw new Fault("NO_LINE", { message: "the answer broke off" });
  }

  /**
   * Before a queue that takes more than one batch, and in the middle of it: one answer of what head office tells of others. Blocked cards, grants
   * and rules do not wait for our own news; rows that may contain it do, or they would be counted twice. What cannot be heard keeps nothing from
   * going out: a line that carries no long answer, or a row that this version cannot read, is the next pull's to report.
   */
  async function hearFirst(): Promise<void> {
    if (store.read((view) => view.exchange.waiting().operations) <= operationsAtOnce) return;
    try {
      const answer = await ask(0, { hasGivenTail: false, isHeardFirst: true });
      // A head office that came back from a copy first gets our tail again.
      if (answer.ok && answer.value !== "lacks our tail") await takeOver(readPages(answer.value));
    } catch (cause) {
      log.warn(
        { code: "NOT_HEARD", error: cause instanceof Error ? cause.name : "unknown" },
        "head office could not be heard before a long queue",
      );
    }
  }

  /**
   * Afterwards head office has what earlier lives of this database wrote, as far as it takes it.
   *
   * @param isPresentOver another computer goes on as this station: what the present life wrote is handed over too
   * @returns whether this database turned out to be an older copy, and goes on as another life
   */
  async function handOver(isPresentOver = false): Promise<boolean> {
    const { incarnation } = self();
    const diverged = async (of: string, heardUpTo: number): Promise<boolean> => {
      if (of !== incarnation) return splitLife({ store, log, random, line, self, inSession }, of, heardUpTo);
      beginAnotherLife("FORK");
      return false;
    };
    while (await handOverEarlierLife({ store, signer, log, line, welcome: greetAsOver, diverged }, isPresentOver));
    return self().incarnation !== incarnation;
  }

  /** Everything up to a `cur` goes into one transaction with its cursor: a crash between two pages repeats a page, never loses one. */
  function applyPage({ cursor: { s, g }, rows, reset }: FeedPage, asOfMs: number): void {
    store.hear((tx) => {
      if (reset) tx.readAgain(s, reset.g);
      if (g <= (tx.cursors()[s] ?? 0)) return;
      // First the cursor: what it settles is in these rows, and is not put on top of them once more.
      tx.moveCursor(s, g);
      for (const row of rows) {
        if (row.k === "del") takeBack(tx, s, row);
        else takeIn(tx, { log, stream: s, asOfMs }, row);
        probe("midPage");
      }
    });
    if (store.exchange((tx) => tx.owesAnotherLife())) session = undefined;
  }

  /** Head office came back from a backup: it forgets once more whom it had forgotten, before its rows are believed. */
  async function tellErasures(): Promise<void> {
    const erasures = store.exchange((tx) => tx.erasuresToTell());
    const { replica, incarnation } = self();
    for (let at = 0; at < erasures.length; at += erasuresAtOnce) {
      const body = { replica, incarnation, erasures: erasures.slice(at, at + erasuresAtOnce) };
      const told = await inSession((open) => line().post(syncPath.erasures, body, erasuresReply, { token: open.token }));
      if (!told.ok) return log.warn({ code: typeof told.error === "string" ? told.error : told.error.code }, "erasures refused");
    }
    if (erasures.length > 0) store.exchange((tx) => tx.toldErasures());
  }

  /** Head office came back from a backup: it is told what it had published, and that it has all of ours. */
  async function presentOurselves(): Promise<void> {
    if (!session?.isPresenceAwaited) return;
    const { rows, isHandedOver } = store.exchange((tx) => ({
      rows: tx.rowsToTell(),
      isHandedOver: tx.unfinishedLife() === undefined && tx.lifeToComplete() === undefined,
    }));
    if (!isHandedOver) return;
    const { replica, incarnation } = self();
    for (let at = 0; at === 0 || at < rows.length; at += rowsAtOnce) {
      const isAll = at + rowsAtOnce >= rows.length;
      const told = await inSession((open) => {
        const body = { replica, incarnation, serverEpoch: open.serverEpoch, rows: rows.slice(at, at + rowsAtOnce), isAll };
        return line().post(syncPath.present, body, presentReply, { token: open.token });
      });
      if (!told.ok) return log.warn({ code: typeof told.error === "string" ? told.error : told.error.code }, "presence refused");
    }
    store.exchange((tx) => tx.toldRows());
    session = { ...session, isPresenceAwaited: false };
  }

  /** Looks some rows over, the next ones each time: one that is not as it was told makes another sum, and the next pull mends it. */
  function lookOver(): void {
    store.hear((tx) => {
      const { last, otherwise } = tx.checkTold(lookedAt, rowsLookedAt);
      lookedAt = last ?? beforeAll;
      for (const { kind } of otherwise) log.warn({ code: "ROW_DAMAGED", kind }, "a row is not as head office told it");
    });
  }

  /** Once a session: head office has the key of our data afterwards, unless the log says why not. */
  async function giveKey(): Promise<void> {
    if (!session || session.isDepositDone) return;
    const open = session;
    const reply = await depositKey(open, line());
    if (session !== open) return;
    // A token that has run out is renewed by whoever comes next, and the hello brings us here again.
    session = reply && !reply.ok && reply.error.status === 401 ? undefined : { ...open, isDepositDone: true };
  }

  return {
    /** Afterwards head office has the key of our data, unless it refused it. */
    deposit: giveKey,
    handOver,
    /** Afterwards the log has all that head office has of earlier lives, and head office all that the log has. */
    complete: () => completeEarlierLives({ store, log, inSession, line, self }),
    tellErasures,
    presentOurselves,
    lookOver,
    hello,
    push,
    pull,
    inSession,
    /** The last number of each stream that is read, as head office said when the conversation began; empty while there is none. */
    heads: (): Readonly<Record<string, number>> => session?.heads ?? {},
    /** The one that is open now; whoever works beside the conversation opens none. */
    session: (): HelloSession | undefined => session,
    /** Streams that are not read by rows until another set is named. */
    leaveOut: (streams: readonly string[]): void => void (leftOut = streams),
    line,
    forgetSession: () => (session = undefined),
    /** For good: what is under way fails, and so does all that comes after. */
    hangUp: () => hangUp.abort(),
  };
}
export type Exchange = ReturnType<typeof makeExchange>;

/** @throws Fault `NO_LINE` for what another try may mend, such as a challenge that was too old */
function exchangeRefusalOf({ code, status }: WireRefusal): ExchangeRefusal {
  switch (code) {
    case "FORK":
      return "FORK";
    case "SUSPENDED":
    case "BAD_SIGNATURE":
    case "CHAIN_BROKEN":
    case "MALFORMED":
      return "SUSPENDED";
    case "REPLICA_UNKNOWN":
    case "REVOKED":
      return "UNKNOWN_REPLICA";
    default:
      throw new Fault("NO_LINE", { message: `head office answered ${status} ${code}` });
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
