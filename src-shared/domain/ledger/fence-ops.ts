import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import type { Effect } from "#shared/domain/operations/effect.ts";
import { companyOwner, heldOf, limboOf, rightOf, sumPoints, type Holder } from "./lots.ts";
import { movesOf } from "./moves.ts";

const points = z.int().positive();
const share = z.int().nonnegative();
const lines = z.array(z.strictObject({ lotId: z.uuid(), points }));
const ofMember = { incarnation: z.string(), memberId: z.uuid() };
const ofStation = {
  replica: z.int().positive(),
  incarnation: z.string(),
  points: share,
  members: share,
  /** What of campaigns it might give twice; left out where that is nothing. */
  budget: points.exactOptional(),
};
const stationEntity = (d: { readonly replica: number }) => ({ kind: "station", id: String(d.replica) });
const memberEntity = (d: { readonly memberId: string }) => ({ kind: "member", id: d.memberId });
const memberId = (d: { readonly memberId: string }): string => d.memberId;

/**
 * Head office takes a life of a station for dead. What that life may spend is set aside; `points` of `members` is the most that can be paid
 * twice if it was not dead and the points are given back before its operations come.
 */
export const stationFence = declareOperation({
  type: "station.fence",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject(ofStation),
  entity: stationEntity,
  memberId: () => null,
  effects: () => [],
});

/** What was set aside is given back to its members: from now on a redemption that the fenced life made unheard may cost points twice. */
export const stationGiveBack = declareOperation({
  type: "station.give_back",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject(ofStation),
  entity: stationEntity,
  memberId: () => null,
  effects: () => [],
});

/** Sets aside what a fenced life may spend of one member, and what it holds for a redemption that has not ended. */
export const rightsFence = declareOperation({
  type: "rights.fence",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: true,
  data: z.strictObject({
    ...ofMember,
    rights: lines,
    held: lines,
    /** What the life was asked to hand back, and will not answer; left out where there was nothing. */
    recalls: z.array(z.uuid()).exactOptional(),
  }),
  entity: memberEntity,
  memberId,
  effects: ({ body: { d } }) => [
    ...movesOf({ memberId: d.memberId, lines: d.rights }, rightOf(d.incarnation), limboOf(d.incarnation)),
    ...movesOf({ memberId: d.memberId, lines: d.held }, heldOf(d.incarnation), limboOf(d.incarnation)),
    ...(d.recalls ?? []).map((id): Effect => ({ kind: "putRecord", record: "recall", id, fields: { state: "dropped" } })),
  ],
});

/** Gives back to one member what was set aside of a fenced life, and what came to that life since. */
export const rightsGiveBack = declareOperation({
  type: "rights.give_back",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: true,
  data: z.strictObject({
    ...ofMember,
    limbo: lines,
    rights: lines,
    held: lines,
    /** The redemptions that were under way when the life ended; left out where there was none. */
    holds: z.array(z.uuid()).exactOptional(),
  }),
  entity: memberEntity,
  memberId,
  effects: ({ body: { d } }) => [
    ...movesOf({ memberId: d.memberId, lines: d.limbo }, limboOf(d.incarnation), "POOL"),
    ...movesOf({ memberId: d.memberId, lines: d.rights }, rightOf(d.incarnation), "POOL"),
    ...movesOf({ memberId: d.memberId, lines: d.held }, heldOf(d.incarnation), "POOL"),
    ...(d.holds ?? []).map((id): Effect => ({ kind: "putRecord", record: "hold", id, fields: { state: "givenBack" } })),
  ],
});

/** What the company paid for an operation that came late, as it stands in head office's books; 0 once the operation was undone. */
export const lossRecord = z.strictObject({ lateOpId: z.string(), incarnation: z.string(), memberId: z.string(), points: share });

const lossRow = (id: string, fields: Partial<z.infer<typeof lossRecord>>): Effect => ({ kind: "putRecord", record: "loss", id, fields });

