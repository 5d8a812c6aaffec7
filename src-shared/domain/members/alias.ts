import { z } from "zod";

/**
 * Under which other names a person is in the books, because somebody joined twice. Cards, lots, debts and edits keep the name that they were
 * written under, and everybody who reads them reads through these: so a station that has not heard of a merge goes on under the old name and
 * its operations apply as they are, and a split gives everything back to its first owner.
 */
export const aliasRecord = z.strictObject({
  memberId: z.string(),
  /** The member that this one is now; null for one that stands for itself. */
  mergedInto: z.string().nullable(),
  /** The operation that made it so. */
  mergedBy: z.string().nullable(),
  /** The members that are now this one. */
  absorbed: z.array(z.string()),
  /** Members that were one with this one for a time: whoever has not heard of the split may still name the one for the other. */
  partedFrom: z.array(z.string()),
});
export type AliasRecord = z.infer<typeof aliasRecord>;

/** What is known of a member's other names; undefined for one that was never merged, which is almost everybody. */
type AliasOf = (memberId: string) => AliasRecord | undefined;

export const noAliases = (memberId: string): AliasRecord => ({ memberId, mergedInto: null, mergedBy: null, absorbed: [], partedFrom: [] });

/** The member that somebody stands for now. */
export function currentMember(memberId: string, aliasOf: AliasOf): string {
  const into = aliasOf(memberId)?.mergedInto ?? null;
  return into === null ? memberId : currentMember(into, aliasOf);
}

/** All names that a person has in the books, the one that stands first. */
export function namesOf(memberId: string, aliasOf: AliasOf): readonly string[] {
  const withAbsorbed = (id: string): readonly string[] => [id, ...(aliasOf(id)?.absorbed ?? []).flatMap(withAbsorbed)];
  return withAbsorbed(currentMember(memberId, aliasOf));
}

export const isSamePerson = (a: string, b: string, aliasOf: AliasOf): boolean =>
  a === b || currentMember(a, aliasOf) === currentMember(b, aliasOf);

/** Whom an operation may name in the place of a member: the same person, and those who were for a time. */
export const tiesOf = ({ mergedInto, absorbed, partedFrom }: AliasRecord): readonly string[] => [
  ...(mergedInto === null ? [] : [mergedInto]),
  ...absorbed,
  ...partedFrom,
];
