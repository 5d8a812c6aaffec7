import type { ReceivedOperation } from "#server/app/ports/inbox.ts";
import { identityFields, memberFacts, type MemberFacts, type MemberField } from "#shared/domain/members/member.ts";
import { memberPatch, type MemberPatchPersonal } from "#shared/domain/members/ops.ts";
import { reviewDecide } from "#shared/domain/members/review-ops.ts";
import { reviewRecord, type ReviewRecord } from "#shared/domain/members/review.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import type { Effect } from "#shared/domain/operations/effect.ts";
import type { Operation } from "#shared/domain/operations/operation.ts";
import { sameJson, whatIsThere, type JsonObject } from "#shared/std/json.ts";
import type { Books } from "./books.ts";
import type { FlagCode } from "./codes.ts";
import { clockText } from "./record-shelf.ts";

/** What head office does about an edit of a person's data, and why somebody shall look. */
export type MergedEdit = { readonly effects: readonly Effect[]; readonly flag?: FlagCode };

/** What an operation that edits people does here; undefined for any other. Whatever becomes of it, every branch then shows the same. */
export function mergeEdit(books: Pick<Books, "records">, operation: Operation, received: ReceivedOperation): MergedEdit | undefined {
  if (dataOf(operation, memberPatch)) return mergeFields(books, operation, received);
  const decided = dataOf(operation, reviewDecide);
  const record = decided && books.records.find("review", decided.reviewId);
  if (!decided || !record) return undefined;
  const review = reviewRecord.parse(record.doc);
  const isFirst = review.state === "open" && review.round === decided.round;
  if (isFirst) return undefined;
  const { reason } = (operation.personal ?? { reason: null }) as { readonly reason: string | null };
  const { round, decision } = decided;
  const late = [...review.late, { by: operation.body.by, round, decision, reason }];
  return { effects: [putReview(review.reviewId, { late })], flag: "DECIDED_BEFORE" };
}

/**
 * Field by field. Who somebody is, is taken in the place of what the author saw, and else waits for a person to choose; of the rest the
 * later edit stays.
 */
function mergeFields({ records }: Pick<Books, "records">, operation: Operation, received: ReceivedOperation): MergedEdit {
  const d = dataOf(operation, memberPatch);
  const record = d && records.find("member", d.memberId);
  if (!record) return { effects: [] };
  if (!operation.personal) return { effects: [], flag: "PERSON_ERASED" };
  const { before, after } = operation.personal as MemberPatchPersonal;
  const current = memberFacts.parse({ name: record.doc["name"], phones: record.doc["phones"] });
  const isContested = (field: MemberField): boolean =>
    identityFields.has(field) && !sameJson(current[field], after[field]) && !sameJson(current[field], before[field]);
  const inQuestion = d.fields.filter((field) => after[field] !== undefined && isContested(field));
  const earlier = reviewsOf(records, d.memberId).find(({ proposed }) => sameJson(proposed, pick(after, Object.keys(proposed))));
  const contested = earlier && earlier.state !== "accepted" ? [...new Set([...inQuestion, ...fieldsOf(earlier.proposed)])] : inQuestion;
  const taken = d.fields.filter((field) => after[field] !== undefined && !contested.includes(field));
  const edit: Effect = { kind: "putRecord", record: "member", id: d.memberId, fields: pick(after, taken) };
  if (contested.length > 0) {
    const reviewId = earlier?.reviewId ?? operation.opId;
    const review = putReview(reviewId, {
      reviewId,
      memberId: d.memberId,
      round: earlier ? earlier.round + (earlier.state === "kept" ? 1 : 0) : 1,
      state: "open",
      proposed: pick(after, contested),
      current: pick(current, contested),
      submittedBy: operation.body.by,
      submittedAtMs: operation.body.at,
      decidedBy: null,
      reason: null,
      late: earlier?.late ?? [],
    });
    return { effects: [edit, review], flag: "NEEDS_REVIEW" };
  }
  const clock = clockText(received);
  const isOvertaken = taken.some(
    (field) => !identityFields.has(field) && (record.fieldClock[field] ?? "") > clock && !sameJson(record.doc[field], after[field]),
  );
  return { effects: [edit], ...(isOvertaken && { flag: "EDIT_OVERTAKEN" }) };
}

const reviewsOf = (records: Books["records"], memberId: string): readonly ReviewRecord[] =>
  records
    .ofKind("review")
    .map(({ doc }) => reviewRecord.parse(doc))
    .filter((review) => review.memberId === memberId);

const fieldsOf = (facts: MemberFacts): readonly MemberField[] => Object.keys(facts) as MemberField[];
const pick = (facts: MemberFacts, fields: readonly string[]): JsonObject =>
  whatIsThere(Object.fromEntries(Object.entries(facts).filter(([field]) => fields.includes(field))));
const putReview = (id: string, fields: JsonObject): Effect => ({ kind: "putRecord", record: "review", id, fields });
