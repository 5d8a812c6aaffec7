import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { runVector } from "#main/devices/run-vector.ts";
import { parseVectorFile } from "#main/devices/vector-file.ts";
import type { DeviceVector } from "#main/devices/vector.ts";

const usage = "usage: npm run replay -- FILE [--json]";

type Difference = { readonly name: string; readonly expected: unknown; readonly got: unknown };
type Refusal = { readonly code: string; readonly message: string; readonly data: Record<string, unknown> };

/**
 * `replay FILE`: plays recorded bytes to the drivers and says which recordings no longer give what they gave.
 *
 * With `--json` one document on stdout, `{run, same, differ: [{name, expected, got}]}` or `{error: {code, message, data}}`.
 *
 * @returns the exit code: 0 when nothing differs, 1 when something does, 2 when nothing could be compared
 */
export async function runReplay(argv: readonly string[]): Promise<number> {
  const json = argv.includes("--json");
  const recordings = await readRecordings(argv);
  if ("code" in recordings) {
    if (json) console.log(JSON.stringify({ error: recordings }));
    else console.error(recordings.message);
    return 2;
  }

  const differ: Difference[] = [];
  for (const [index, value] of recordings.vectors.entries()) {
    const difference = await compare(value, `recording ${index + 1}`);
    if (difference) differ.push(difference);
  }
  const run = recordings.vectors.length;
  const report = { run, same: run - differ.length, differ };
  if (json) console.log(JSON.stringify(report));
  else console.log(inWords(report));
  return differ.length === 0 ? 0 : 1;
}

async function readRecordings(argv: readonly string[]): Promise<{ readonly vectors: readonly unknown[] } | Refusal> {
  const [path, ...more] = argv.filter((argument) => argument !== "--json");
  if (path === undefined || more.length > 0 || path.startsWith("-")) return { code: "BAD_USAGE", message: usage, data: {} };
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return { code: "FILE_UNREADABLE", message: `${path} cannot be read: ${reason}`, data: { path } };
  }
  const parsed = parseVectorFile(text);
  if (parsed.ok) return { vectors: parsed.value };
  const { code } = parsed.error;
  if (code === "NO_VECTORS") return { code, message: `${path} holds no recordings`, data: { path } };
  const { line } = parsed.error;
  return { code, message: `${path}: line ${line} is not JSON`, data: { path, line } };
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

function inWords({ run, same, differ }: { run: number; same: number; differ: readonly Difference[] }): string {
  const lines = differ.flatMap(({ name, expected, got }) => [
    `differs: ${name}`,
    `  expected ${JSON.stringify(expected)}`,
    `  got      ${JSON.stringify(got)}`,
  ]);
  return [...lines, `${run} recordings, ${same} same, ${differ.length} differ`].join("\n");
}

if (import.meta.main) process.exitCode = await runReplay(process.argv.slice(2));
