import { z } from "zod";
import { companyOwner } from "#shared/domain/ledger/lots.ts";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import type { Effect } from "#shared/domain/operations/effect.ts";
import { chargeMove, inactivityRecord, restoreReason, type LapseRecord } from "./lapse.ts";

const points = z.int().positive();
const share = z.int().nonnegative();
const date = z.iso.date();

/** What every new lot of this area takes over from the one that it stands for or comes from. */
const newLot = z.strictObject({
  lotId: z.uuid(),
  ruleId: z.string(),
  ruleVersion: points,
  earnedOn: date,
  expiresOn: date.nullable(),
  /** Of a pool's lot: the member who had given what was freed, and who takes it along on leaving. */
  contributor: z.uuid().exactOptional(),
});
type NewLot = z.infer<typeof newLot>;

const put = (lapse: LapseRecord): Effect => ({ kind: "putRecord", record: "lapse", id: lapse.lapseId, fields: lapse });

const about = {
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: true,
  entity: (d: { readonly memberId: string }) => ({ kind: "member", id: d.memberId }),
  memberId: (d: { readonly memberId: string }) => d.memberId,
} as const;

/** Opens a lot at head office's pool in place of points that lapsed. */
const open = (memberId: string, causeOpId: string, given: number, { lotId, ...lot }: NewLot): readonly Effect[] => [
  { kind: "openLot", lot: { lotId, memberId, points: given, causeOpId, ...lot } },
  { kind: "move", lotId, memberId, from: "ISSUED", to: "POOL", points: given },
];

/** The last day of these lots is over, and what of them lies at head office is gone. No station writes this. */
export const pointsExpire = declareOperation({
  ...about,
  type: "points.expire",
  data: z.strictObject({
    memberId: z.uuid(),
    bookedOn: date,
    lines: z.array(z.strictObject({ lotId: z.uuid(), points, lapsedOn: date, forWantOfVisits: z.literal(true).exactOptional() })).min(1),
    /** Branches that were not heard past the last day, and for which head office did not wait any longer. */
    without: z.array(z.string()),
  }),
  effects: ({ opId, body: { d } }) =>
    d.lines.flatMap(({ lotId, points: gone, lapsedOn, forWantOfVisits }): Effect[] => [
      { kind: "move", lotId, memberId: d.memberId, from: "POOL", to: "EXPIRED", points: gone },
      put({
        lapseId: `${opId}/${lotId}`,
        memberId: d.memberId,
        what: "expired",
        lotId,
        lapsedOn,
        points: gone,
        withdrawn: 0,
        bookedOn: d.bookedOn,
        newLot: null,
        standsFor: null,
        moves: [],
        spentOn: null,
        without: d.without,
        ...(forWantOfVisits && { forWantOfVisits }),
      }),
    ]),
});

/** The whole list of a member's lots that lapsed for want of visits and of which something is still held somewhere; what is held comes back. */
export const pointsInactive = declareOperation({
  ...about,
  type: "points.inactive",
  data: inactivityRecord.extend({ memberId: z.uuid() }),
  effects: ({ body: { d } }) => [{ kind: "putRecord", record: "inactivity", id: d.memberId, fields: d }],
});

/** They lapsed for want of visits, and a branch that was heard late had served the member in time: the same points are there again. */
export const pointsRevive = declareOperation({
  ...about,
  type: "points.revive",
  data: z.strictObject({
    memberId: z.uuid(),
    bookedOn: date,
    lines: z.array(z.strictObject({ lotId: z.uuid(), points, lapsedOn: date })).min(1),
    /** The visit that was heard of late. */
    served: z.strictObject({ on: date, branchId: z.string().nullable() }),
  }),
  effects: ({ opId, body: { d } }) =>
    d.lines.flatMap(({ lotId, points: back, lapsedOn }): Effect[] => [
      { kind: "move", lotId, memberId: d.memberId, from: "EXPIRED", to: "POOL", points: back },
      put({
        lapseId: `${opId}/${lotId}`,
        memberId: d.memberId,
        what: "restored",
        lotId,
        lapsedOn,
        points: back,
        withdrawn: 0,
        bookedOn: d.bookedOn,
        newLot: null,
        standsFor: null,
        moves: [],
        spentOn: null,
        without: [],
        served: d.served,
      }),
    ]),
});

