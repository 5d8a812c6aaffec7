import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import OrderOfFiles from "./test/support/order-of-files.ts";

// Importing the electron package anywhere but inside Electron fetches its program. With a folder named for it, even an empty one, it does not.
// And a sample of few members will do: the suites make one and copy it.
const environment = {
  ELECTRON_OVERRIDE_DIST_PATH: "no-electron-in-tests",
  COUNTERFOIL_SAMPLE_MEMBERS: "200",
  // The many programs that suites start are compiled once.
  NODE_COMPILE_CACHE: fileURLToPath(new URL("node_modules/.cache/compiled", import.meta.url)),
};

/**
 * WebAssembly that Node itself brings is compiled once and not again in the background: a process that ends meanwhile now and then dies of it
 * ("Check failed: jit_page_->allocations_.erase", V8 13.6), and a suite with it.
 */
const execArgv = ["--liftoff-only"];

export default defineConfig({
  test: {
    globalSetup: ["./test/support/run-folder.ts", "./test/support/postgres-server.ts"],
    sequence: { sequencer: OrderOfFiles },
    reporters: ["default", "./test/reporter.ts"],
    coverage: {
      provider: "v8",
      include: ["src-main/**/*.ts", "src-shared/**/*.ts", "src-server/**/*.ts"],
      reporter: ["text-summary", "json-summary"],
      thresholds: { lines: 60 },
    },
    projects: [
      {
        test: {
          name: "unit",
          environment: "node",
          env: environment,
          execArgv,
          include: [
            "test/src-*/**/*.test.ts",
            "test/contract/**/*.test.ts",
            "test/sim/**/*.test.ts",
            "test/architecture/**/*.test.ts",
            "test/bench/**/*.test.ts",
          ],
          // Suites that start a real PostgreSQL, a pseudo-terminal or a second process need longer than arithmetic does.
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Suites that start programs as people do.
        test: {
          name: "programs",
          environment: "node",
          env: environment,
          execArgv,
          include: ["test/programs/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Suites that kill programs and look at what is left.
        test: {
          name: "crash",
          environment: "node",
          env: environment,
          execArgv,
          include: ["test/crash/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "situations",
          environment: "node",
          env: environment,
          execArgv,
          include: ["test/situations/*.test.ts"],
          // A file a row, and all of them load the same program: loading it once takes less than most rows do.
          isolate: false,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Suites in the browser. A page beside a busy one misses its moments, so that `npm test` runs these one by one, beside the others.
        test: {
          name: "e2e",
          environment: "node",
          env: environment,
          execArgv,
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
