import { z } from "zod";
import { countedRefund } from "#shared/domain/requests/request.ts";
import type { Books } from "./books.ts";

const refundRecord = z.object({
  refundedFen: z.int().positive(),
  reversedPoints: z.int().nonnegative(),
  /** Left out by earlier versions. */
  counted: z.array(countedRefund).default([]),
});
type Refunded = z.infer<typeof refundRecord>;

export const parseRefunded = (doc: unknown): Refunded => refundRecord.parse(doc);

/** What came back of a purchase so far, in money and in points, and by whose requests. */
export function refundsOf({ records }: Pick<Books, "records">, awardId: string): Refunded {
  const record = records.find("refund", awardId);
  return record ? parseRefunded(record.doc) : { refundedFen: 0, reversedPoints: 0, counted: [] };
}

export const reversedByRefunds = (books: Pick<Books, "records">, awardId: string): number => refundsOf(books, awardId).reversedPoints;
