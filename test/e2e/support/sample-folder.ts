import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rename } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { clientOver, knock } from "#test/src-main/shell/web/browser.ts";
import { serveCounter } from "#main/shell/cli/served-counter.ts";

/** In the folder of the run, which goes when the run ends. */
const kept = join(tmpdir(), "sample-of-this-run");

/** A data folder with a fresh sample in it. One is made a run; everybody gets a copy, head office and its PostgreSQL cluster included. */
export async function takeSample(): Promise<string> {
  if (!existsSync(kept)) await leaveSample(await makeSample());
  const data = await emptyFolder();
  // Not `fs.cp`: as root, the cluster belongs to the user who serves it, and must go on doing so.
  await promisify(execFile)("cp", ["-a", `${kept}/.`, data]);
  return data;
}

/** Keeps a sample for those who come later. Its counter has been closed, and nothing was booked there. */
export async function leaveSample(data: string): Promise<void> {
  if (!existsSync(kept)) await rename(data, kept);
}

export const emptyFolder = (): Promise<string> => mkdtemp(join(tmpdir(), "counter-"));

async function makeSample(): Promise<string> {
  const data = await emptyFolder();
  const counter = await serveCounter(data);
  const { port, hash } = new URL(counter.url);
  const socket = knock(Number(port), { protocols: ["orpc", hash.slice("#token=".length)] });
  const { setup } = clientOver(socket);
  let { state } = await setup.tryIt();
  while (state === "working") {
    await sleep(100);
    ({ state } = await setup.state());
  }
  await counter.close();
  return data;
}
