import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { EndTask, ServeTask } from "./head-office-serving.ts";
import { keepWarm } from "./warm-program.ts";

/** Head office as a process of its own, which can be killed and has another one take its place, on the same database. */
export type MortalHeadOffice = {
  /** Of the process that serves. */
  readonly url: () => string;
  /**
   * The next one serves, as soon as it can.
   *
   * @param lastQuestion to its database, before which it ends itself; null for none
   * @returns where it serves
   */
  readonly start: (lastQuestion: number | null) => Promise<string>;
  /** Ends it, unless it has ended itself. @returns before what it died, undefined for any moment */
  readonly kill: () => Promise<string | undefined>;
  /** Resolves when it has ended. */
  readonly died: () => Promise<unknown>;
  readonly close: () => Promise<void>;
};

type Said = { readonly url?: string; readonly dies?: string };

export async function startMortalHeadOffice(databaseUrl: string, dataDir: string): Promise<MortalHeadOffice> {
  const program = keepWarm("head-office-serving.ts", { databaseUrl, dataDir } satisfies ServeTask);
  let child: ChildProcess | undefined;
  let closed: Promise<unknown> = Promise.resolve();
  let diesBefore: string | undefined;
  let url = "";

  async function start(lastQuestion: number | null): Promise<string> {
    const started = program.begin({ lastQuestion } satisfies EndTask);
    child = started;
    closed = once(started, "close");
    diesBefore = undefined;
    if (!started.stdout) throw new Error("head office has no output");
    const lines = createInterface(started.stdout);
    const [line = "{}"] = (await Promise.race([once(lines, "line"), once(lines, "close")])) as [string?];
    const said = JSON.parse(line) as Said;
    if (said.url === undefined) throw new Error(`head office did not start: ${line}`);
    lines.on("line", (last) => (diesBefore = (JSON.parse(last) as Said).dies));
    return (url = said.url);
  }

  async function kill(): Promise<string | undefined> {
    child?.kill("SIGKILL");
    await closed;
    if (child && child.signalCode !== "SIGKILL") throw new Error(`head office ended by itself with ${child.exitCode}`);
    return diesBefore;
  }

  await start(null);
  return {
    url: () => url,
    start,
    kill,
    died: () => closed,
    close: async () => {
      await kill();
      await program.close();
    },
  };
}
