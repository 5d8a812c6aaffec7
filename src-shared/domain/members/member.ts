import { z } from "zod";

/** What a person may change of a member. Who somebody is and how to reach them comes first: of these two are never merged by a clock. */
const editable = {
  name: z.string(),
  phones: z.array(z.string()),
  /** Null where it is not known. */
  birthday: z.iso.date().nullable(),
  /** Where letters go; empty where it is not known. */
  address: z.string(),
};

/** The member record as it stands in both databases and travels in the feed. Name, phones, birthday and address are personal. */
export const memberRecord = z.strictObject({
  memberId: z.string(),
  memberNumber: z.string(),
  /** Branch id. */
  homeBranch: z.string(),
  state: z.enum(["active", "frozen"]),
  ...editable,
  birthday: editable.birthday.default(null),
  address: editable.address.default(""),
  createdAtMs: z.int(),
});
export type MemberRecord = z.infer<typeof memberRecord>;

export const memberFields = ["name", "phones", "birthday", "address"] as const satisfies readonly (keyof typeof editable)[];
export type MemberField = (typeof memberFields)[number];

/** Some of a member's fields. */
export const memberFacts = z.strictObject(editable).partial();
export type MemberFacts = z.infer<typeof memberFacts>;

/** Who somebody is: of two edits that did not know of each other a person chooses. The others go by the clock. */
export const identityFields: ReadonlySet<string> = new Set<MemberField>(["name", "phones"]);
