import { spawn } from "node:child_process";
import { stat } from "node:fs/promises";
import { parse } from "node:path";
import { LocalPostgresFault } from "#server/db/local-postgres-fault.ts";

type ProgramOutcome = { readonly exitCode: number; readonly output: string };

/** Whose name PostgreSQL's programs run under, and how they are started under it. */
export type ServerAccount = {
  /** Undefined when the programs run under our own name. */
  readonly owner: FileOwner | undefined;
  readonly run: RunProgram;
};

type FileOwner = { readonly uid: number; readonly gid: number };
type RunProgram = (file: string, args: readonly string[], mode?: "collect" | "ignore") => Promise<ProgramOutcome>;

/**
 * Finds a way to run PostgreSQL that reaches every one of the given folders.
 *
 * PostgreSQL refuses to run as root, since a fault in it would be a fault with all rights. As root we therefore become the user
 * `postgres` (made here when there is none, as in a bare container). That user may not be able to pass through a parent folder, for
 * instance /root, or a temporary folder of mode 0700; then the programs get the one capability to pass through and read, and no other.
 *
 * @param clusterFolder where the cluster is or will be; an existing one is served by the user who owns it
 * @throws LocalPostgresFault `LOCAL_POSTGRES_NO_ACCOUNT`, `LOCAL_POSTGRES_OUT_OF_REACH`
 */
export async function chooseServerAccount(clusterFolder: string, mustReach: readonly string[]): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) return { owner: undefined, run: (file, args, mode) => run(file, args, {}, mode) };

  const owner = (await ownerOfExisting(clusterFolder)) ?? (await postgresUser());
  const ways: readonly RunProgram[] = [
    (file, args, mode) => run(file, args, owner, mode),
    (file, args, mode) => run("setpriv", [...oneCapability(owner, "dac_read_search"), file, ...args], {}, mode),
    // Containers often keep the wider capability and drop the narrower one.
    (file, args, mode) => run("setpriv", [...oneCapability(owner, "dac_override"), file, ...args], {}, mode),
  ];
  for (const way of ways) {
    if (await reachesAll(way, mustReach)) return { owner, run: way };
  }
  throw new LocalPostgresFault(
    "LOCAL_POSTGRES_OUT_OF_REACH",
    `PostgreSQL must not run as root, and the user it runs as (uid ${owner.uid}) cannot reach ${mustReach.join(" and ")}: ` +
      "choose folders whose parents everybody may pass through, such as under /srv or /opt, or start as an ordinary user",
  );
}

async function ownerOfExisting(clusterFolder: string): Promise<FileOwner | undefined> {
  const found = await stat(clusterFolder).catch(() => undefined);
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined;
}

async function postgresUser(): Promise<FileOwner> {
  const known = await lookUpUser("postgres");
  if (known) return known;
  const made = await run("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false", "postgres"]);
  // Another process may have made the user in the same moment: what counts is that it is there now.
  const user = await lookUpUser("postgres");
  if (user) return user;
  throw new LocalPostgresFault(
    "LOCAL_POSTGRES_NO_ACCOUNT",
    `PostgreSQL must not run as root, and a user "postgres" could not be made: ${made.output.trim()}. Add one, or start as an ordinary user`,
  );
}

async function lookUpUser(name: string): Promise<FileOwner | undefined> {
  const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
  return uid.exitCode === 0 && gid.exitCode === 0 ? { uid: Number(uid.output), gid: Number(gid.output) } : undefined;
}

function oneCapability({ uid, gid }: FileOwner, capability: string): readonly string[] {
  const only = `-all,+${capability}`;
  return [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    "--clear-groups",
    `--inh-caps=${only}`,
    `--ambient-caps=${only}`,
    `--bounding-set=${only}`,
    // Without it access(2), by which initdb looks for its sibling programs, would not count the capability.
    "--securebits=+no_setuid_fixup",
  ];
}

async function reachesAll(way: RunProgram, paths: readonly string[]): Promise<boolean> {
  for (const path of paths) {
    if ((await way("test", ["-x", path])).exitCode !== 0) return false;
  }
  return true;
}

/** Runs a program to its end. One that cannot be started counts as failed, with the reason as its output. */
function run(file: string, args: readonly string[], owner: Partial<FileOwner> = {}, mode: "collect" | "ignore" = "collect") {
  const output = mode === "collect" ? "pipe" : "ignore";
  return new Promise<ProgramOutcome>((resolve) => {
    const child = spawn(file, args, {
      ...owner,
      // Not ours: the programs' user may be unable to stand in the folder we were started in.
      cwd: parse(process.execPath).root,
      env: { ...process.env, PATH: `${process.env.PATH ?? ""}:/usr/sbin:/sbin`, LC_ALL: "C" },
      stdio: ["ignore", output, output],
    });
    let said = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => (said += chunk));
    child.stderr?.setEncoding("utf8").on("data", (chunk: string) => (said += chunk));
    child.once("error", (cause) => resolve({ exitCode: 127, output: cause.message }));
    child.once("close", (exitCode) => resolve({ exitCode: exitCode ?? 1, output: said }));
  });
}
