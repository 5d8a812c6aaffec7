import { writeSync } from "node:fs";
import { Client } from "pg";
import { startHeadOffice } from "#server/start-head-office.ts";
import { readTasks } from "./read-tasks.ts";

/** The first task: where to serve. */
export type ServeTask = { readonly databaseUrl: string; readonly dataDir: string };
/** The second one, when stations come: the question to the database before which the process ends itself; null for none. */
export type EndTask = { readonly lastQuestion: number | null };

/** Serves head office in a process that somebody will kill, or that kills itself. Says where it serves, and before what it dies. */
const tasks = readTasks();
const said = (line: object): void => void writeSync(1, `${JSON.stringify(line)}\n`);
const { url } = await startHeadOffice(await tasks.next<ServeTask>());
said({ url });
const { lastQuestion } = await tasks.next<EndTask>();
if (lastQuestion !== null) dieBefore(lastQuestion);

/** As the power does it: between any two questions of a transaction, or before its commit. */
function dieBefore(last: number): void {
  const methods = Client.prototype as unknown as Record<"query", (...args: unknown[]) => unknown>;
  const { query } = methods;
  let asked = 0;
  methods.query = function counted(this: unknown, ...args: unknown[]) {
    asked += 1;
    if (asked === last) {
      said({ dies: statementOf(args[0]) });
      process.kill(process.pid, "SIGKILL");
    }
    return query.apply(this, args);
  };
}

/** The kind of a statement: what it does, and to which table it writes. */
function statementOf(text: unknown): string {
  const words = typeof text === "string" ? /^\s*(insert into \w+|update \w+|delete from \w+|\w+)/.exec(text) : null;
  return words?.[1] ?? "a question";
}
