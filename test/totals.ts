import { readFileSync } from "node:fs";
import { budgetTable } from "./budget.ts";

/** What came out of a run of suites, or of several beside each other. */
export type Totals = {
  readonly passed: number;
  readonly failed: number;
  /** What each failure was: a check by its name, a test by its file and title, what broke outside a test by its message. */
  readonly failures: readonly string[];
  /** Suites that this machine cannot run. */
  readonly skipped: number;
  /** Test time of each file, in milliseconds; paths from the root of the repository. */
  readonly took: ReadonlyArray<readonly [path: string, ms: number]>;
};

/** A run that ended without a word about how it went. */
const brokenOff: Totals = { passed: 0, failed: 1, failures: ["a run of suites broke off"], skipped: 0, took: [] };

/** @param path where the run was to leave its totals, as JSON */
export function readTotals(path: string): Totals {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Totals;
  } catch {
    return brokenOff;
  }
}

export function addTotals(one: Totals, other: Totals): Totals {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    failures: [...one.failures, ...other.failures],
    skipped: one.skipped + other.skipped,
    took: [...one.took, ...other.took],
  };
}

/**
 * The table of budgets, what failed once more by name, since of a long output often the end alone is kept, and `N passed, N failed` as the
 * very last line: scripts and people read that one alone.
 */
export function totalsText({ passed, failed, failures, skipped, took }: Totals): string {
  const failedLines = failures.map((failure) => `failed: ${failure}\n`).join("");
  const skippedLine = skipped > 0 ? `not run here: ${skipped}\n` : "";
  return `\n${budgetTable(took)}\n\n${failedLines}${skippedLine}${passed} passed, ${failed} failed\n`;
}
