import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, openSync, closeSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { Client } from "pg";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLocalPostgres } from "#server/db/local-postgres.ts";
import { openStore } from "#server/db/open-store.ts";
import type { ServerIdentity } from "#server/app/ports/access-store.ts";
import { keyInFile as databaseKeyIn } from "#server/db/sealing/database-key.ts";
import { makeSeal } from "#server/db/sealing/seal.ts";
import { openKeys } from "#server/db/sealing/sealed-keys.ts";
import type { stationContract } from "#shared/contracts/station-contract.ts";
import { openDatabase } from "#main/db/open-database.ts";
import { keyInFile } from "#main/security/data-key.ts";
import { cardNumberOf, foundCompany } from "#main/shell/cli/demo/company.ts";
import { reachOwner } from "#main/shell/local/reach-owner.ts";
import { readOwner } from "#main/shell/owner-note.ts";
import { laterMigrations } from "#test/support/later-migrations.ts";
import { filesBelow, findInFiles } from "#test/support/search-folder.ts";

// What is claimed. At a station no file at all shows the person: database, write-ahead log, backups, copies before an update, mirror
// journal, guard, notes, temporary files, logs. At head office no file shows the person or an account's name either, PostgreSQL's own
// included: tables, indexes, statistics, write-ahead log, log; nor one of head office's own keys. A card's number is no secret there: it is
// what the books are looked up by.

const programs = {
  station: fileURLToPath(new URL("../../src-main/shell/cli/station.mjs", import.meta.url)),
  hq: fileURLToPath(new URL("../../src-server/main.ts", import.meta.url)),
} as const;

/** As a clerk would type them, and nothing that occurs by chance. */
const person = { name: "欧阳静怡", phone: "13917263548", idNumber: "310115198807123620", latin: "Wilhelmina" };

type Counter = ContractRouterClient<typeof stationContract>;

