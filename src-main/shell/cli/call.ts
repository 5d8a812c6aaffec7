import { dataFolder } from "#main/shell/data-folder.ts";
import { printJson } from "./answer.ts";
import { credentialsOf } from "./credentials.ts";
import { exitCodes } from "./command-failure.ts";
import { readInput } from "./input.ts";
import { readOptions } from "./options.ts";
import { isStream, openLine, type StationLine } from "./station-line.ts";

/** `station call PROCEDURE`: asks a station one thing, as whoever `--user` names. */
export async function call(args: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions(
    args,
    { data: { type: "string" }, user: { type: "string" }, input: { type: "string" }, json: { type: "boolean", default: false } },
    ["PROCEDURE"],
  );
  const [procedure = ""] = positionals;
  const credentials = isAskedByNobody(procedure) ? undefined : credentialsOf(values.user);
  const input = await readInput(values.input);
  const line = await openLine(dataFolder(values.data), [procedure]);
  try {
    if (credentials) await line.ask("session.signIn", credentials);
    await ask(line, procedure, input, values.json);
    return exitCodes.done;
  } finally {
    await line.close();
  }
}

/** What a station answers before anybody has signed in. */
const isAskedByNobody = (procedure: string): boolean => /^(session|setup)\.|^station\.status$/.test(procedure);

async function ask(line: StationLine, procedure: string, input: unknown, isForScript: boolean): Promise<void> {
  const interrupt = new AbortController();
  const stop = (): void => interrupt.abort();
  const answer = await line.ask(procedure, input, interrupt.signal);
  if (!isStream(answer)) return printJson(answer, isForScript);
  process.once("SIGINT", stop).once("SIGTERM", stop);
  // Whoever read our lines, such as `head`, has read enough.
  process.stdout.once("error", stop);
  try {
    for await (const event of answer) printJson(event, true);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
  }
}
