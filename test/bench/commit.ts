import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { uuidv7 } from "uuidv7";
import type { Store } from "#main/app/ports/store.ts";
import { openDatabase } from "#main/db/open-database.ts";
import { makeByteWriter } from "#main/mirror/byte-writer.ts";
import { makeSealer, newFileHeader } from "#main/mirror/frames.ts";
import { writeRecords } from "#main/mirror/records.ts";
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
    const written = writtenIn(copyOf(start, folder), memberIds);
    const measured = Array.from({ length: runs }, () => ({
      floor: measureRaw(copyOf(start, folder), written),
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

/** What one operation leaves on the disk: whole rows, and its frame of the journal. */
type Written = { readonly rows: readonly ChangedRow[]; readonly frame: Uint8Array };

/** What the operations of one run write. The frames are those of the journal, sealed, so that the floor has nothing to do but write them. */
function writtenIn(file: string, memberIds: readonly string[]): readonly Written[] {
  const counter = openCounter({ file });
  try {
    const rows = watchRows(counter.database.sqlite);
    const frame = watchFrames(counter.store);
    return Array.from({ length: operations }, (_, n) => {
      actAt(n)(counter, memberAt(memberIds, n));
      return { rows: rows(), frame: frame() };
    });
  } finally {
    counter.close();
  }
}

/** @returns tells the journal's frame of the last commit */
function watchFrames(store: Store): () => Uint8Array {
  const sealer = makeSealer(dataKey, newFileHeader());
  const plain = makeByteWriter();
  const sealed = makeByteWriter();
  let frame = new Uint8Array();
  store.onCommit((written) => {
    plain.clear();
    sealed.clear();
    writeRecords(plain, written);
    sealer.seal(plain.written(), sealed);
    frame = Uint8Array.from(sealed.written());
  });
  return () => frame;
}

function measureRaw(file: string, written: readonly Written[]): readonly number[] {
  const { sqlite } = openDatabase(file, dataKey, migrationsFolder);
  const writer = openRawWriter(sqlite, `${file}.journal`);
  try {
    return timed((n) => {
      const { rows, frame } = written[n] as Written;
      writer.write(rows, frame);
    });
  } finally {
    writer.close();
    sqlite.close();
  }
}

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
