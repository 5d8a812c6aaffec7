import { z } from "zod";

/** What one station gave a member on one business day under a rule with a cap. */
const dayUse = z.strictObject({ on: z.iso.date(), points: z.int().nonnegative() });
type DayUse = z.infer<typeof dayUse>;
const days = z.array(dayUse);

/** What a station's days come to after one more award or void: whole, so that who hears it twice knows the same. */
export const dayUses = z.strictObject({ days });

/** The cap in an award: what was given that day already, and the points that were cut. */
export const capUse = dayUses.extend({
  /** By this station, and by others as far as it had heard. */
  here: z.int().nonnegative(),
  elsewhere: z.int().nonnegative(),
  cut: z.int().nonnegative(),
});
export type CapUse = z.infer<typeof capUse>;

/**
 * What a member was given under rules with a cap, as the record stands in both databases and travels in the feed: a field for each rule and
 * station, which that station alone writes.
 */
export const capUseRecord = z.object({ memberId: z.string() }).catchall(days);
type Uses = Readonly<Record<string, unknown>>;

export const fieldOfUse = (ruleId: string, replica: number): string => `${ruleId}/${replica}`;

/** Later than this nobody is waited for, and the days of a row do not grow without an end. */
const daysKept = 14;

const daysIn = (uses: Uses | undefined, field: string): readonly DayUse[] => days.safeParse(uses?.[field]).data ?? [];
const pointsOn = (some: readonly DayUse[], on: string): number => some.find((day) => day.on === on)?.points ?? 0;

/** @param records of all names of the person */
export function usedOn(
  records: readonly Uses[],
  ruleId: string,
  on: string,
  replica: number,
): { readonly here: number; readonly elsewhere: number } {
  const own = fieldOfUse(ruleId, replica);
  let here = 0;
  let elsewhere = 0;
  for (const record of records) {
    for (const field of Object.keys(record)) {
      if (field.slice(0, field.lastIndexOf("/")) !== ruleId) continue;
      const points = pointsOn(daysIn(record, field), on);
      if (field === own) here += points;
      else elsewhere += points;
    }
  }
  return { here, elsewhere };
}

/** The days of a station after `points` more, or fewer, were given on one of them; the latest first. */
export function withPoints(record: Uses | undefined, field: string, on: string, points: number): DayUse[] {
  const before = daysIn(record, field);
  const rest = before.filter((day) => day.on !== on);
  const changed = { on, points: Math.max(0, pointsOn(before, on) + points) };
  return [...rest, changed].toSorted((a, b) => (a.on > b.on ? -1 : 1)).slice(0, daysKept);
}

/** What may still be given of a cap. */
export const leftOfCap = (capPerDay: number, { here, elsewhere }: { readonly here: number; readonly elsewhere: number }): number =>
  Math.max(0, capPerDay - here - elsewhere);