/** Somebody decided that expired points are given back: new ones, with some days to spend them. What expired stays as it is booked. */
export const pointsRestore = declareOperation({
  ...about,
  type: "points.restore",
  data: z.strictObject({
    memberId: z.uuid(),
    bookedOn: date,
    lapsedOn: date,
    reason: restoreReason,
    lines: z.array(z.strictObject({ lotId: z.uuid(), points, newLot })).min(1),
  }),
  effects: ({ opId, body: { d } }) => {
    const { lines, ...lapse } = d;
    const rest = { what: "restored" as const, withdrawn: 0, standsFor: null, spentOn: null };
    return lines.flatMap((line): readonly Effect[] => {
      const { lotId, expiresOn } = line.newLot;
      const row = put({
        ...lapse,
        ...rest,
        lapseId: lotId,
        lotId: line.lotId,
        points: line.points,
        newLot: { lotId, expiresOn },
        moves: [],
        without: [],
      });
      return [...open(d.memberId, opId, line.points, line.newLot), row];
    });
  },
});

/** Points for expired ones, because as many were spent meanwhile from a lot that lasts longer. */
export const pointsExchange = declareOperation({
  ...about,
  type: "points.exchange",
  data: z.strictObject({
    memberId: z.uuid(),
    bookedOn: date,
    /** The lot that expired, and its last day. */
    lotId: z.uuid(),
    lapsedOn: date,
    points,
    standsFor: z.uuid(),
    /** From the lot that expired to the one that is freed; `spentOn` is the day of the last one. */
    moves: z.array(chargeMove).min(1),
    spentOn: date,
    newLot,
  }),
  effects: ({ opId, body: { d } }) => {
    const { newLot: lot, ...lapse } = d;
    const { lotId, expiresOn } = lot;
    const row = put({ ...lapse, lapseId: lotId, what: "exchanged", withdrawn: 0, newLot: { lotId, expiresOn }, without: [] });
    return [...open(d.memberId, opId, d.points, lot), row];
  },
});

/** What was spent stays spent, and a lot of the company pays for it. */
function lossOf(opId: string, loss: { readonly newLot: NewLot; readonly spent: number; readonly repaid: number }): readonly Effect[] {
  const { lotId } = loss.newLot;
  const lost = loss.spent + loss.repaid;
  return [
    { kind: "openLot", lot: { ...loss.newLot, memberId: companyOwner, points: lost, causeOpId: opId } },
    { kind: "move", lotId, memberId: companyOwner, from: "ISSUED", to: "REDEEMED", points: lost },
  ];
}

/**
 * An exchange does not hold any more: the lot was spent after all by a station that was heard late, or the spend that it rests on was
 * undone. What is left of it goes back; what it paid for already is the company's loss, and the member keeps what was bought.
 */
export const pointsWithdrawExchange = declareOperation({
  ...about,
  type: "points.withdraw_exchange",
  data: z.strictObject({
    memberId: z.uuid(),
    /** The lot that was given in exchange. */
    lotId: z.uuid(),
    fromPool: share,
    fromExpired: share,
    /** Spent already: taken over by a lot of the company, which has this id. */
    loss: z.strictObject({ newLot, spent: share, repaid: share }).nullable(),
    /** All that was withdrawn of this lot, this included. */
    withdrawn: points,
  }),
  effects: ({ opId, body: { d } }) => {
    const back = (from: "POOL" | "EXPIRED" | "REDEEMED" | "REPAID", taken: number): Effect => ({
      kind: "move",
      lotId: d.lotId,
      memberId: d.memberId,
      from,
      to: "REVERSED",
      points: taken,
    });
    return [
      back("POOL", d.fromPool),
      back("EXPIRED", d.fromExpired),
      ...(d.loss ? [back("REDEEMED", d.loss.spent), back("REPAID", d.loss.repaid), ...lossOf(opId, d.loss)] : []),
      { kind: "putRecord", record: "lapse", id: d.lotId, fields: { withdrawn: d.withdrawn } },
    ];
  },
});
