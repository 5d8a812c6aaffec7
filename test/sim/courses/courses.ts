import { aWeek } from "./a-week.ts";
import { aYear } from "./a-year.ts";
import type { Course } from "./course.ts";

export const courses = { week: aWeek, year: aYear } satisfies Record<string, Course>;
export type CourseName = keyof typeof courses;
