import type { ErasureRecord } from "#shared/domain/members/erasure.ts";
import type { makeRecords } from "./records.ts";

/** Who was forgotten, as head office told: asked for with every row about a person. */
export function makeErasures(records: Pick<ReturnType<typeof makeRecords>, "all" | "find">) {
  let known: readonly ErasureRecord[] | undefined;
  let memberIds: ReadonlySet<string> = new Set();
  return {
    all: (): readonly ErasureRecord[] => records.all("erasure"),
    find: (memberId: string): ErasureRecord | undefined => records.find("erasure", memberId)?.doc,
    has: (memberId: string): boolean => {
      const all = records.all("erasure");
      if (all !== known) memberIds = new Set(all.map((erasure) => erasure.memberId));
      known = all;
      return memberIds.has(memberId);
    },
  };
}
