import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { beforeAll, describe, expect, it } from "vitest";
import { unlock } from "#main/db/unlock.ts";
import { takeOwnership } from "#main/shell/owner-lock.ts";
import { dataKey, openCounter } from "#test/support/counter.ts";
import { runStation } from "./station-command.ts";

let books: string;
beforeAll(() => {
  const counter = openCounter();
  counter.give(counter.member().memberId, 60);
  counter.close();
  books = counter.file;
});

/** A data folder with the books of a morning and the key to them. */
function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "counterfoil-data-"));
  copyFileSync(books, join(folder, "station.db"));
  writeFileSync(join(folder, "station.key"), `${dataKey.toString("hex")}\n`, { mode: 0o600 });
  return folder;
}

function change(folder: string, statement: string): void {
  const sqlite = new Database(join(folder, "station.db"));
  unlock(sqlite, dataKey);
  sqlite.exec(statement);
  sqlite.close();
}

describe("on the command line", () => {
  it("verify says that books hold, also of a counter that is open, and exits with 1 when they do not", async () => {
    const data = dataFolder();
    const owner = takeOwnership(data, 1);
    expect(await runStation(["verify", "--data", data, "--json"])).toMatchObject({ code: 0, stdout: '{"ok":true,"damaged":[]}\n' });
    owner.release();
    change(data, "UPDATE right_held SET points = points + 1");
    const { code, stdout } = await runStation(["verify", "--data", data, "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, damaged: [{ table: "right_held" }] });
    expect(code).toBe(1);
  });

  it("a copy that was made by hand is what a closed counter can be restored from", async () => {
    const data = dataFolder();
    const made = JSON.parse((await runStation(["backup", "--data", data, "--json"])).stdout) as { name: string };
    expect(readdirSync(join(data, "backups"))).toEqual([made.name]);
    writeFileSync(join(data, "station.db"), "a disk that lies");

    const owner = takeOwnership(data, 1);
    expect(await runStation(["restore", "--data", data, "--json"])).toMatchObject({
      code: 3,
      stdout: expect.stringContaining("OWNED_BY_ANOTHER"),
    });
    owner.release();
    const restored = await runStation(["restore", "--data", data, "--json"]);
    expect(JSON.parse(restored.stdout)).toMatchObject({
      restored: join(data, "backups", made.name),
      setAside: expect.arrayContaining([expect.stringContaining("replaced")]),
    });
    expect((await runStation(["verify", "--data", data, "--json"])).code).toBe(0);
  });

  it("a key that was lost comes back from the printed one, and not from another", async () => {
    const data = dataFolder();
    const { recoveryKey } = JSON.parse((await runStation(["recovery-kit", "--data", data, "--json"])).stdout) as { recoveryKey: string };
    rmSync(join(data, "station.key"));
    expect((await runStation(["verify", "--data", data, "--json"])).stdout).toContain("KEY_MISSING");
    const wrong = { env: { COUNTERFOIL_RECOVERY_KEY: recoveryKey.replace(/^..../, "0000") } };
    expect((await runStation(["recover-key", "--data", data, "--json"], wrong)).stdout).toContain("RECOVERY_KEY_WRONG");
    const right = { env: { COUNTERFOIL_RECOVERY_KEY: recoveryKey.toLowerCase() } };
    expect((await runStation(["recover-key", "--data", data, "--json"], right)).code).toBe(0);
    expect((await runStation(["verify", "--data", data, "--json"])).code).toBe(0);
    expect((await runStation(["change-key", "--data", data, "--json"])).code).toBe(0);
    expect((await runStation(["recover-key", "--data", data, "--json"], right)).stdout).toContain("RECOVERY_KEY_WRONG");
  });

  it("says in both languages why it could not, to a person; to a script it prints the code", async () => {
    const data = mkdtempSync(join(tmpdir(), "counterfoil-data-"));
    const { code, stdout, stderr } = await runStation(["restore", "--data", data]);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "BACKUP_NOT_FOUND" } });
    expect(stderr).toMatch(/找不到备份[^]*There is no copy/);
  });
});
