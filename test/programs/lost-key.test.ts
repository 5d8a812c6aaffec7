import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { stationContract } from "#shared/contracts/station-contract.ts";
import { cardNumberOf, foundCompany } from "#main/shell/cli/demo/company.ts";
import { reachOwner } from "#main/shell/local/reach-owner.ts";
import { readOwner } from "#main/shell/owner-note.ts";
import { runStation, startStation } from "#test/src-main/shell/cli/station-command.ts";
import { hq, startHq } from "#test/src-server/cli/hq.ts";
import { withDatabase } from "#test/support/postgres.ts";

type Client = ContractRouterClient<typeof stationContract>;

describe("a counter that has lost its key", { timeout: 60_000 }, () => {
  const { url: databaseUrl } = withDatabase();
  const root = mkdtempSync(join(tmpdir(), "counterfoil-lost-key-"));
  const dataDir = join(root, "station");
  const keyFile = join(dataDir, "station.key");
  const company = foundCompany("KEYS", Date.now());
  /** All that the programs said beside their answers. */
  let logs = "";
  const keys = new Set<string>();
  let headOffice: ReturnType<typeof startHq>;
  let enrolment: { readonly url: string; readonly code: string };

  beforeAll(async () => {
    headOffice = startHq(["serve", "--json", "--port", "0"], { databaseUrl });
    headOffice.stderr.setEncoding("utf8").on("data", (text: string) => (logs += text));
    const [line] = (await once(createInterface(headOffice.stdout), "line")) as [string];
    const applied = await hq(["apply", "--json"], { databaseUrl, input: JSON.stringify(company.calls) });
    const { answers } = applied.document as { readonly answers: readonly { readonly code: string }[] };
    enrolment = { url: (JSON.parse(line) as { url: string }).url, code: answers.at(-2)?.code ?? "" };
  }, 30_000);
  afterAll(async () => {
    const ended = once(headOffice, "close");
    headOffice.kill("SIGTERM");
    await ended;
    rmSync(root, { recursive: true, force: true });
  });

  /** Opens the counter, works at it, and closes it again. */
  async function atTheCounter<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const { child, lines, ended } = startStation(["serve", "--data", dataDir, "--port", "0", "--json"]);
    try {
      await lines.next();
      const line = await reachOwner(readOwner(dataDir)?.address ?? "");
      if (!line) throw new Error("the station takes no calls");
      const done = await work(createORPCClient(line.link));
      line.close();
      return done;
    } finally {
      child.kill("SIGTERM");
      logs += (await ended).stderr;
      keys.add(readFileSync(keyFile, "utf8").trim());
    }
  }
  const award = (client: Client, memberId: string) =>
    client.points.award({
      requestId: uuidv7(),
      memberId,
      purchase: { receiptNumber: uuidv7().slice(-12), amountFen: 100_00 },
      ruleId: company.purchaseRule,
      ruleVersion: 1,
    });
  async function recoveryKeys(replica: number): Promise<readonly string[]> {
    const { document, log } = await hq(["recover-key", "--replica", String(replica), "--json"], { databaseUrl });
    logs += log;
    const shown = (document as { readonly keys: readonly { readonly recoveryKey: string }[] }).keys.map(({ recoveryKey }) => recoveryKey);
    for (const key of shown) keys.add(key);
    return shown;
  }
  const recover = (recoveryKey = "") =>
    runStation(["recover-key", "--data", dataDir, "--json"], { env: { COUNTERFOIL_RECOVERY_KEY: recoveryKey } });

  it("is opened again with the one that head office keeps, also after a change: everything is there, and the exchange goes on", async () => {
    const { memberId, replica } = await atTheCounter(async (client) => {
      await client.setup.enrol(enrolment);
      await client.session.signIn(company.accounts.A.clerk);
      const member = await client.members.create({ requestId: uuidv7(), name: "王小明", phones: ["13800000001"] });
      const { stationNumber: number } = await client.station.status();
      await client.cards.issue({ requestId: uuidv7(), memberId: member.memberId, card: { number: cardNumberOf(number ?? 0, 1) } });
      await award(client, member.memberId);
      const { stationNumber } = await client.sync.exchange({});
      expect(await client.upkeep.keyCopy({})).toEqual({ isAtHeadOffice: true });
      return { memberId: member.memberId, replica: stationNumber ?? 0 };
    });
    rmSync(keyFile);
    expect((await runStation(["verify", "--data", dataDir, "--json"])).stdout).toContain("KEY_MISSING");

    const [first] = await recoveryKeys(replica);
    expect((await recover(first)).code).toBe(0);
    await atTheCounter(async (client) => {
      await client.session.signIn(company.accounts.A.clerk);
      await award(client, memberId);
      const { sync } = await client.sync.exchange({});
      expect(sync).toMatchObject({ line: "online", waitingOperations: 0 });
      expect(await client.points.balance({ memberId })).toMatchObject({ balance: 20 });
    });

    expect((await runStation(["change-key", "--data", dataDir, "--json"])).code).toBe(0);
    await atTheCounter(async (client) => {
      await client.session.signIn(company.accounts.A.clerk);
      await client.sync.exchange({});
      expect(await client.upkeep.keyCopy({})).toEqual({ isAtHeadOffice: true });
    });
    rmSync(keyFile);
    const [second, earlier] = await recoveryKeys(replica);
    expect(earlier).toBe(first);
    expect((await recover(earlier)).stdout).toContain("RECOVERY_KEY_WRONG");
    expect((await recover(second)).code).toBe(0);
    expect((await runStation(["verify", "--data", dataDir, "--json"])).stdout).toBe('{"ok":true,"damaged":[]}\n');
  });

  it("has left no key in any log", () => {
    expect(logs).not.toBe("");
    expect(keys.size).toBe(4);
    for (const key of keys) expect(logs).not.toContain(key);
  });

  it("is told at head office when no key was ever given into its keeping", async () => {
    expect(await hq(["recover-key", "--replica", "99", "--json"], { databaseUrl })).toMatchObject({
      exitCode: 1,
      document: { error: { code: "STATION_NOT_FOUND" } },
    });
  });
});
