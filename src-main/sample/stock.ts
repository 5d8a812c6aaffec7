import { cardNumberOf } from "#shared/domain/cards/card-number.ts";
import { sampleBranches, sampleCardKind, type SampleBranch } from "./company.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import type { SampleStation } from "./history.ts";
import { must } from "./must.ts";

/** What lies on the shelves of the sample, and how much of it each branch got at the beginning. */
const sampleGifts = [
  { giftId: "tea", name: { "zh-CN": "龙井茶", "en-US": "Longjing tea" }, lowAt: 10, delivered: 120 },
  { giftId: "umbrella", name: { "zh-CN": "晴雨伞", "en-US": "Umbrella" }, lowAt: 10, delivered: 60 },
  { giftId: "hamper", name: { "zh-CN": "节庆礼盒", "en-US": "Festival hamper" }, lowAt: 2, delivered: 6 },
] as const;

type Numbers = { readonly branch: SampleBranch; readonly first: number; readonly last: number };

/** Blank cards behind those that the members of the sample have, and how many of them lie in the drawer. */
const blanks = { assigned: 1_100, inDrawer: 100 };

/** Members are entered branch by branch and get the cards in their order; the first branch takes what does not divide. */
export const membersOf = (branch: number, members: number): number => {
  const share = Math.floor(members / sampleBranches.length);
  return branch === 0 ? members - share * (sampleBranches.length - 1) : share;
};

/** The numbers that head office gives to each branch: those its members will have, and for the first one a box of blank cards. */
function cardRanges(members: number): readonly Numbers[] {
  let before = 0;
  const ofMembers = sampleBranches.map(({ code }, i): Numbers => {
    const range = { branch: code, first: before + 1, last: before + membersOf(i, members) };
    before = range.last;
    return range;
  });
  return [...ofMembers, { branch: sampleBranches[0].code, first: members + 1, last: members + blanks.assigned }];
}

/** An act's id, the same in every sample: each head office is new. */
const actId = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, "0")}`;

/** What `hq apply` is given after the company, so that branches have gifts and cards to hand out. */
export const stockCalls = (members: number): readonly { readonly procedure: string; readonly input: unknown }[] => [
  ...sampleGifts.map(({ delivered: _delivered, ...gift }, i) => ({ procedure: "gifts.set", input: { requestId: actId(i + 1), ...gift } })),
  ...cardRanges(members).map(({ branch, first, last }, i) => ({
    procedure: "cards.assignRange",
    input: {
      requestId: actId(i + 101),
      branch,
      cardKind: sampleCardKind.kind,
      first: cardNumberOf(sampleCardKind, first),
      last: cardNumberOf(sampleCardKind, last),
      lowAt: 20,
    },
  })),
];

/** The first delivery of gifts, and for the branch that got one a box of blank cards. */
export function receiveStock({ branch, counter, uuid }: SampleStation, manager: Operator, members: number): void {
  for (const { giftId, delivered } of sampleGifts) must(counter.receiveGifts({ requestId: uuid(), giftId, pieces: delivered }, manager));
  if (branch !== sampleBranches[0].code) return;
  const box = { first: members + 1, last: members + blanks.inDrawer };
  const ends = { first: { number: cardNumberOf(sampleCardKind, box.first) }, last: { number: cardNumberOf(sampleCardKind, box.last) } };
  must(counter.receiveCards({ requestId: uuid(), ...ends }, manager));
}
