import { z } from "zod";
import { sha256 } from "#server/app/sha256.ts";

const version = z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/);

/** Who gets a release: everybody, the named branches, or so many of a hundred branches. */
const audience = z.union([
  z.literal("everybody"),
  z.strictObject({ branches: z.array(z.string().min(1)).min(1) }),
  z.strictObject({ percent: z.int().min(1).max(99) }),
]);
export type Audience = z.infer<typeof audience>;

/** What is staged in one channel. */
export const stages = z.array(z.strictObject({ version, to: audience }));
export type Stages = z.infer<typeof stages>;

export const isVersion = (text: string): boolean => version.safeParse(text).success;

/** The newest release that is staged for a branch. */
export function versionFor(branch: string, staged: Stages): string | undefined {
  const offered = staged.filter(({ version: each, to }) => isFor(branch, each, to));
  return offered
    .map(({ version: each }) => each)
    .toSorted(byVersion)
    .at(-1);
}

/** @param to nobody takes the release back; counters that have it keep it */
export function stageVersion(staged: Stages, wanted: string, to: Audience | "nobody"): Stages {
  const others = staged.filter((each) => each.version !== wanted);
  return to === "nobody" ? others : [...others, { version: wanted, to }].toSorted((one, other) => byVersion(one.version, other.version));
}

/** By number, since 1.10.0 comes after 1.9.0. */
export function byVersion(one: string, other: string): number {
  const [left, right] = [one.split(".").map(Number), other.split(".").map(Number)];
  const place = left.findIndex((number, i) => number !== right[i]);
  return place < 0 ? 0 : (left[place] ?? 0) - (right[place] ?? 0);
}

function isFor(branch: string, wanted: string, to: Audience): boolean {
  if (to === "everybody") return true;
  if ("branches" in to) return to.branches.includes(branch);
  return lotOf(branch, wanted) < to.percent;
}

/** A number from 0 to 99 that a branch draws anew with each release, so that not always the same ones go first, and keeps for that release. */
function lotOf(branch: string, wanted: string): number {
  return Buffer.from(sha256(Buffer.from(`${wanted} ${branch}`))).readUInt32BE(0) % 100;
}
