import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import type { Reporter, TestModule } from "vitest/node";
import { totalsText, type Totals } from "./totals.ts";

/**
 * Says what the run came to: prints it below everything else, or, where other suites run beside these, leaves it for whoever adds them up
 * in the file named by `COUNTERFOIL_TOTALS`.
 *
 * Scripts and people read that one line, so it must not be kinder than the run was: a file that does not load, an error outside any
 * test and a missed coverage threshold each count as failed, although vitest counts no test for them.
 */
export default class PlainTotals implements Reporter {
  #passed = 0;
  #failed = 0;
  #skipped = 0;
  readonly #took: [path: string, ms: number][] = [];

  constructor() {
    // On exit, because the coverage summary and vitest's own totals are printed after onTestRunEnd has returned.
    process.once("exit", (code) => this.#tell(code));
  }

  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandledErrors: ReadonlyArray<unknown>): void {
    this.#failed += unhandledErrors.length;
    for (const module of modules) {
      this.#count(module);
      this.#took.push([relative(process.cwd(), module.moduleId).replaceAll("\\", "/"), module.diagnostic().duration]);
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

  #tell(exitCode: number): void {
    const failed = exitCode !== 0 && this.#failed === 0 ? 1 : this.#failed;
    const totals: Totals = { passed: this.#passed, failed, skipped: this.#skipped, took: this.#took };
    const file = process.env.COUNTERFOIL_TOTALS;
    if (file) writeFileSync(file, JSON.stringify(totals));
    else process.stdout.write(totalsText(totals));
  }
}
