import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { runVector } from "#main/devices/run-vector.ts";
import { parseVectorFile } from "#main/devices/vector-file.ts";
import type { DeviceVector } from "#main/devices/vector.ts";
import { printFailure } from "./answer.ts";
import { CommandFailure, exitCodes, toFailure } from "./command-failure.ts";
import { endProgram } from "./end-program.ts";
import { readOptions } from "./options.ts";

const help = `replay FILE [--json]
    Plays recorded bytes to the device drivers and says which recordings no longer give the events that stand beside them.
    FILE is a JSON array of recordings, an object with \`vectors\`, or one JSON object a line.
Exit codes: 0 nothing differs, 1 something does, 2 nothing could be compared.`;

type Difference = { readonly name: string; readonly expected: unknown; readonly got: unknown };
type Report = { readonly run: number; readonly same: number; readonly differ: readonly Difference[] };

/**
 * `replay FILE`: with `--json` one document on the standard output, `{run, same, differ: [{name, expected, got}]}` or
 * `{error: {code, message, data}}`; else the same in words.
 *
 * @returns the exit code
 */
export async function runReplay(args: readonly string[]): Promise<number> {
  if (args.includes("--help")) {
    console.log(help);
    return exitCodes.done;
  }
  const isForScript = args.includes("--json");
  try {
    const { positionals } = readOptions(args, { json: { type: "boolean" } }, ["FILE"]);
    const [file = ""] = positionals;
    const report = await replayAll(await readRecordings(file));
    console.log(isForScript ? JSON.stringify(report) : inWords(report));
    return report.differ.length === 0 ? exitCodes.done : exitCodes.refused;
  } catch (error) {
    if (isForScript) return printFailure(error, true);
    const { message, exitCode } = toFailure(error);
    console.error(message);
    return exitCode;
  }
}

async function replayAll(recordings: readonly unknown[]): Promise<Report> {
  const differ: Difference[] = [];
  for (const [index, recording] of recordings.entries()) {
    const difference = await compare(recording, `recording ${index + 1}`);
    if (difference) differ.push(difference);
  }
  return { run: recordings.length, same: recordings.length - differ.length, differ };
}

/** @throws CommandFailure `FILE_UNREADABLE`, `INVALID_JSON`, `NO_VECTORS` */
async function readRecordings(file: string): Promise<readonly unknown[]> {
  const fail = (code: string, message: string, data: object): never => {
    throw new CommandFailure(exitCodes.wrongCommand, code, message, data);
  };
  const text = await readFile(file, "utf8").catch((cause: Error) =>
    fail("FILE_UNREADABLE", `${file} cannot be read: ${cause.message}`, { file }),
  );
  const parsed = parseVectorFile(text);
  if (parsed.ok) return parsed.value;
  if (parsed.error.code === "NO_VECTORS") return fail("NO_VECTORS", `${file} holds no recordings.`, { file });
  const { code, line } = parsed.error;
  return fail(code, `${file}: line ${line} is not JSON.`, { file, line });
}

/** @returns what differs; a recording that no driver can play, or that is not one, differs by the error it gave */
async function compare(value: unknown, fallbackName: string): Promise<Difference | undefined> {
  // The runner checks the whole shape; here only what the report shows.
  const vector = value as DeviceVector | null;
  const name = typeof vector?.name === "string" ? vector.name : fallbackName;
  const expected = vector?.expect;
  try {
    const { events, writes } = await runVector(value as DeviceVector);
    if (expected?.writes === undefined) {
      return isDeepStrictEqual(events, expected?.events) ? undefined : { name, expected, got: { events } };
    }
    const sameWrites = writes.join("") === expected.writes.join("").toUpperCase();
    return sameWrites && isDeepStrictEqual(events, expected.events) ? undefined : { name, expected, got: { events, writes } };
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return { name, expected, got: { error: { code: "NOT_PLAYABLE", message } } };
  }
}

function inWords({ run, same, differ }: Report): string {
  const lines = differ.flatMap(({ name, expected, got }) => [
    `differs: ${name}`,
    `  expected ${JSON.stringify(expected)}`,
    `  got      ${JSON.stringify(got)}`,
  ]);
  return [...lines, `${run} recordings, ${same} same, ${differ.length} differ`].join("\n");
}

if (import.meta.main) endProgram(await runReplay(process.argv.slice(2)));
