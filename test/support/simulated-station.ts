import { generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import type { HeadOffice } from "#server/app/head-office.ts";
import { newId } from "#server/app/ids.ts";
import { sha256 } from "#server/app/sha256.ts";
import { feedRecords, streams, type FeedKind, type FeedRecords, type GrantRecord } from "#shared/contracts/sync/feed.ts";
import { toWire } from "#shared/contracts/sync/operation-wire.ts";
import { helloBytes, pushBytes } from "#shared/contracts/sync/signed-bytes.ts";
import type { HelloReply, HelloRequest, PullFrame, PushReply, PushRequest, RightsClaim } from "#shared/contracts/sync/wire.ts";
import { hasLapsed, spendEarliestExpiryFirst, type HeldLot, type LotLine } from "#shared/domain/ledger/lots.ts";
import { rightsSum } from "#shared/domain/ledger/rights-sum.ts";
import { chainHash, genesisHash } from "#shared/domain/operations/encode.ts";
import { firstHlc, tickHlc } from "#shared/domain/operations/hlc.ts";
import type { ClockReading, EntityRef, StoredOperation, TransactionRef } from "#shared/domain/operations/operation.ts";
import { writeBytes } from "#shared/domain/operations/read-bytes.ts";
import type { Result } from "#shared/std/result.ts";
import type { HandClock } from "./hand-clock.ts";

/** What a test says of an operation; the rest (chain, clock, author) is the station's. */
export type Said = {
  readonly opId?: string;
  readonly type: string;
  readonly version?: number;
  readonly entity?: EntityRef;
  readonly d: unknown;
  readonly personal?: unknown;
  readonly by?: string;
  readonly second?: string;
  readonly atMs?: number;
  readonly clk?: ClockReading;
  readonly transaction?: TransactionRef;
};

export type AwardSaid = {
  readonly receiptNumber?: string;
  readonly expiresOn?: string | null;
  readonly toRight?: number;
  readonly by?: string;
  readonly clk?: ClockReading;
  readonly atMs?: number;
  readonly earnedOn?: string;
  readonly transaction?: TransactionRef;
  readonly rule?: { readonly ruleId: string; readonly version: number };
};

type Options = {
  readonly office: HeadOffice;
  readonly clock: HandClock;
  readonly branchCode: string;
  /** Who is signed in at the counter. */
  readonly staffId: string;
};

export type SimulatedStation = Awaited<ReturnType<typeof enrolStation>>;

/** Fails the test with the refusal's code instead of a type error further down. */
export function expectOk<T>(result: Result<T, { readonly code: string }>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

/**
 * A station as head office meets it: enrolled, with a key and a chain of its own, and rights that it spends by the real rules. It has no
 * database and no network; what it sends goes straight into the use cases.
 */
export async function enrolStation({ office, clock, branchCode, staffId }: Options) {
  const keys = generateKeyPairSync("ed25519");
  const rawPublicKey = keys.publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  const { code } = expectOk(await office.admin.createEnrolmentCode(staffId, branchCode));
  const enrolled = expectOk(
    await office.sync.enrol({ code: code.replaceAll("-", ""), publicKey: rawPublicKey.toString("base64"), app: "test" }),
  );
  const { replica, branch } = enrolled;
  const incarnation = randomBytes(8).toString("hex");

  const operations: StoredOperation[] = [];
  /** Rights per member and lot, as a station keeps them. */
  const rights = new Map<string, Map<string, HeldLot>>();
  const rows = new Map<string, unknown>();
  const cursors: Record<string, number> = {};
  let atGno = 0;
  let token = "";
  let ackSeq = 0;

  const hashAt = (seq: number): Uint8Array => operations[seq - 1]?.hash ?? genesisHash(sha256, replica, incarnation);

  function say({
    opId = newId({ clock, random: randomBytes }),
    type,
    version = 1,
    entity,
    d,
    personal,
    by = staffId,
    second,
    atMs,
    clk,
    transaction,
  }: Said): string {
    const memberId = (d as { memberId?: string } | null)?.memberId;
    const header = {
      opId,
      replica,
      incarnation,
      seq: operations.length + 1,
      hlc: tickHlc(operations.at(-1)?.hlc ?? firstHlc, clock.nowMs()),
      type,
      version,
      entity: entity ?? (memberId === undefined ? undefined : { kind: "member", id: memberId }),
      transaction,
    };
    const body = {
      by,
      ...(second !== undefined && { second }),
      at: atMs ?? clock.nowMs(),
      tz: "Asia/Shanghai",
      clk: clk ?? { off: 0, err: 0, doubt: false },
      seen: { ...cursors },
      d,
    };
    const bytes = writeBytes(body, personal);
    const prev = hashAt(operations.length);
    operations.push({ ...header, ...bytes, prev, hash: chainHash(sha256, prev, header, bytes.body, bytes.personal) });
    return opId;
  }

  const heldOf = (memberId: string): readonly HeldLot[] => [...(rights.get(memberId)?.values() ?? [])];

  function changeRight(memberId: string, lot: HeldLot, points: number): void {
    const lots = rights.get(memberId) ?? new Map<string, HeldLot>();
    lots.set(lot.lotId, { ...lot, points: (lots.get(lot.lotId)?.points ?? 0) + points });
    rights.set(memberId, lots);
  }

  const pushRequest = (from: number, to: number, key: KeyObject = keys.privateKey): PushRequest => ({
    replica,
    incarnation,
    baseSeq: from,
    baseHash: Buffer.from(hashAt(from)).toString("hex"),
    ops: operations.slice(from, to).map(toWire),
    headHash: Buffer.from(hashAt(to)).toString("hex"),
    signature: sign(null, pushBytes(hashAt(to)), key).toString("base64"),
  });

  /** Lines as given: what a station that lost its mind, or its owner's honesty, might write. */
  function redeemLines(memberId: string, lines: readonly LotLine[], by?: string): string {
    const costPoints = lines.reduce((sum, { points }) => sum + points, 0);
    return say({
      type: "points.redeem",
      ...(by !== undefined && { by }),
      d: { memberId, planId: "gift", planVersion: 1, quantity: 1, costPoints, lines },
    });
  }

  function rightsClaim(): RightsClaim {
    const all = [...rights.values()].flatMap((lots) => [...lots.values()]).filter(({ points }) => points > 0);
    return { count: all.length, sum: rightsSum(sha256, all), atSeq: operations.length, atGno };
  }

  async function helloRequest(): Promise<HelloRequest> {
    const challenge = expectOk(await office.sync.challenge(replica));
    return {
      replica,
      incarnation,
      headSeq: operations.length,
      headHash: Buffer.from(hashAt(operations.length)).toString("hex"),
      proto: [1],
      app: "test",
      clock: { wallMs: clock.nowMs(), hlc: firstHlc },
      rights: rightsClaim(),
      challenge: Buffer.from(challenge).toString("base64"),
      challengeSignature: sign(null, helloBytes(challenge, incarnation), keys.privateKey).toString("base64"),
    };
  }

  const station = {
    replica,
    incarnation,
    branchId: branch.branchId,
    enrolled,
    operations,
    rows,
    cursors,
    token: () => token,
    acknowledged: () => ackSeq,
    say,
    pushRequest,

    createMember(number: string, homeBranch = branch.branchId, name = "王小明"): string {
      const memberId = newId({ clock, random: randomBytes });
      say({
        type: "member.create",
        d: { memberId, memberNumber: number, homeBranch },
        personal: { salt: "salt", name, phones: ["13812345678"] },
      });
      return memberId;
    },

    issueCard: (memberId: string, cardNumber: string): string =>
      say({ type: "card.issue", entity: { kind: "card", id: cardNumber }, d: { memberId, cardNumber, cardKind: "main" } }),

    /** One point for each yuan; spendable here up to `toRight`, all of it unless said otherwise. */
    award(memberId: string, points: number, said: AwardSaid = {}): string {
      const { receiptNumber = randomBytes(6).toString("hex"), expiresOn = null, toRight = points, earnedOn = clock.today() } = said;
      const { ruleId, version } = said.rule ?? { ruleId: "spend", version: 1 };
      const opId = say({
        type: "points.award",
        ...said,
        d: {
          memberId,
          purchase: { receiptNumber, amountFen: points * 100 },
          ruleId,
          ruleVersion: version,
          points,
          earnedOn,
          expiresOn,
          outcome: { kind: "lot", toRight, toPool: points - toRight },
        },
      });
      if (toRight > 0) changeRight(memberId, { lotId: opId, points: 0, earnedOn, expiresOn }, toRight);
      return opId;
    },

    propose: (memberId: string, points: number): string =>
      say({
        type: "points.award",
        d: {
          memberId,
          purchase: { receiptNumber: randomBytes(6).toString("hex"), amountFen: points * 100 },
          ruleId: "large",
          ruleVersion: 1,
          points,
          earnedOn: clock.today(),
          expiresOn: null,
          outcome: { kind: "proposal" },
        },
      }),

    spendable: (memberId: string): number => heldOf(memberId).reduce((sum, { points }) => sum + points, 0),

    /** Spends from the rights held here, or nothing: undefined is what the clerk is refused. */
    redeem(memberId: string, points: number): { opId: string; lines: readonly LotLine[] } | undefined {
      const { lines, spendableHere } = spendEarliestExpiryFirst(heldOf(memberId), points, clock.today());
      if (spendableHere < points) return undefined;
      for (const { lotId, points: spent } of lines) {
        const lot = rights.get(memberId)?.get(lotId);
        if (lot) changeRight(memberId, lot, -spent);
      }
      return { opId: redeemLines(memberId, lines), lines };
    },

    redeemLines,

    /** Keeps points back while somebody else carries out a redemption. */
    hold(memberId: string, points: number): { opId: string; lines: readonly LotLine[] } {
      const { lines } = spendEarliestExpiryFirst(heldOf(memberId), points, clock.today());
      for (const { lotId, points: kept } of lines) {
        const lot = rights.get(memberId)?.get(lotId);
        if (lot) changeRight(memberId, lot, -kept);
      }
      const d = { memberId, planId: "gift", planVersion: 1, quantity: 1, costPoints: points, lines };
      return { opId: say({ type: "points.hold", d: { ...d, taker: { kind: "terminal", name: "POS-1" } } }), lines };
    },

    confirmHold: (memberId: string, { opId: holdId, lines }: { opId: string; lines: readonly LotLine[] }): string =>
      say({
        type: "points.confirm",
        d: {
          holdId,
          memberId,
          planId: "gift",
          planVersion: 1,
          quantity: 1,
          costPoints: lines.reduce((sum, { points }) => sum + points, 0),
          lines,
          saidBy: { by: "taker", reference: "000123" },
        },
      }),

    cancelHold(memberId: string, { opId: holdId, lines }: { opId: string; lines: readonly LotLine[] }): string {
      for (const { lotId, points } of lines) {
        const lot = rights.get(memberId)?.get(lotId);
        if (lot) changeRight(memberId, lot, points);
      }
      return say({ type: "points.cancel", d: { holdId, memberId, lines, saidBy: { by: "taker", reference: "000124" } } });
    },

    /** @param said who does it, and the request of another counter that it answers */
    voidRedeem(
      memberId: string,
      redeemed: { opId: string; lines: readonly LotLine[] },
      { by, answers }: { readonly by?: string; readonly answers?: string } = {},
    ): string {
      for (const { lotId, points } of redeemed.lines) {
        const lot = rights.get(memberId)?.get(lotId);
        if (lot) changeRight(memberId, lot, points);
      }
      return say({
        type: "points.void_redeem",
        ...(by !== undefined && { by }),
        d: {
          ...(answers !== undefined && { answers }),
          undoes: redeemed.opId,
          memberId,
          points: redeemed.lines.reduce((sum, { points }) => sum + points, 0),
          lines: redeemed.lines,
        },
        personal: { salt: "salt", reason: "wrong gift" },
      });
    },

    voidAward(memberId: string, award: string, points: number): string {
      const lot = rights.get(memberId)?.get(award);
      const fromRight = Math.min(lot?.points ?? 0, points);
      if (lot) changeRight(memberId, lot, -fromRight);
      return say({
        type: "points.void_award",
        d: { undoes: award, memberId, points, fromRight, rest: points - fromRight },
        personal: { salt: "salt", reason: "wrong amount" },
      });
    },

    /** Gives back what lapsed of this member, as a station does before it speaks; all of it when its shelf is cleared. */
    release(memberId: string, isAll = false): void {
      const lots = heldOf(memberId).filter((lot) => lot.points > 0 && (isAll || hasLapsed(lot, clock.today())));
      if (lots.length === 0) return;
      for (const lot of lots) changeRight(memberId, lot, -lot.points);
      say({ type: "rights.release", d: { memberId, why: "lapsed", lines: lots.map(({ lotId, points }) => ({ lotId, points })) } });
    },

    rightsClaim,

    helloRequest,

    async hello(changes: Partial<HelloRequest> = {}): Promise<HelloReply> {
      const reply = expectOk(await office.sync.hello({ ...(await helloRequest()), ...changes }));
      token = reply.token;
      return reply;
    },

    /** Sends what head office has not acknowledged, as a station does. */
    async push(): Promise<PushReply> {
      const reply = expectOk(await office.sync.push(token, pushRequest(ackSeq, operations.length)));
      ackSeq = reply.ackSeq;
      return reply;
    },

    /** Reads the feed to its end and takes over the grants, in their order. */
    async pull(maxBytes = 1_000_000): Promise<readonly PullFrame[]> {
      const seen: PullFrame[] = [];
      for (;;) {
        const request = { replica, incarnation, cursors, serverEpoch: enrolled.serverEpoch, maxBytes, waitMs: 0 };
        const frames = expectOk(await office.sync.pull(token, request, new AbortController().signal));
        for (const frame of frames) {
          if (frame.k === "row") rows.set(`${frame.e}/${frame.id}`, feedRecords[frame.e as FeedKind].parse(frame.d));
          if (frame.k === "del") rows.delete(`${frame.e}/${frame.id}`);
          if (frame.k === "row" && frame.e === "grant") takeGrant(frame.d as GrantRecord);
          if (frame.k === "cur") cursors[frame.s] = frame.g;
        }
        seen.push(...frames);
        if (!frames.some((frame) => frame.k === "cur" && frame.more)) return seen;
      }
    },

    row: <K extends FeedKind>(kind: K, id: string): FeedRecords[K] | undefined => rows.get(`${kind}/${id}`) as FeedRecords[K] | undefined,

    draw: (memberId: string, want: number, drawId = newId({ clock, random: randomBytes })) =>
      office.sync.draw(token, { drawId, replica, incarnation, memberId, want }),

    act: (by: string, body: Record<string, unknown>, actId = newId({ clock, random: randomBytes }), type = "proposal.decide") =>
      office.sync.act(token, { actId, replica, type, by, seen: {}, body }),

    profile: streams.profile(branch.branchId),
  };

  function takeGrant(grant: GrantRecord): void {
    if (grant.incarnation !== incarnation || grant.gno <= atGno) return;
    if (grant.gno !== atGno + 1) throw new Error(`grant ${grant.gno} came after ${atGno}`);
    atGno = grant.gno;
    for (const line of grant.lines) changeRight(grant.memberId, { ...line, points: 0 }, line.points);
  }

  await station.hello();
  return station;
}
