import { cardNumberOf } from "#shared/domain/cards/card-number.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import type { Counter } from "#main/app/counter.ts";
import { sampleCardKind, type SampleBranch } from "./company.ts";
import { must } from "./must.ts";
import { inventPerson, type Draw } from "./people.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** A station while its past is being made: its counter, who works there, and its clock, which the generator sets. */
export type SampleStation = {
  readonly branch: SampleBranch;
  readonly counter: Counter;
  readonly clerk: Operator;
  readonly setClock: (atMs: number) => void;
  readonly uuid: () => string;
};

/** A member of the sample, at the station that entered them. */
export type SampleMember = { readonly memberId: string; readonly home: SampleStation; readonly cardNumber: string };

/** Enters the members of a branch and gives each a card, over the first weeks of the year. */
export function enterMembers(
  station: SampleStation,
  draw: Draw,
  options: { count: number; firstIndex: number; startMs: number },
): SampleMember[] {
  return Array.from({ length: options.count }, (_, i) => {
    const index = options.firstIndex + i;
    station.setClock(options.startMs + Math.floor((i * 60 * dayMs) / options.count) + openingTime(draw));
    const cardNumber = cardNumberOf(sampleCardKind, index + 1);
    const member = must(station.counter.createMember({ requestId: station.uuid(), ...inventPerson(draw, index) }, station.clerk));
    must(station.counter.issueCard({ requestId: station.uuid(), memberId: member.memberId, card: { number: cardNumber } }, station.clerk));
    return { memberId: member.memberId, home: station, cardNumber };
  });
}

/** Enters people who joined today and wait for their card. */
export function enterNewcomers(station: SampleStation, draw: Draw, options: { count: number; firstIndex: number; atMs: number }): void {
  station.setClock(options.atMs);
  for (let i = 0; i < options.count; i++)
    must(station.counter.createMember({ requestId: station.uuid(), ...inventPerson(draw, options.firstIndex + i) }, station.clerk));
}

/** One visit of the past: a purchase, and now and then a gift for the points that this station may spend. */
export function makeVisit(station: SampleStation, member: SampleMember, draw: Draw, visit: { atMs: number; receipt: number }): void {
  station.setClock(visit.atMs);
  const { counter, clerk, uuid } = station;
  const isContract = draw.chance(0.02);
  const amountFen = isContract ? (80 + draw.below(220)) * 1_000_000 : (30 + draw.below(1_800)) * 100 + draw.oneOf([0, 50, 90]);
  must(
    counter.award(
      {
        requestId: uuid(),
        memberId: member.memberId,
        purchase: { receiptNumber: `${station.branch}${String(visit.receipt).padStart(6, "0")}`, amountFen },
        ruleId: isContract ? "contract" : "purchase",
        ruleVersion: 1,
      },
      clerk,
    ),
  );
  if (!draw.chance(0.25)) return;
  const { spendableHere } = must(counter.balance({ memberId: member.memberId }));
  const affordable = counter
    .listPlans()
    .filter(({ costPoints, shelf }) => costPoints <= spendableHere && (shelf === null || shelf.onHand > 0));
  if (affordable.length === 0) return;
  const plan = draw.oneOf(affordable);
  must(
    counter.redeem({ requestId: uuid(), memberId: member.memberId, planId: plan.planId, planVersion: plan.version, quantity: 1 }, clerk),
  );
}

/** The shift of the evening before: what is on the page of a sample is of its own day. */
export function endShift({ counter, clerk, uuid, setClock }: SampleStation, atMs: number): void {
  setClock(atMs);
  const { upTo } = counter.currentShift();
  if (upTo !== null) must(counter.closeShift({ requestId: uuid(), upTo }, clerk));
}

/** Some minute between nine and seven in Shanghai, from midnight UTC. */
export const openingTime = (draw: Draw): number => (1 + draw.below(10)) * 60 * 60 * 1000 + draw.below(60 * 60 * 1000);
