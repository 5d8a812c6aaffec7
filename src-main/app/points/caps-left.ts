import type { MemberCard } from "#shared/contracts/members.ts";
import { leftOfCap } from "#shared/domain/earning/day-cap.ts";
import type { Reading } from "#main/app/ports/store.ts";
import { capFacts } from "./cap-facts.ts";
import { currentRules } from "./current-rules.ts";

/** What this counter may still give a member today, under each rule that has a cap. */
export const capsLeft = (view: Reading, memberId: string, today: string): MemberCard["capsLeft"] =>
  currentRules(view.rules.all(), today).flatMap(({ ruleId, capPerDay }) =>
    capPerDay === undefined ? [] : [{ ruleId, points: leftOfCap(capPerDay, capFacts(view, memberId, ruleId, today)) }],
  );
