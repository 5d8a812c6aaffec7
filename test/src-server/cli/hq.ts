import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { runCommand } from "#server/cli/run-command.ts";

const program = fileURLToPath(new URL("../../../src-server/main.ts", import.meta.url));

/** Of every database that is named, whichever folder a command works in. */
const testKey = "5e".repeat(32);

type Surroundings = {
  readonly databaseUrl?: string;
  /** Empty is as good as absent. */
  readonly databaseKey?: string;
  readonly password?: string;
  readonly input?: string;
};

/** What a command left behind: the one document on its output, read as a script reads it. */
export type Ran = { readonly exitCode: number; readonly document: unknown; readonly output: string; readonly log: string };

function environmentOf({ databaseUrl, databaseKey = testKey, password }: Surroundings): NodeJS.ProcessEnv {
  const { COUNTERFOIL_DATABASE_URL: _url, COUNTERFOIL_DATABASE_KEY: _key, COUNTERFOIL_PASSWORD: _password, ...inherited } = process.env;
  return {
    ...inherited,
    ...(databaseUrl !== undefined && { COUNTERFOIL_DATABASE_URL: databaseUrl, COUNTERFOIL_DATABASE_KEY: databaseKey }),
    ...(password !== undefined && { COUNTERFOIL_PASSWORD: password }),
  };
}

export function startHq(args: readonly string[], surroundings: Surroundings = {}): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [program, ...args], { env: environmentOf(surroundings) });
}

/** Runs a command with `--json` in this process, which takes a tenth of the time that a process of its own takes. */
export async function hqHere(args: readonly string[], surroundings: Surroundings = {}): Promise<Pick<Ran, "exitCode" | "document">> {
  const written: string[] = [];
  const exitCode = await runCommand([...args, "--json"], {
    env: environmentOf(surroundings),
    stdin: Readable.from([surroundings.input ?? ""]),
    stdout: { write: (piece) => written.push(piece) },
  });
  return { exitCode, document: JSON.parse(written.join("")) as unknown };
}

/** Runs a command to its end, in a process of its own. */
export async function hq(args: readonly string[], surroundings: Surroundings = {}): Promise<Ran> {
  const child = startHq(args, surroundings);
  child.stdin.on("error", () => undefined).end(surroundings.input ?? "");
  const [output, log, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close") as Promise<[number]>]);
  const document: unknown = args.includes("--json") ? JSON.parse(output) : undefined;
  return { exitCode, document, output, log };
}

export type Served = {
  readonly ready: { readonly url: string; readonly ready: boolean; readonly firstAdministratorCode: string | null };
  readonly child: ChildProcessWithoutNullStreams;
  /** Resolves with the exit code, or null when a signal ended it. */
  readonly ended: Promise<number | null>;
};

/** Starts `serve` and waits until it says that it is ready. It is told to stop when the test is over. */
export async function hqServe(args: readonly string[], surroundings: Surroundings = {}): Promise<Served> {
  const child = startHq(["serve", "--json", "--port", "0", ...args], surroundings);
  const ended = once(child, "close").then(([exitCode]) => exitCode as number | null);
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  const log = text(child.stderr);
  for await (const line of createInterface(child.stdout)) {
    const ready = JSON.parse(line) as Served["ready"];
    if (ready.ready) return { ready, child, ended };
  }
  throw new Error(`hq serve ended before it was ready: ${await log}`);
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "counterfoil-hq-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
