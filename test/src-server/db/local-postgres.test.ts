import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFinished } from "vitest";
import { startLocalPostgres, type LocalPostgres } from "#server/db/local-postgres.ts";

/** One cluster for every test that only starts and stops what is there: making one takes longer than most of them. */
let dataDir: string;
let open: LocalPostgres[];

// Mode 0700 and ours: as root, the server's user has no business in there and must get in all the same.
const emptyFolder = (): Promise<string> => mkdtemp(join(tmpdir(), "local-postgres-"));

beforeAll(async () => {
  dataDir = await emptyFolder();
});
beforeEach(() => {
  open = [];
});
afterEach(async () => {
  for (const server of open) await server.stop();
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

async function start(folder = dataDir): Promise<LocalPostgres> {
  const server = await startLocalPostgres({ dataDir: folder, log: () => undefined });
  open.push(server);
  return server;
}

async function ask(server: LocalPostgres, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: server.url });
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

const postmasterPid = async () => Number((await readFile(join(dataDir, "cluster", "data", "postmaster.pid"), "utf8")).split("\n")[0]);

/** Ends the server as a power cut would, and waits until its connections break. */
async function killServer(server: LocalPostgres): Promise<void> {
  const witness = new Client({ connectionString: server.url });
  await witness.connect();
  witness.on("error", () => undefined);
  const broken = new Promise((resolve) => witness.once("end", () => resolve(undefined)));
  process.kill(await postmasterPid(), "SIGKILL");
  await broken;
}

it("keeps rows from one day to the next", async () => {
  const today = await start();
  await ask(today, "create table kept as select '会员' as name");
  await today.stop();

  expect(await ask(await start(), "select name from kept")).toEqual([{ name: "会员" }]);
});

it("writes to the disk before it acknowledges, and sorts alike on every system", async () => {
  const server = await start();
  const settings = `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
    current_setting('full_page_writes') as pages, current_setting('server_encoding') as encoding, datlocale as locale
    from pg_database where datname = current_database()`;
  expect(await ask(server, settings)).toEqual([{ fsync: "on", commit: "on", pages: "on", encoding: "UTF8", locale: "C.UTF-8" }]);
});

it("asks for a password that only the owner of the folder can read", async () => {
  const server = await start();
  const stranger = new URL(server.url);
  stranger.password = "guess";
  await expect(ask({ ...server, url: stranger.href }, "select 1")).rejects.toThrow("password authentication failed");
  const { mode } = await stat(join(dataDir, "cluster", "superuser-password"));
  expect(mode & 0o777).toBe(0o600);
});

it("goes on for those who are left when the one who started it leaves, and ends with the last", async () => {
  const first = await start();
  const second = await start();
  expect(second.url).toBe(first.url);

  await first.stop();
  expect(await ask(second, "select 1 as one")).toEqual([{ one: 1 }]);

  await second.stop();
  await expect(ask(second, "select 1")).rejects.toThrow("ECONNREFUSED");
});

it("makes one cluster when two processes start in an empty folder at the same moment", async () => {
  const folder = await emptyFolder();
  const [first, second] = await Promise.all([start(folder), start(folder)]);
  await ask(first, "create table shared as select 1 as one");
  expect(await ask(second, "select one from shared")).toEqual([{ one: 1 }]);
});

it("does not count a process that was killed as a user", async () => {
  const program = `
    import { startLocalPostgres } from "#server/db/local-postgres.ts";
    const { url } = await startLocalPostgres({ dataDir: ${JSON.stringify(dataDir)}, log: () => undefined });
    process.stdout.write(url);
    setInterval(() => undefined, 60_000);`;
  const other = spawn(process.execPath, ["--input-type=module", "--eval", program], { stdio: ["ignore", "pipe", "inherit"] });
  const [url] = (await once(other.stdout, "data")) as [Buffer];
  other.kill("SIGKILL");
  await once(other, "exit");

  const joined = await start();
  expect(joined.url).toBe(url.toString());
  await joined.stop();
  await expect(ask(joined, "select 1")).rejects.toThrow("ECONNREFUSED");
});

it("loses no acknowledged row when the server is killed", async () => {
  const server = await start();
  await ask(server, "create table award (points int)");
  let acknowledged = 0;
  const writing = (async () => {
    const client = new Client({ connectionString: server.url });
    client.on("error", () => undefined);
    await client.connect();
    for (;;) {
      await client.query("insert into award values (1)");
      acknowledged++;
    }
  })();
  await expect.poll(() => acknowledged).toBeGreaterThan(50);
  await Promise.all([expect(writing).rejects.toThrow(/terminat(ed|ing)|not queryable/), killServer(server)]);

  const [{ rows }] = (await ask(await start(), "select count(*)::int as rows from award")) as [{ rows: number }];
  // One more than was acknowledged is no loss: the answer can be lost after the row was kept.
  expect(rows - acknowledged).toBeOneOf([0, 1]);
});

it("starts after a crash although the dead server's number now belongs to another process", async () => {
  const server = await start();
  const pidFile = join(dataDir, "cluster", "data", "postmaster.pid");
  const left = await readFile(pidFile, "utf8");
  await killServer(server);
  await writeFile(pidFile, left.replace(/^\d+/, String(process.pid)));

  expect(await ask(await start(), "select 1 as one")).toEqual([{ one: 1 }]);
});

it("says in PostgreSQL's own words why a damaged cluster does not start", async () => {
  const server = await start();
  await server.stop();
  const control = join(dataDir, "cluster", "data", "global", "pg_control");
  const undamaged = await readFile(control);
  onTestFinished(() => writeFile(control, undamaged));
  await truncate(control);

  await expect(start()).rejects.toThrow(/pg_control.*LOCAL_POSTGRES_FAILED/s);
});