describe("a person who was entered at the counter", () => {
  const root = mkdtempSync(join(tmpdir(), "counterfoil-planted-"));
  const dataDir = join(root, "station");
  const [temporary, logs] = [join(root, "tmp"), join(root, "logs")];
  for (const folder of [temporary, logs, join(root, "home"), join(root, "stick")]) mkdirSync(folder);
  const running = new Set<ChildProcess>();
  const company = foundCompany("PLANT", Date.now());
  const planted: Record<string, string> = { ...person };

  /** A program of the house, with all that it may write below one folder. */
  function run(program: keyof typeof programs, args: readonly string[]): ChildProcess {
    const { COUNTERFOIL_PASSWORD: _, ...inherited } = process.env;
    const log = openSync(join(logs, `${program}.log`), "a");
    const child = spawn(process.execPath, [programs[program], ...args, "--json"], {
      stdio: ["pipe", "pipe", log],
      cwd: root,
      env: {
        ...inherited,
        TMPDIR: temporary,
        HOME: join(root, "home"),
        XDG_DATA_HOME: join(root, "home"),
        COUNTERFOIL_JOURNAL: join(root, "stick"),
        // One of its own, all of whose files we may look into.
        COUNTERFOIL_DATABASE_URL: "",
      },
    });
    closeSync(log);
    running.add(child);
    child.once("exit", () => running.delete(child));
    return child;
  }

  async function firstLine(child: ChildProcess): Promise<unknown> {
    if (!child.stdout) throw new Error("the program has no output");
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    return JSON.parse(line);
  }

  async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }

  async function openCounter(): Promise<{ readonly child: ChildProcess; readonly client: Counter; readonly close: () => void }> {
    const child = run("station", ["serve", "--data", dataDir]);
    await firstLine(child);
    const line = await reachOwner(readOwner(dataDir)?.address ?? "");
    if (!line) throw new Error("the station takes no calls");
    return { child, client: createORPCClient(line.link), close: line.close };
  }

  const refused = (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      () => "done",
      (error: { readonly code?: unknown }) => error.code,
    );
  const filesOfStation = (): readonly string[] => filesBelow(root).filter((file) => !file.startsWith(join(root, "hq")));

  let headOffice: ChildProcess;
  let enrolment: { readonly url: string; readonly code: string };
  beforeAll(async () => {
    headOffice = run("hq", ["serve", "--data", join(root, "hq"), "--port", "0"]);
    const { url } = (await firstLine(headOffice)) as { readonly url: string };
    const apply = run("hq", ["apply", "--data", join(root, "hq")]);
    apply.stdin?.end(JSON.stringify(company.calls));
    const { answers } = (await firstLine(apply)) as { readonly answers: readonly { readonly code: string }[] };
    enrolment = { url, code: answers.at(-2)?.code ?? "" };
  }, 60_000);
  afterAll(async () => {
    for (const child of running) await end(child, "SIGKILL");
  });

  it("the search finds what is there, in every form", () => {
    const folder = mkdtempSync(join(tmpdir(), "counterfoil-planted-"));
    const text = `..${person.name}..`;
    writeFileSync(join(folder, "a"), text);
    writeFileSync(join(folder, "b"), Buffer.from(text, "utf16le"));
    writeFileSync(join(folder, "c"), Buffer.from(`x${text}`).toString("base64"));
    writeFileSync(
      join(folder, "d"),
      JSON.stringify(text).replaceAll(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16)}`),
    );
    const key = Buffer.from("5e".repeat(32), "hex");
    writeFileSync(join(folder, "e"), key);
    writeFileSync(join(folder, "f"), `\\x${key.toString("hex")}`);
    writeFileSync(join(folder, "g"), Buffer.concat([Buffer.from("."), key, Buffer.from(".")]).toString("base64"));
    const found = findInFiles(filesBelow(folder), { name: person.name, key });
    expect(new Set(found.map((line) => line.slice(0, line.indexOf(":"))))).toEqual(new Set(filesBelow(folder)));
  });

  it(
    "stands in clear in no file of the station, after acts, refusals, kill -9, backup, verify and update",
    { timeout: 60_000 },
    async () => {
      const first = await openCounter();
      const { client } = first;
      await client.setup.enrol(enrolment);
      await client.session.signIn(company.accounts.A.clerk);
      const { stationNumber } = await client.station.status();
      const number = cardNumberOf(stationNumber ?? 0, 1);
      planted["card"] = number;

      const { memberId } = await client.members.create({ requestId: uuidv7(), name: person.name, phones: [person.phone] });
      await client.members.create({ requestId: uuidv7(), name: `${person.latin} ${person.idNumber}`, phones: ["13900000001"] });
      await client.cards.issue({ requestId: uuidv7(), memberId, card: { number } });
      for (const text of Object.values(planted)) await client.members.find({ text });
      const award = (receiptNumber: string) =>
        client.points.award({
          requestId: uuidv7(),
          memberId,
          purchase: { receiptNumber, amountFen: 900_00 },
          ruleId: company.purchaseRule,
          ruleVersion: 1,
        });
      await award("R-1");
      await client.redemption.redeem({ requestId: uuidv7(), memberId, planId: company.voucherPlan, planVersion: 1, quantity: 3 });
      // What is refused is typed all the same.
      expect(await refused(client.members.create({ requestId: uuidv7(), name: person.name, phones: [person.phone] }))).toBe("PHONE_TAKEN");
      expect(await refused(client.members.create({ requestId: uuidv7(), name: person.name.repeat(90), phones: [person.idNumber] }))).toBe(
        "INVALID_INPUT",
      );
      expect(await refused(client.session.signIn({ userName: person.name, password: person.idNumber }))).toBe("WRONG_CREDENTIALS");
      await client.session.signIn(company.accounts.A.clerk);
      await client.sync.exchange({});

      // A power cut between any two statements of some awards.
      const awards = Array.from({ length: 40 }, (_, n) => award(`K-${n}`).catch(() => undefined));
      await Promise.race(awards);
      await end(first.child, "SIGKILL");
      await Promise.all(awards);
      first.close();
      expect(filesOfStation().some((file) => file.endsWith("station.db-wal"))).toBe(true);
      expect(findInFiles(filesOfStation(), planted)).toEqual([]);

      const second = await openCounter();
      await second.client.session.signIn(company.accounts.A.manager);
      await second.client.upkeep.backUp({});
      expect(await second.client.upkeep.verify({})).toEqual({ ok: true, damaged: [] });
      second.close();
      await end(second.child, "SIGTERM");
      const key = await keyInFile(dataDir).open({ mayCreate: false });
      openDatabase(join(dataDir, "station.db"), key, laterMigrations("CREATE TABLE raffle (id TEXT);")).sqlite.close();

      const names = filesOfStation().map((file) => file.slice(root.length + 1));
      expect(names).toEqual(
        expect.arrayContaining([
          "station/station.db",
          "station/station.db.before-20991231235959_later",
          expect.stringMatching(/^station\/backups\/.+\.db$/),
          expect.stringMatching(/^stick\/.+\.mirror$/),
          "logs/station.log",
        ]),
      );
      expect(findInFiles(filesOfStation(), planted)).toEqual([]);
    },
  );

  it(
    "stands in clear in no file of head office, PostgreSQL's own included, after a checkpoint and kill -9, and head office has it",
    { timeout: 60_000 },
    async () => {
      const folder = join(root, "hq");
      const colleague = { userName: "quartermaster-wu", displayName: "司徒浩然" };
      const postgres = await startLocalPostgres({ dataDir: join(folder, "postgres"), log: () => undefined });
      const session = new Client({ connectionString: postgres.url });
      // It is told that the server was killed.
      session.on("error", () => undefined);
      await session.connect();
      // What the planner learns of the values lies in a table too.
      await session.query("analyze");
      await session.query("checkpoint");
      // Behind the checkpoint: in the write-ahead log alone.
      const apply = run("hq", ["apply", "--data", folder]);
      const call = { ...colleague, password: "quartermaster 2026", role: "clerk", branch: "APLANT" };
      apply.stdin?.end(JSON.stringify([{ procedure: "staff.set", input: call }]));
      expect(await firstLine(apply)).toMatchObject({ answers: [{}] });

      const store = await openStore(postgres.url, databaseKeyIn(folder), () => undefined);
      const known = await store.read(async (tx) => JSON.stringify([await tx.records.ofKind("member"), await tx.records.ofKind("staff")]));
      await store.close();
      const account = company.accounts.A.clerk.userName;
      const secrets = { ...person, account, ...colleague };
      for (const text of Object.values(secrets)) expect(known).toContain(text);

      const { rows } = await session.query<Pick<ServerIdentity, "privateKey" | "directoryKey">>(
        `select private_key as "privateKey", directory_key as "directoryKey" from server`,
      );
      const [closed] = rows;
      if (!closed) throw new Error("head office has no keys of its own");
      const { privateKey, directoryKey } = openKeys(makeSeal(await databaseKeyIn(folder).open({ mayMake: false })), closed);
      // Before the last 32 bytes stands what every key of its kind begins with.
      const keys = { "private key": privateKey.subarray(-32), "directory key": directoryKey };

      const ended = new Promise<void>((resolve) => session.once("end", resolve));
      const [postmaster] = readFileSync(join(folder, "postgres", "cluster", "data", "postmaster.pid"), "utf8").split("\n");
      await end(headOffice, "SIGKILL");
      process.kill(Number(postmaster), "SIGKILL");
      await ended;
      await postgres.stop();

      const files = filesBelow(root).filter((file) => file.startsWith(folder) || file.startsWith(logs));
      expect(files.map((file) => file.slice(folder.length + 1))).toEqual(
        expect.arrayContaining([
          "database.key",
          "postgres/cluster/server.log",
          expect.stringMatching(/^postgres\/cluster\/data\/base\/\d+\/\d+$/),
          expect.stringMatching(/^postgres\/cluster\/data\/pg_wal\/[0-9A-F]{24}$/),
        ]),
      );
      expect(findInFiles(files, { ...secrets, ...keys })).toEqual([]);
    },
  );
});
