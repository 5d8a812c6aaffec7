import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { takeSample } from "#test/e2e/support/sample-folder.ts";
import { serveCounter } from "#main/shell/cli/served-counter.ts";
import { clientOver, knock } from "#test/src-main/shell/web/browser.ts";
import { asMultiple, median, type BenchResult } from "./result.ts";

const runs = 5;
const bareProgram = fileURLToPath(new URL("floors/bare-start.ts", import.meta.url));

/**
 * From the command to the first answer: a station of a sample behind the web shell, until it says who it is, against a program that does
 * no more than Node must: it opens the same encrypted database, listens on loopback and answers once.
 */
export async function benchStart(): Promise<readonly BenchResult[]> {
  const data = await takeSample();
  try {
    const measured: { readonly floor: number; readonly station: number }[] = [];
    for (let run = 0; run < runs; run += 1) measured.push({ floor: await startBare(data), station: await startStation(data) });
    return [
      asMultiple(
        { name: "start", metric: "station serve, from the command to its first answer, p50", unit: "ms" },
        {
          value: median(measured.map(({ station }) => station)),
          floor: median(measured.map(({ floor }) => floor)),
          ratio: median(measured.map(({ station, floor }) => station / floor)),
        },
        5,
      ),
    ];
  } finally {
    await rm(data, { recursive: true });
  }
}

async function startStation(data: string): Promise<number> {
  const from = performance.now();
  const counter = await serveCounter(data);
  const { port, hash } = new URL(counter.url);
  const socket = knock(Number(port), { protocols: ["orpc", hash.slice("#token=".length)] });
  await clientOver(socket).station.status();
  const took = performance.now() - from;
  socket.close();
  await counter.close();
  return took;
}

/** The database is the one that the station has just closed; the floor only reads it. */
async function startBare(data: string): Promise<number> {
  const key = readFileSync(join(data, "station.key"), "utf8").trim();
  const from = performance.now();
  const child = spawn(process.execPath, [bareProgram, join(data, "sample", "station-a", "station.db")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(key);
  const [port] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  await answer.text();
  const took = performance.now() - from;
  child.kill("SIGTERM");
  await once(child, "exit");
  return took;
}
