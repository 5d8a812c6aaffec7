import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { changeKey } from "#main/change-key.ts";
import { backupFolder, makeBackupShelf } from "#main/db/upkeep/backup-shelf.ts";
import { opensWith } from "#main/db/upkeep/tasks.ts";
import { verifyFile } from "#main/db/verify/verify.ts";
import { keyInFile } from "#main/security/data-key.ts";
import { dataKey, migrationsFolder, openCounter } from "#test/support/counter.ts";
import { cutAtEveryStep } from "#test/support/cut-at-every-step.ts";

const program = fileURLToPath(new URL("../crash/change-key.ts", import.meta.url));

/** A closed station with its key in a file, a backup, and a copy from before an update. */
async function closedStation(): Promise<string> {
  const counter = openCounter();
  counter.give(counter.member().memberId, 60);
  await makeBackupShelf({ file: counter.file, key: dataKey, folder: backupFolder(counter.file), migrationsFolder }).add(
    Date.UTC(2026, 10, 22),
  );
  counter.close();
  copyFileSync(counter.file, `${counter.file}.before-20261122020417_first`);
  writeFileSync(join(dirname(counter.file), "station.key"), `${dataKey.toString("hex")}\n`, { mode: 0o600 });
  return counter.file;
}

const databasesOf = (file: string): readonly string[] => [
  file,
  `${file}.before-20261122020417_first`,
  ...readdirSync(backupFolder(file)).map((name) => join(backupFolder(file), name)),
];
const keyOf = (file: string): Promise<Uint8Array> => keyInFile(dirname(file)).open({ mayCreate: false });

describe("after a change of the key", () => {
  it("everything opens with the new one and nothing with the old one", async () => {
    const file = await closedStation();
    const { resealed, left } = await changeKey(file);
    const key = await keyOf(file);
    expect(Buffer.from(key).equals(dataKey)).toBe(false);
    expect(resealed.toSorted()).toEqual(databasesOf(file).toSorted());
    expect(left).toEqual([]);
    for (const each of databasesOf(file)) expect([opensWith(each, key), opensWith(each, dataKey)]).toEqual([true, false]);
    expect(verifyFile(file, key, migrationsFolder)).toEqual({ ok: true, damaged: [] });
    expect(readdirSync(dirname(file)).toSorted()).toEqual([
      "backups",
      "station.db",
      "station.db.before-20261122020417_first",
      "station.key",
    ]);
  });

  it("what nobody could open before is left as it was, and named", async () => {
    const file = await closedStation();
    const aside = `${file}.replaced-2026-11-22T12.00.00Z`;
    writeFileSync(aside, "a file that was damaged and set aside");
    expect((await changeKey(file)).left).toEqual([aside]);
    expect(readFileSync(aside, "utf8")).toBe("a file that was damaged and set aside");
  });
});

describe("a change of the key that is broken off by a power cut", () => {
  it(
    "keeps the counter closed, says so, loses nothing and goes on when it is asked again, at whichever step",
    { timeout: 60_000 },
    async () => {
      const file = await closedStation();
      const outcomes = new Set<string>();
      const steps = await cutAtEveryStep({ program, args: [file], folder: dirname(file) }, async (step) => {
        const opened = await keyOf(file).then(
          () => "opens",
          (error: { readonly code?: string }) => String(error.code),
        );
        outcomes.add(opened);
        await changeKey(file);
        const key = await keyOf(file);
        for (const each of databasesOf(file)) expect(opensWith(each, key), `step ${step}: ${each}`).toBe(true);
        expect(verifyFile(file, key, migrationsFolder).ok, `step ${step}`).toBe(true);
        expect(existsSync(`${file}.resealed`), `step ${step}`).toBe(false);
      });
      expect(steps).toBeGreaterThan(20);
      expect([...outcomes].toSorted()).toEqual(["KEY_CHANGE_UNFINISHED", "opens"]);
    },
  );
});
