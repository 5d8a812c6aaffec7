import { z } from "zod";
import type { Books } from "./books.ts";

const refundRecord = z.object({ refundedFen: z.int().positive(), reversedPoints: z.int().nonnegative() });
type Refunded = z.infer<typeof refundRecord>;

/** What came back of a purchase so far, in money and in points. */
export function refundsOf({ records }: Pick<Books, "records">, awardId: string): Refunded {
  const record = records.find("refund", awardId);
  return record ? refundRecord.parse(record.doc) : { refundedFen: 0, reversedPoints: 0 };
}

export const reversedByRefunds = (books: Pick<Books, "records">, awardId: string): number => refundsOf(books, awardId).reversedPoints;
