import { relative } from "node:path";
import type { Reporter, TestModule } from "vitest/node";
import { budgetTable } from "./budget.ts";

/**
 * Prints what each suite took beside its budget, and `N passed, N failed` as the very last line of a run, below the coverage summary.
 *
 * Scripts and people read that one line, so it must not be kinder than the run was: a file that does not load, an error outside any
 * test, a missed coverage threshold and the checks that failed before the suites began (`COUNTERFOIL_FAILED_CHECKS`) each count as
 * failed, although vitest counts no test for them.
 */
export default class PlainTotals implements Reporter {
  #passed = 0;
  #failed = 0;
  #skipped = 0;
  readonly #took = new Map<string, number>();

  constructor() {
    // On exit, because the coverage summary and vitest's own totals are printed after onTestRunEnd has returned.
    process.once("exit", (code) => this.#print(code));
  }

  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandledErrors: ReadonlyArray<unknown>): void {
    this.#failed += unhandledErrors.length;
    for (const module of modules) {
      this.#count(module);
      this.#took.set(relative(process.cwd(), module.moduleId).replaceAll("\\", "/"), module.diagnostic().duration);
    }
  }

  #count(module: TestModule): void {
    let failedHere = 0;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === "passed") this.#passed++;
      else if (state === "failed") failedHere++;
      else this.#skipped++;
    }
    const brokeOutsideItsTests = failedHere === 0 && module.state() === "failed";
    this.#failed += brokeOutsideItsTests ? 1 : failedHere;
  }

  #print(exitCode: number): void {
    if (exitCode !== 0 && this.#failed === 0) this.#failed = 1;
    const failed = this.#failed + Number(process.env.COUNTERFOIL_FAILED_CHECKS ?? 0);
    const skippedLine = this.#skipped > 0 ? `not run here: ${this.#skipped}\n` : "";
    process.stdout.write(`\n${budgetTable(this.#took)}\n\n${skippedLine}${this.#passed} passed, ${failed} failed\n`);
  }
}
