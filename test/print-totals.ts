import { addTotals, readTotals, totalsText } from "./totals.ts";

/** Adds up runs of suites that went beside each other: `node test/print-totals.ts FAILED-CHECKS FILE...`, the checks as a list with commas. */
const [failedChecks = "", ...files] = process.argv.slice(2);
const failures = failedChecks.split(",").filter((name) => name !== "");
const checks = { passed: 0, failed: failures.length, failures, skipped: 0, took: [] };
const totals = files.map(readTotals).reduce(addTotals, checks);
process.stdout.write(totalsText(totals));
process.exitCode = totals.failed > 0 ? 1 : 0;