/** `of`: the other life of the same station whose account it is; left out for the life's own, and for what belongs to no life. */
const coverSource = { from: z.enum(["LIMBO", "RIGHT", "EXPIRED", "POOL"]), of: z.string().optional() };
const coveredAccount = z.enum(["RIGHT", "HELD"]);

/**
 * An operation of a life that has ended arrives after what the life could spend was taken from it, or is of a life that never had any, since
 * it was split off from one that had. So that its lines apply as they are, head office first finds the points: set aside, left by other ended
 * lives of the station, lapsed meanwhile, in the lot's pool, in the pool of the owner's other lots. What is in none of
 * them the company pays from a lot of its own (`losses`), or, where the points were taken back from a purchase, the member owes (`debts`).
 */
export const rightsCover = declareOperation({
  type: "rights.cover",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: true,
  data: z.strictObject({
    ...ofMember,
    /** The operation that came late. */
    lateOpId: z.uuid(),
    on: z.iso.date(),
    lines: z.array(z.strictObject({ lotId: z.uuid(), ...coverSource, to: coveredAccount, points })),
    otherLots: z.array(z.strictObject({ lotId: z.uuid(), fromLotId: z.uuid(), to: coveredAccount, points })),
    losses: z.array(z.strictObject({ lotId: z.uuid(), to: coveredAccount, points })),
    debts: z.array(z.strictObject({ lotId: z.uuid(), to: coveredAccount, points })),
  }),
  entity: memberEntity,
  memberId,
  effects: ({ opId, body: { d } }) => {
    const { incarnation, memberId: owner } = d;
    const accountOf = (to: z.infer<typeof coveredAccount>): Holder => (to === "RIGHT" ? rightOf(incarnation) : heldOf(incarnation));
    const move = (lotId: string, from: Holder, to: Holder, moved: number): Effect => ({
      kind: "move",
      lotId,
      memberId: owner,
      from,
      to,
      points: moved,
    });
    const loss = sumPoints(d.losses);
    const lossLot: readonly Effect[] =
      loss === 0
        ? []
        : [
            {
              kind: "openLot",
              lot: {
                lotId: opId,
                memberId: companyOwner,
                points: loss,
                causeOpId: d.lateOpId,
                ruleId: "loss",
                ruleVersion: 1,
                earnedOn: d.on,
                expiresOn: null,
              },
            },
            { kind: "move", lotId: opId, memberId: companyOwner, from: "ISSUED", to: "MOVED", points: loss },
          ];
    return [
      ...d.lines.map(({ lotId, from, of = incarnation, to, points: found }) => {
        const source = from === "LIMBO" ? limboOf(of) : from === "RIGHT" ? rightOf(of) : from;
        return move(lotId, source, accountOf(to), found);
      }),
      ...d.otherLots.flatMap(({ lotId, fromLotId, to, points: found }) => [
        move(fromLotId, "POOL", "MOVED", found),
        move(lotId, "ISSUED", accountOf(to), found),
      ]),
      ...lossLot,
      ...(loss === 0 ? [] : [lossRow(d.lateOpId, { lateOpId: d.lateOpId, incarnation, memberId: owner, points: loss })]),
      ...[...d.losses, ...d.debts].map(({ lotId, to, points: missing }) => move(lotId, "ISSUED", accountOf(to), missing)),
      { kind: "debt", memberId: owner, points: sumPoints(d.debts) },
    ];
  },
});

/** A late redemption that the company had paid for was undone: the points were never the member's a second time, so they go. */
export const rightsUncover = declareOperation({
  type: "rights.uncover",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: true,
  data: z.strictObject({ ...ofMember, lateOpId: z.uuid(), lines: lines.min(1) }),
  entity: memberEntity,
  memberId,
  effects: ({ body: { d } }) => [...movesOf(d, rightOf(d.incarnation), "REVERSED"), lossRow(d.lateOpId, { points: 0 })],
});
