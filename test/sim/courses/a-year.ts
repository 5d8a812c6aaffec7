import { dayMs } from "#test/support/hand-clock.ts";
import { expectOk } from "#test/support/simulated-station.ts";
import { beginWorld, likingsOf, type Likings } from "../acts/acts.ts";
import { everyMembersExpiry } from "../invariants/expiry.ts";
import { briefRule } from "../world/company.ts";
import type { World } from "../world/world.ts";
import type { Course } from "./course.ts";

const weeks = 53;
const actsInAWeek = 4;

/**
 * How often things are done that do not befall a year as often as a week. What one ledger knows nothing of is left out, so that no member has
 * to be: undone and refunded purchases, points on hold, dead branches, one person under two names, days by a clock that is wrong.
 */
const ownLikings = {
  undo: 0,
  askVoid: 0,
  askRefund: 0,
  answerRequest: 0,
  hold: 0,
  endHold: 0,
  fence: 0,
  giveBack: 0,
  merge: 0,
  split: 0,
  setClock: 0,
  // Weeks pass by themselves.
  nextDay: 0,
  award: 14,
  redeem: 16,
  draw: 6,
  // A counter that is cut off stays so for weeks, and seldom for months.
  exchange: 5,
  lift: 6,
  rush: 2,
} satisfies Partial<Likings>;

/** Points of a season, and points that lapse when their owner stays away: a station does not know of these by itself. */
async function publishLapsingRules({ admin, company }: World): Promise<void> {
  const { staffId } = company.administrator;
  const named = (ruleId: string) => ({ ...briefRule, ruleId, name: { "zh-CN": ruleId, "en-US": ruleId } });
  expectOk(await admin().publishRule(staffId, { ...named("season"), validMonths: 3 }));
  expectOk(await admin().publishRule(staffId, { ...named("visits"), validMonths: null, inactiveMonths: 2 }));
}

/**
 * A year with five stations at three branches: points lapse while branches are apart for weeks, are given back for what another branch spent,
 * and come back when one that was silent turns out to have served their owner.
 */
export const aYear: Course = {
  branchCodes: () => ["A", "A", "B", "B", "C"],
  matters: () => new Set(),
  acts: weeks * actsInAWeek,
  likings: (dice, matters) => ({ ...likingsOf(dice, matters), ...ownLikings }),
  async begin(world) {
    await publishLapsingRules(world);
    await beginWorld(world);
  },
  dueAfterMs: (act) => Math.floor((act - 1) / actsInAWeek) * 7 * dayMs,
  atEnd: [everyMembersExpiry],
};
