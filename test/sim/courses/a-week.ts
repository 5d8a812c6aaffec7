import { beginWorld, likingsOf } from "../acts/acts.ts";
import { mattersOf } from "../world/matters.ts";
import type { Course } from "./course.ts";

/** Where the stations stand: at two or three branches, or two of them at one. */
const layouts = [
  ["A", "B"],
  ["A", "B", "C"],
  ["A", "B", "A"],
];

/** Customers one after the other and everything that can befall a company, at two or three stations: some days, a holiday among them at times. */
export const aWeek: Course = {
  branchCodes: (dice) => layouts[dice.below(layouts.length)] ?? [],
  matters: mattersOf,
  acts: 60,
  likings: likingsOf,
  begin: beginWorld,
  dueAfterMs: () => 0,
  atEnd: [],
};
