import type { z } from "zod";
import type { findInput, MemberCard } from "#shared/contracts/members.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { identifyCard } from "#shared/domain/cards/identify-card.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { Reading } from "#main/app/ports/store.ts";
import { viewMember } from "./member-view.ts";

const foundMax = 20;

export type FoundMembers = { readonly members: MemberCard[]; readonly isComplete: boolean };

/**
 * Finds members by what a clerk types. An exact card, phone or member number is looked up beyond the branch, masked there and logged
 * without saying whom; names, pinyin and parts of a number search the working set, so such an answer is complete for this branch only.
 */
export const makeFindMembers =
  ({ store, clock, log }: Ports) =>
  ({ text }: z.infer<typeof findInput>, by: Operator): FoundMembers =>
    store.read((view) => {
      const typed = text.normalize("NFKC").trim();
      const exact = findExactly(view, typed);
      const ids = exact.length > 0 ? exact : view.members.search(typed, foundMax).map(({ memberId }) => memberId);
      const today = clock.businessDate();
      const members = [...new Set(ids.map(view.members.current))].flatMap((memberId) => viewMember(view, memberId, { today }) ?? []);
      const elsewhere = members.filter(({ knownAs }) => knownAs === "directory").length;
      if (elsewhere > 0) log.info({ by: by.staffId, found: elsewhere }, "looked up in the directory");
      return { members, isComplete: exact.length > 0 };
    });

/** Shorter than any phone there is; the tag of a few digits would match somebody by chance. */
const phoneDigitsMin = 7;

function findExactly(view: Reading, typed: string): readonly string[] {
  const digits = typed.replace(/[\s-]/g, "");
  if (!/^\+?\d+$/.test(digits)) return [];
  const card = identifyCard({ typedNumber: digits }, view.cards.kinds());
  const byCard = card.ok ? ownerOf(view, card.value.cardNumber) : undefined;
  const byNumber = view.members.findByNumber(digits)?.memberId ?? view.directory.findByNumber(digits)?.memberId;
  const byPhone = view.members.findByPhone(digits).map(({ memberId }) => memberId);
  const known = [byCard, byNumber, ...byPhone].filter((memberId) => memberId !== undefined);
  // Only where nobody is known for certain: a tag says who it may be.
  const mayHavePhone = known.length === 0 && digits.length >= phoneDigitsMin ? view.directory.findByPhone(digits) : [];
  return [...known, ...mayHavePhone.map(({ memberId }) => memberId)];
}

/** Whose card it is, as far as this station knows. */
export const ownerOf = (view: Reading, cardNumber: string): string | undefined =>
  view.cards.find(cardNumber)?.memberId ?? view.directory.findByCard(cardNumber)?.memberId;

export const makeGetMember =
  ({ store, clock }: Ports) =>
  ({ memberId }: { memberId: string }): Result<MemberCard, { code: "MEMBER_NOT_FOUND" }> =>
    store.read((view) => {
      const card = viewMember(view, memberId, { today: clock.businessDate() });
      return card ? ok(card) : err({ code: "MEMBER_NOT_FOUND" });
    });
