import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { RebuildStep } from "#main/rebuild-station.ts";
import type { StreamTask } from "./award-stream.ts";
import type { CrashGround } from "./crash-ground.ts";
import { openCrashStation, readMirrorOf } from "./crash-station.ts";
import { deaths, type Death } from "./dying.ts";
import type { RebuildTask } from "./rebuild-file.ts";
import { keepWarm, type WarmProgram } from "./warm-program.ts";

/** Room for some awards with their writes to the disk, or for a push, its answer and the pull behind it. */
const streamMsMax = 200;
/** A named moment that does not come so soon is not waited for: the stream is killed from outside. */
const deathMsMax = 1_000;
/** Somebody whose head office dies at every word is not waited for until it comes to a push. */
const atWorkMsMax = 10_000;
/** What a station says and hears in a conversation or two. */
const bytesMax = 8_000;
/** So often head office may be dead, or about to die, when a rebuilt station turns to it. */
const exchangesMax = 500;
const exchangePauseMs = 20;
const rebuildSteps: readonly RebuildStep[] = ["reading", "replaying", "swapping", "exchanging"];

type Killing = {
  /** Asked after each turn. */
  readonly isEnough: () => boolean;
  /** Is told where. */
  readonly died: (where: string) => void;
};

/** Awards that were answered, in their order, and what was seen to be wrong right after a death. */
export type Survived = { readonly acknowledged: readonly string[]; readonly faults: readonly string[] };

/** Kills a station that awards without end, again and again, at named moments and at any moment, and rebuilds its database now and then. */
export async function killStations(ground: CrashGround, { isEnough, died }: Killing): Promise<Survived> {
  const { line, draw } = ground;
  const stream = keepWarm("award-stream.ts");
  const rebuild = keepWarm("rebuild-file.ts");
  const acknowledged: string[] = [];
  const faults: string[] = [];
  try {
    for (let turn = 0; !isEnough(); turn++) {
      const plan = planOf(turn, draw.below(12));
      if (plan.hasLine) line.restore();
      else line.cut();
      if (plan.kind === "rebuild") {
        if (await killRebuild(ground, rebuild, plan.step)) died(`rebuild ${plan.step}`);
        continue;
      }
      const answered = await killStream(ground, stream, plan);
      died(answered.where);
      faults.push(...answered.faults);
      acknowledged.push(...answered.acknowledged);
    }
  } finally {
    await stream.close();
    await rebuild.close();
  }
  return { acknowledged, faults };
}

type StreamPlan = { readonly kind: "stream"; readonly hasLine: boolean; readonly death: Death | null; readonly pass: number };
type Plan = StreamPlan | { readonly kind: "rebuild"; readonly hasLine: true; readonly step: RebuildStep };

/** Each ten turns: every named moment once, a rebuild once, and the rest at any moment; some of them without a line. */
function planOf(turn: number, chance: number): Plan {
  const place = turn % 10;
  const death = deaths[place] ?? null;
  // A push or a page does not come by as often as a commit.
  const isOfTheLine = death === "afterSend" || death === "midPage";
  if (death) return { kind: "stream", hasLine: isOfTheLine || turn % 20 < 10, death, pass: 1 + (isOfTheLine ? chance % 2 : chance) };
  const step = rebuildSteps[Math.floor(turn / 10) % rebuildSteps.length];
  if (place === deaths.length && step) return { kind: "rebuild", hasLine: true, step };
  return { kind: "stream", hasLine: place !== 9, death: null, pass: 0 };
}

async function killStream(
  { file, line, onLine, draw }: CrashGround,
  stream: WarmProgram,
  { hasLine, death, pass }: StreamPlan,
): Promise<Survived & { readonly where: string }> {
  const acknowledged: string[] = [];
  const task: StreamTask = { file, death, pass };
  // Where no moment is named, the line may be the first to fail.
  if (death === null)
    line.breakOnce({ way: draw.oneOf(["up", "down"]), how: draw.oneOf(["reset", "close"]), afterBytes: draw.below(bytesMax) });
  const child = stream.begin(task);
  const closed = once(child, "close");
  if (!child.stdout) throw new Error("a station has no output");
  const lines = createInterface(child.stdout).on("line", (opId) => acknowledged.push(opId));
  const isAtWork = Promise.all([once(lines, "line"), hasLine ? once(onLine, "push") : undefined]);
  await Promise.race([isAtWork, closed, sleep(atWorkMsMax, undefined, { ref: false })]);
  await Promise.race([sleep(death ? deathMsMax : draw.below(streamMsMax), undefined, { ref: false }), closed]);
  const diedByItself = child.signalCode === "SIGKILL";
  child.kill("SIGKILL");
  await closed;
  line.mend();
  const endedByItself = child.signalCode === "SIGKILL" ? [] : [`a station ended by itself with ${child.exitCode}`];
  // After any crash the second copy has every award that was answered.
  const copied = new Set(readMirrorOf(file).operations.map(({ opId }) => opId));
  const missing = acknowledged.filter((opId) => !copied.has(opId)).map((opId) => `award ${opId} is not in the mirror journal`);
  return { acknowledged, faults: [...endedByItself, ...missing], where: diedByItself && death ? death : "any moment" };
}

/** @returns whether the step came */
async function killRebuild({ folder, file }: CrashGround, rebuild: WarmProgram, step: RebuildStep): Promise<boolean> {
  for (const name of ["station.db", "station.db-wal", "station.db-shm"]) rmSync(join(folder, name), { force: true });
  const wasKilled = await endOf(rebuild.begin({ file, deadly: step } satisfies RebuildTask));
  // Again from the beginning; one that was killed behind the swap finds a database that is whole, and does nothing.
  await endOf(rebuild.begin({ file, deadly: null } satisfies RebuildTask));
  const station = openCrashStation(file, { patience: 1 / 10 });
  // Who may sign in comes with the first exchange, and head office may be dead just now.
  for (let tries = 0; (await station.exchangeNow()).sync.line !== "online"; tries++) {
    if (tries === exchangesMax) throw new Error("a rebuilt station does not come to an exchange");
    await sleep(exchangePauseMs);
  }
  await station.close();
  return wasKilled;
}

/** @returns whether it was killed */
async function endOf(child: ChildProcess): Promise<boolean> {
  child.stdout?.resume();
  await once(child, "close");
  return child.signalCode === "SIGKILL";
}
