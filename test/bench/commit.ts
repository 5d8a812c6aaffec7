import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { uuidv7 } from "uuidv7";
import { openDatabase } from "#main/db/open-database.ts";
import { clerk, dataKey, migrationsFolder, openCounter, value, type TestCounter } from "#test/support/counter.ts";
import { openRawWriter, watchRows, type ChangedRow } from "./floors/raw-rows.ts";
import { asMultiple, median, percentile, type BenchResult } from "./result.ts";

const members = 400;
/** Of each run; every second one is a redemption that two lots pay for. */
const operations = 1_000;
const runs = 5;
const teaCost = 80;

type Act = (counter: TestCounter, memberId: string) => void;

/**
 * An award, or a redemption paid by two lots, from the use case to both copies on the disk, against the same rows written raw. Encrypted
 * both; each run begins from the same file, the two take turns.
 */
export function benchCommit(): readonly BenchResult[] {
  const folder = mkdtempSync(join(tmpdir(), "bench-commit-"));
  try {
    const start = join(folder, "start.db");
    const memberIds = fill(start);
    const rows = rowsOf(copyOf(start, folder), memberIds);
    const measured = Array.from({ length: runs }, () => ({
      floor: measureRaw(copyOf(start, folder), rows),
      counter: measureCounter(copyOf(start, folder), memberIds),
    }));
    const p50 = (values: readonly number[]): number => percentile(values, 50);
    return [
      asMultiple(
        { name: "commit", metric: "a durable points operation, p50", unit: "ms" },
        {
          value: median(measured.map(({ counter }) => p50(counter))),
          floor: median(measured.map(({ floor }) => p50(floor))),
          ratio: median(measured.map(({ counter, floor }) => p50(counter) / p50(floor))),
        },
        1.6,
      ),
      asMultiple(
        { name: "commit", metric: "a durable points operation, p99 against its own p50", unit: "ms" },
        {
          value: median(measured.map(({ counter }) => percentile(counter, 99))),
          floor: median(measured.map(({ counter }) => p50(counter))),
          ratio: median(measured.map(({ counter }) => percentile(counter, 99) / p50(counter))),
        },
        5,
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Members with a card and two lots each that are worth a redemption together and not alone. */
function fill(file: string): readonly string[] {
  const counter = openCounter({ file });
  const memberIds = Array.from({ length: members }, () => {
    const { memberId } = counter.member();
    counter.give(memberId, teaCost - 30);
    counter.give(memberId, 40);
    return memberId;
  });
  counter.close();
  return memberIds;
}

/** What the n-th operation does. Both kinds leave enough for the next round: an award of 90 pays for a redemption of 80. */
const actAt = (n: number): Act =>
  n % 2 === 0
    ? (counter, memberId) => void value(counter.tea(memberId, 1, uuidv7()))
    : (counter, memberId) => {
        const purchase = { receiptNumber: uuidv7().slice(-12), amountFen: 9_000 };
        void value(counter.award({ requestId: uuidv7(), memberId, purchase, ruleId: "purchase", ruleVersion: 1 }, clerk));
      };

/** Each member has a redemption and then an award. */
const memberAt = (memberIds: readonly string[], n: number): string => memberIds[Math.floor(n / 2) % memberIds.length] ?? "";

function measureCounter(file: string, memberIds: readonly string[]): readonly number[] {
  const counter = openCounter({ file, mirrorFolder: `${file}.mirror` });
  // The journal has what the file was filled with before anything is measured.
  counter.member();
  try {
    return timed((n) => actAt(n)(counter, memberAt(memberIds, n)));
  } finally {
    counter.close();
  }
}

/** The rows that the operations of one run write, operation by operation. */
function rowsOf(file: string, memberIds: readonly string[]): readonly (readonly ChangedRow[])[] {
  const counter = openCounter({ file });
  try {
    const written = watchRows(counter.database.sqlite);
    return Array.from({ length: operations }, (_, n) => {
      actAt(n)(counter, memberAt(memberIds, n));
      return written();
    });
  } finally {
    counter.close();
  }
}

function measureRaw(file: string, rows: readonly (readonly ChangedRow[])[]): readonly number[] {
  const { sqlite } = openDatabase(file, dataKey, migrationsFolder);
  const writer = openRawWriter(sqlite, `${file}.journal`);
  try {
    const frames = rows.map(frameOf);
    return timed((n) => writer.write(rows[n] ?? [], frames[n] ?? new Uint8Array()));
  } finally {
    writer.close();
    sqlite.close();
  }
}

/** As many bytes as a sealed frame of the operation has: all of its row but what the row repeats for lists, and a seal. */
function frameOf(rows: readonly ChangedRow[]): Uint8Array {
  const operation = rows.find(({ table }) => table === "operation");
  const bytes = operation?.values.reduce<number>((sum, column) => sum + (Buffer.isBuffer(column) ? column.length : 0), 0) ?? 0;
  return new Uint8Array(bytes + sealAndHeaderBytes);
}
const sealAndHeaderBytes = 160;

/** @returns how long each took, in milliseconds */
function timed(act: (n: number) => void): readonly number[] {
  const took = new Float64Array(operations);
  for (let n = 0; n < operations; n += 1) {
    const from = performance.now();
    act(n);
    took[n] = performance.now() - from;
  }
  return [...took];
}

let copies = 0;
function copyOf(file: string, folder: string): string {
  const copy = join(folder, `copy-${++copies}.db`);
  copyFileSync(file, copy);
  return copy;
}
