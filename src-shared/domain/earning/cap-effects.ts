import type { Effect } from "#shared/domain/operations/effect.ts";
import { fieldOfUse, type CapUse } from "./day-cap.ts";

/** The days of a station, or of head office, under a rule with a cap; nobody else writes them. */
export function putUses(
  memberId: string,
  replica: number,
  uses: ({ readonly ruleId: string } & Pick<CapUse, "days">) | undefined,
): readonly Effect[] {
  if (!uses) return [];
  const fields = { memberId, [fieldOfUse(uses.ruleId, replica)]: uses.days };
  return [{ kind: "putRecord", record: "capUse", id: memberId, fields }];
}
