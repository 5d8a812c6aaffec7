import type { DecideReviewInput, ReviewView } from "#shared/contracts/members.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { reviewDecide } from "#shared/domain/members/review-ops.ts";
import type { ReviewRecord } from "#shared/domain/members/review.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { isSameIntent } from "#main/app/intent.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { Reading } from "#main/app/ports/store.ts";

const shownMax = 200;

/** What waits for somebody to choose comes first, then the newest. */
export const makeListReviews =
  ({ store }: Ports) =>
  (by: Operator): { reviews: ReviewView[] } =>
    store.read((view) => ({
      reviews: view.reviews
        .all()
        .toSorted((a, b) => Number(b.state === "open") - Number(a.state === "open") || b.submittedAtMs - a.submittedAtMs)
        .slice(0, shownMax)
        .map((review) => viewReview(view, review, by)),
    }));

function viewReview(view: Reading, review: ReviewRecord, by: Operator): ReviewView {
  const nameOf = (staffId: string): string | null => view.staff.find(staffId)?.displayName ?? null;
  const { submittedBy, decidedBy, late, ...rest } = review;
  return {
    ...rest,
    memberNumber: view.members.find(review.memberId)?.memberNumber ?? view.directory.find(review.memberId)?.memberNumber ?? "",
    submittedBy: nameOf(submittedBy),
    isOwn: submittedBy === by.staffId,
    decidedBy: decidedBy === null ? null : nameOf(decidedBy),
    late: late.map(({ by: reviewer, decision, reason }) => ({ by: nameOf(reviewer), decision, reason })),
  };
}

type Refusal = { code: "REVIEW_NOT_FOUND" | "REVIEW_DECIDED" | "OWN_EDIT" | "REASON_MISSING" | "REQUEST_ID_REUSED" };

/** Chooses between what is known and what an edit says (E-05). Elsewhere somebody may be choosing too: the first one heard counts. */
export const makeDecideReview =
  ({ store }: Ports) =>
  ({ requestId, reviewId, round, decision, reason }: DecideReviewInput, by: Operator): Result<{ reviewId: string }, Refusal> =>
    store.write((tx): Result<{ reviewId: string }, Refusal> => {
      const earlier = tx.operations.find(requestId);
      const asked = { reviewId, round, decision, reason };
      if (earlier) return isSameIntent(earlier, reviewDecide, asked) ? ok({ reviewId }) : err({ code: "REQUEST_ID_REUSED" });
      const review = tx.reviews.find(reviewId);
      if (!review) return err({ code: "REVIEW_NOT_FOUND" });
      if (review.state !== "open" || review.round !== round) return err({ code: "REVIEW_DECIDED" });
      if (review.submittedBy === by.staffId) return err({ code: "OWN_EDIT" });
      if (decision === "keep" && reason === null) return err({ code: "REASON_MISSING" });
      const { memberId, proposed } = review;
      tx.append({
        opId: requestId,
        type: reviewDecide,
        by: by.staffId,
        d: { reviewId, memberId, round, decision },
        personal: { reason, accepted: decision === "accept" ? proposed : {} },
      });
      return ok({ reviewId });
    });
