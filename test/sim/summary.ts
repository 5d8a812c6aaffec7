import type { CourseName } from "./courses/courses.ts";
import type { Report } from "./worker.ts";

type Failure = { readonly seed: string; readonly course: CourseName; readonly invariant: string; readonly acts: readonly number[] };

/** What a run over many seeds prints. */
export type Summary = {
  readonly seeds: number;
  /** How many histories were a year with five stations. */
  readonly years: number;
  /** How many of them with head office's books on PostgreSQL. */
  readonly onPostgres: number;
  /** How many of them had what not all have. */
  readonly matters: Readonly<Record<string, number>>;
  readonly violations: number;
  readonly failures: readonly Failure[];
  readonly faults: Readonly<Record<string, number>>;
  readonly crashPoints: Readonly<Record<string, number>>;
  readonly invariantsChecked: number;
  /** Points whose last day was over: that were gone, that members got back for what they spent meanwhile, that had not lapsed after all. */
  readonly lapsed: Readonly<Record<string, number>>;
  readonly virtualHours: number;
  /** Seconds until everybody agreed, once nothing was in the way any more. */
  readonly restSeconds: { readonly p50: number; readonly p99: number; readonly max: number };
};

const hourMs = 60 * 60 * 1000;

export function summarise(reports: readonly Report[]): Summary {
  const rests = reports.map(({ restMs }) => restMs / 1000).toSorted((a, b) => a - b);
  const at = (part: number): number => rests[Math.min(rests.length - 1, Math.floor(rests.length * part))] ?? 0;
  const failures = reports.flatMap(({ seed, course, violation, shrunk }) =>
    violation ? { seed, course, invariant: violation.invariant, acts: shrunk?.acts ?? [] } : [],
  );
  return {
    seeds: new Set(reports.map(({ seed }) => seed)).size,
    years: reports.filter(({ course }) => course === "year").length,
    onPostgres: reports.filter(({ store }) => store === "postgres").length,
    matters: added(reports.map(({ matters }) => Object.fromEntries(matters.map((matter) => [matter, 1])))),
    violations: failures.length,
    failures,
    faults: added(reports.map(({ faults }) => faults)),
    crashPoints: added(reports.map(({ crashPoints }) => crashPoints)),
    invariantsChecked: reports.reduce((sum, { invariantsChecked }) => sum + invariantsChecked, 0),
    lapsed: added(reports.map(({ lapsed }) => lapsed)),
    virtualHours: Math.round(reports.reduce((sum, { virtualMs }) => sum + virtualMs, 0) / hourMs),
    restSeconds: { p50: at(0.5), p99: at(0.99), max: at(1) },
  };
}

function added(counts: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> {
  const sums = new Map<string, number>();
  for (const each of counts) for (const [kind, n] of Object.entries(each)) sums.set(kind, (sums.get(kind) ?? 0) + n);
  return Object.fromEntries([...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
