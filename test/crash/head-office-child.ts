import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../src-server/main.ts", import.meta.url));

/** Head office as a process of its own, which can be killed and started again at the same address. */
export type HeadOfficeChild = { readonly url: string; readonly kill: () => Promise<void>; readonly start: () => Promise<void> };

export async function startHeadOfficeChild(databaseUrl: string, dataDir: string): Promise<HeadOfficeChild> {
  let child: ChildProcess | undefined;
  let port = "0";
  let url = "";

  async function start(): Promise<void> {
    const started = spawn(process.execPath, [program, "serve", "--data", dataDir, "--port", port, "--exit-with-parent", "--json"], {
      stdio: ["pipe", "pipe", "ignore"],
      env: { ...process.env, COUNTERFOIL_DATABASE_URL: databaseUrl },
    });
    child = started;
    const lines = createInterface(started.stdout);
    const [line] = (await Promise.race([once(lines, "line"), once(lines, "close")])) as [string?];
    const ready = JSON.parse(line ?? "{}") as { readonly url?: string };
    if (ready.url === undefined) throw new Error(`head office did not start: ${line ?? "it said nothing"}`);
    url = ready.url;
    port = new URL(url).port;
  }

  await start();
  return {
    url,
    start,
    kill: async () => {
      const closed = child && once(child, "close");
      child?.kill("SIGKILL");
      await closed;
    },
  };
}
