import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { ServeTask } from "./head-office-serving.ts";
import { keepWarm } from "./warm-program.ts";

/** Head office as a process of its own, which can be killed and started again at the same address. */
export type MortalHeadOffice = {
  readonly url: string;
  /** @param lastQuestion to its database, before which it ends itself; null for none */
  readonly start: (lastQuestion: number | null) => Promise<void>;
  /** Ends it, unless it has ended itself. @returns before what it died, undefined for any moment */
  readonly kill: () => Promise<string | undefined>;
  /** Resolves when it has ended itself. */
  readonly died: () => Promise<unknown>;
  readonly close: () => Promise<void>;
};

export async function startMortalHeadOffice(databaseUrl: string, dataDir: string): Promise<MortalHeadOffice> {
  const program = keepWarm("head-office-serving.ts");
  let child: ChildProcess | undefined;
  let closed: Promise<unknown> = Promise.resolve();
  let diesBefore: string | undefined;
  let url = "http://127.0.0.1:0";

  async function start(lastQuestion: number | null): Promise<void> {
    const task: ServeTask = { databaseUrl, dataDir, port: Number(new URL(url).port), lastQuestion };
    const started = program.begin(task);
    child = started;
    closed = once(started, "close");
    diesBefore = undefined;
    if (!started.stdout) throw new Error("head office has no output");
    const lines = createInterface(started.stdout);
    const first = Promise.race([once(lines, "line"), once(lines, "close")]) as Promise<[string?]>;
    const [line = "{}"] = await first;
    const said = JSON.parse(line) as { readonly url?: string };
    if (said.url === undefined) throw new Error(`head office did not start: ${line}`);
    url = said.url;
    lines.on("line", (last) => {
      diesBefore = (JSON.parse(last) as { readonly dies?: string }).dies;
    });
  }

  async function kill(): Promise<string | undefined> {
    child?.kill("SIGKILL");
    await closed;
    return diesBefore;
  }

  await start(null);
  return {
    url,
    start,
    kill,
    died: () => closed,
    close: async () => {
      await kill();
      await program.close();
    },
  };
}
