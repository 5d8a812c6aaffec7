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
  readonly #failures: string[] = [];
  readonly #took: [path: string, ms: number][] = [];

  constructor() {
    // On exit, because the coverage summary and vitest's own totals are printed after onTestRunEnd has returned.
    process.once("exit", (code) => this.#tell(code));
  }

  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandledErrors: ReadonlyArray<unknown>): void {
    for (const error of unhandledErrors) this.#fail(`outside any test: ${firstLine(error)}`);
    for (const module of modules) {
      const path = relative(process.cwd(), module.moduleId).replaceAll("\\", "/");
      this.#count(module, path);
      this.#took.push([path, module.diagnostic().duration]);
    }
  }

  #count(module: TestModule, path: string): void {
    const failedBefore = this.#failed;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === "passed") this.#passed++;
      else if (state === "failed") this.#fail(`${path} > ${test.fullName}`);
      else this.#skipped++;
    }
    if (this.#failed === failedBefore && module.state() === "failed") this.#fail(`${path}: ${firstLine(module.errors()[0])}`);
  }

  #fail(what: string): void {
    this.#failed++;
    this.#failures.push(what);
  }

  #tell(exitCode: number): void {
    if (exitCode !== 0 && this.#failed === 0) this.#fail(`vitest, with ${exitCode}: the coverage, or what its output says`);
    const totals: Totals = {
      passed: this.#passed,
      failed: this.#failed,
      failures: this.#failures,
      skipped: this.#skipped,
      took: this.#took,
    };
    const file = process.env.COUNTERFOIL_TOTALS;
    if (file) writeFileSync(file, JSON.stringify(totals));
    else process.stdout.write(totalsText(totals));
  }
}

function firstLine(error: unknown): string {
  const message = typeof error === "object" && error !== null && "message" in error ? error.message : error;
  return String(message).split("\n")[0] ?? "";
}
