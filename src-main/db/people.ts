import { currentMember, namesOf, type AliasRecord } from "#shared/domain/members/alias.ts";
import type { Tables } from "./tables.ts";

/** Under which names a person is in the file; see `AliasRecord`. There are few, and they are asked for with every figure: so they are kept. */
export const makePeople = ({ records }: Pick<Tables, "records">) => {
  let known: readonly AliasRecord[] = [];
  let byMember: ReadonlyMap<string, AliasRecord> = new Map();
  const aliasOf = (memberId: string): AliasRecord | undefined => {
    const all = records.all("alias");
    if (all !== known) {
      known = all;
      byMember = new Map(all.map((alias) => [alias.memberId, alias]));
    }
    return byMember.get(memberId);
  };
  const names = (memberId: string): readonly string[] => namesOf(memberId, aliasOf);
  return {
    current: (memberId: string): string => currentMember(memberId, aliasOf),
    namesOf: names,
    /** What one name has, of all names of the person. */
    ofPerson:
      <T>(ofName: (memberId: string) => readonly T[]) =>
      (memberId: string): readonly T[] =>
        names(memberId).flatMap(ofName),
  };
};
export type People = ReturnType<typeof makePeople>;
