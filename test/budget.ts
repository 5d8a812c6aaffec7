/**
 * How long the suites may take in all, in seconds of test time on two cores, by the folder that they lie in. The browser's run beside the
 * others, so that the whole is over in well under eight minutes; a suite that has grown beyond its budget is seen in the table that every
 * run prints, and nothing fails for it: machines differ, and are busy.
 */
const budgetSeconds: Readonly<Record<string, number>> = {
  architecture: 10,
  bench: 2,
  contract: 40,
  crash: 90,
  e2e: 330,
  programs: 110,
  sim: 35,
  situations: 28,
  "src-main": 100,
  "src-renderer": 5,
  "src-server": 65,
  "src-shared": 5,
};

/** @param took test time by file, in milliseconds; paths from the root of the repository */
export function budgetTable(took: Iterable<readonly [path: string, ms: number]>): string {
  const seconds = new Map<string, number>();
  for (const [path, ms] of took) {
    const suite = path.split("/")[1] ?? "";
    seconds.set(suite, (seconds.get(suite) ?? 0) + ms / 1000);
  }
  const rows = [...seconds]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([suite, spent]) => {
      const budget = budgetSeconds[suite];
      const over = budget !== undefined && spent > budget ? "  over" : "";
      return `${suite.padEnd(14)}${spent.toFixed(1).padStart(8)}${(budget ?? "none").toString().padStart(8)}${over}`;
    });
  return [`${"suite".padEnd(14)}${"seconds".padStart(8)}${"budget".padStart(8)}`, ...rows].join("\n");
}
