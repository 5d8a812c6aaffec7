import type { z } from "zod";
import type { findInput, MemberCard } from "#shared/contracts/members.ts";
import type { FindRequest, FoundAtHeadOffice } from "#shared/contracts/sync/wire.ts";
import { identifyCard } from "#shared/domain/cards/identify-card.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { capsLeft } from "#main/app/points/caps-left.ts";
import { viewTier } from "#main/app/tiers/view-tier.ts";
import type { Reading } from "#main/app/ports/store.ts";
import { branchName, kindName, viewBalance } from "./member-view.ts";

type Found = { readonly members: MemberCard[]; readonly isCut: boolean; readonly asOfMs: number };
type Refusal =
  | { readonly code: "NEEDS_HEAD_OFFICE" }
  | { readonly code: "FORBIDDEN"; readonly permission: string }
  | { readonly code: "LOOKED_TOO_OFTEN" };

/** Asks head office for members whom this station does not know wholly; those whom it does know are found here, and are left out. */
export const makeFindAtHeadOffice =
  ({ store, clock, headOffice }: Ports) =>
  async ({ text }: z.infer<typeof findInput>, by: Operator): Promise<Result<Found, Refusal>> => {
    const typed = text.normalize("NFKC").trim();
    const question = store.read((view) => questionOf(view, typed));
    const answer = await headOffice.find({ ...question, by: by.staffId });
    if (!answer.ok) return err(refusalOf(answer.error.code));
    const { members, isCut, asOfMs } = answer.value;
    const today = clock.businessDate();
    return store.read((view) =>
      ok({
        members: members.filter(({ memberId }) => !view.members.find(memberId)).map((found) => asCard(view, found, asOfMs, today)),
        isCut,
        asOfMs,
      }),
    );
  };

/** The fewest digits of a whole phone; fewer are a part of something. */
const phoneDigitsMin = 7;
const memberNumberDigits = 11;

/** A whole number is told by its form: a card by its kind and check digit, a member number by its length and first digit, else a phone. */
function questionOf(view: Reading, typed: string): Pick<FindRequest, "kind" | "value"> {
  const digits = typed.replaceAll(/[\s-]/g, "");
  if (!/^\+?\d+$/.test(digits) || digits.length < phoneDigitsMin) return { kind: "part", value: typed };
  const card = identifyCard({ typedNumber: digits }, view.cards.kinds());
  if (card.ok) return { kind: "card", value: card.value.cardNumber };
  // Member numbers of ours begin with zeros, which no phone in the world does.
  if (digits.length === memberNumberDigits && digits.startsWith("0")) return { kind: "memberNumber", value: digits };
  return { kind: "phone", value: digits };
}

function refusalOf(code: string): Refusal {
  if (code === "FORBIDDEN") return { code, permission: "member.read" };
  return { code: code === "LOOKED_TOO_OFTEN" ? code : "NEEDS_HEAD_OFFICE" };
}

/** Head office's figure as of now and what is not exchanged yet, beside what this station itself may spend. */
function asCard(view: Reading, found: FoundAtHeadOffice, asOfMs: number, today: string): MemberCard {
  const { memberId, memberNumber, name, phonesMasked, state, homeBranch, card } = found;
  const balance = found.balance + view.balances.notExchangedSums(memberId).change;
  return {
    memberId,
    memberNumber,
    knownAs: "directory",
    name,
    birthday: null,
    address: "",
    phonesMasked,
    state,
    erasedOn: view.erasures.find(memberId)?.doneOn ?? null,
    homeBranch: branchName(view, homeBranch),
    card: card && { kindName: kindName(view, card.cardKind), last4: card.last4, state: card.state, blockedReason: null, blockedOn: null },
    capsLeft: capsLeft(view, memberId, today),
    tier: viewTier(view, memberId, today),
    alsoNumbered: [],
    subCards: [],
    swipedCardState: null,
    swipedSubCardEndedOn: null,
    swipedIsSecondCard: false,
    balance: { ...viewBalance(view, memberId, today), balance, asOfMs },
    lastVisits: [],
  };
}
