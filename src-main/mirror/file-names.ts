import type { VolumeFile } from "./volume.ts";

const pattern = /^\d{6}-\d{4}-\d{2}\.mirror$/;

/** @param month `YYYY-MM`, for people who look for a day's file */
export const nameOfFile = (number: number, month: string): string => `${String(number).padStart(6, "0")}-${month}.mirror`;

/** @returns 0 for no file */
export const numberOf = (name: string | undefined): number => Number(name?.slice(0, 6) ?? 0);

/** The journal's files among what lies in a folder, in the order in which they were written. */
export const mirrorFiles = (there: readonly VolumeFile[]): readonly VolumeFile[] =>
  there.filter(({ name }) => pattern.test(name)).toSorted((a, b) => numberOf(a.name) - numberOf(b.name));
