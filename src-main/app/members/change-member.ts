import type { ChangeMemberInput, MemberCard } from "#shared/contracts/members.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { sameJson } from "#shared/std/json.ts";
import { maskName, maskPhone } from "#shared/domain/members/masking.ts";
import { memberFields, type MemberFacts, type MemberField, type MemberRecord } from "#shared/domain/members/member.ts";
import { memberPatch } from "#shared/domain/members/ops.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { isSameIntent } from "#main/app/intent.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { mustView } from "./must-view.ts";

type Refusal =
  | { code: "MEMBER_NOT_FOUND" }
  | { code: "ALREADY_ERASED" }
  | { code: "MEMBER_CHANGED" }
  | { code: "NOTHING_CHANGED" }
  | { code: "PHONE_TAKEN"; memberId: string; nameMasked: string }
  | { code: "REQUEST_ID_REUSED" };

/**
 * Writes what a person changed of a member, with what they saw. Shown here at once; head office merges it with what others changed
 * meanwhile, and what it kept comes back.
 */
export const makeChangeMember =
  ({ store, clock }: Ports) =>
  ({ requestId, memberId, seen, changed }: ChangeMemberInput, by: Operator): Result<MemberCard, Refusal> =>
    store.write((tx): Result<MemberCard, Refusal> => {
      const today = clock.businessDate();
      const earlier = tx.operations.find(requestId);
      if (earlier)
        return isSameIntent(earlier, memberPatch, { memberId }) ? ok(mustView(tx, earlier, today)) : err({ code: "REQUEST_ID_REUSED" });
      const member = tx.members.find(memberId);
      if (!member) return err({ code: "MEMBER_NOT_FOUND" });
      if (tx.erasures.find(memberId)) return err({ code: "ALREADY_ERASED" });

      const shown = masked(member);
      const wanted: MemberFacts = { ...changed, ...(changed.phones && { phones: changed.phones.map((phone) => inFull(member, phone)) }) };
      const fields = memberFields.filter((field) => wanted[field] !== undefined && !sameJson(wanted[field], member[field]));
      if (fields.length === 0) return err({ code: "NOTHING_CHANGED" });
      if (fields.some((field) => !sameJson(seen[field], shown[field]))) return err({ code: "MEMBER_CHANGED" });
      const added = (fields.includes("phones") ? (wanted.phones ?? []) : []).filter((phone) => !member.phones.includes(phone));
      const taken = added.flatMap((phone) => tx.members.findByPhone(phone)).find((other) => other.memberId !== memberId);
      if (taken) return err({ code: "PHONE_TAKEN", memberId: taken.memberId, nameMasked: maskName(taken.name) });

      const op = tx.append({
        opId: requestId,
        type: memberPatch,
        by: by.staffId,
        d: { memberId, fields },
        personal: { before: pick(member, fields), after: pick(wanted, fields) },
      });
      return ok(mustView(tx, op, today));
    });

/** What a screen shows of these fields. */
export const masked = <F extends MemberFacts>(facts: F): F => ({ ...facts, ...(facts.phones && { phones: facts.phones.map(maskPhone) }) });

/** The phone that is meant by its masked form, or the new one as it was typed. */
const inFull = ({ phones }: MemberRecord, said: string): string => phones.find((phone) => maskPhone(phone) === said) ?? said;

const pick = (facts: MemberFacts, fields: readonly MemberField[]): MemberFacts =>
  Object.fromEntries(fields.map((field) => [field, facts[field]]));
