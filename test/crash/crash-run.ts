import { spawn, type ChildProcess } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Pool } from "pg";
import { syncPath } from "#shared/contracts/sync/wire.ts";
import { makeDraw } from "#main/sample/people.ts";
import { layCable } from "#main/shell/cli/demo/cable.ts";
import { readRequests, type RecordedRequest } from "#main/shell/cli/demo/recorded-requests.ts";
import { tellAgain } from "#main/shell/cli/demo/tell-again.ts";
import type { RebuildStep } from "#main/rebuild-station.ts";
import { startHeadOffice } from "#server/start-head-office.ts";
import { faultsOf, readFileBooks } from "./books-of-file.ts";
import { openCrashStation, readMirrorOf } from "./crash-station.ts";
import { deaths, type Death } from "./dying.ts";
import { enterMembers, foundCompany, must } from "./found-company.ts";
import { startHeadOfficeChild } from "./head-office-child.ts";

export type CrashOptions = {
  readonly kills: number;
  readonly seed: number;
  /** An empty database. */
  readonly databaseUrl: string;
  /** An empty folder. */
  readonly folder: string;
  readonly onKill?: (told: string) => void;
};

export type CrashOutcome = {
  readonly seed: number;
  readonly kills: { readonly station: number; readonly headOffice: number };
  /** How often the station died where. */
  readonly at: Readonly<Record<string, number>>;
  /** Awards that were answered. */
  readonly acknowledged: number;
  /** Of these, how many are missing in the log, the mirror journal or head office's inbox. */
  readonly lost: number;
  /** Operations that stand twice in the log or at head office. */
  readonly doubled: number;
  /** Whatever else is not as it should be, in words. */
  readonly faults: readonly string[];
};

const stream = fileURLToPath(new URL("award-stream.ts", import.meta.url));
const rebuild = fileURLToPath(new URL("rebuild-file.ts", import.meta.url));
/** Room for some awards with their writes to the disk, or for a push, its answer and the pull behind it. */
const streamMsMax = 200;
/** A named moment that does not come so soon is not waited for: the stream is killed from outside. */
const deathMsMax = 5_000;
const rebuildSteps: readonly RebuildStep[] = ["reading", "replaying", "swapping", "exchanging"];

/**
 * Kills a station and head office again and again, at named moments and at random ones, and compares every award that was answered with the
 * station's log, its ledger, its mirror journal and head office.
 */
export async function crash({ kills, seed, databaseUrl, folder, onKill = () => undefined }: CrashOptions): Promise<CrashOutcome> {
  await using stack = new AsyncDisposableStack();
  const draw = makeDraw(seed);
  const file = join(folder, "station.db");
  const code = await found(databaseUrl, folder);
  const headOffice = await startHeadOfficeChild(databaseUrl, folder);
  stack.defer(headOffice.kill);
  const pushes: RecordedRequest[] = [];
  const onLine = new EventEmitter();
  const cable = await layCable(headOffice.url, () =>
    readRequests((request) => {
      if (request.path !== syncPath.push) return;
      pushes.push(request);
      onLine.emit("push");
    }),
  );
  stack.defer(cable.close);
  const joining = openCrashStation(file);
  must(await joining.enrol({ url: cable.url, code }));
  await joining.exchangeNow();
  enterMembers(joining, 5);
  await joining.close();

  const acknowledged: string[] = [];
  const faults: string[] = [];
  const at: Record<string, number> = {};
  const count = { station: 0, headOffice: 0 };
  const died = (where: string): void => {
    at[where] = (at[where] ?? 0) + 1;
    onKill(where);
  };
  const killed = (): number => count.station + count.headOffice;

  for (let turn = 0; killed() < kills; turn += 1) {
    const plan = planOf(turn, draw.below(12));
    if (plan.hasLine) cable.restore();
    else cable.cut();
    const before = acknowledged.length;
    if (plan.kind === "rebuild") {
      for (const name of ["station.db", "station.db-wal", "station.db-shm"]) rmSync(join(folder, name), { force: true });
      if (await endOf(start(rebuild, [file, plan.step]))) {
        count.station += 1;
        died(`rebuild ${plan.step}`);
      }
      // Again from the beginning; one that was killed behind the swap finds a database that is whole, and does nothing.
      await endOf(start(rebuild, [file]));
      const station = openCrashStation(file);
      await station.exchangeNow();
      await station.close();
      continue;
    }
    const child = start(stream, [file, ...(plan.death ? [plan.death, String(plan.pass)] : [])]);
    const lines = createInterface(child.stdout ?? process.stdin).on("line", (line) => acknowledged.push(line));
    const closed = once(child, "close");
    if (plan.kind === "headOffice" && killed() + 1 < kills) {
      await Promise.race([once(onLine, "push"), closed]);
      await sleep(draw.below(streamMsMax));
      await headOffice.kill();
      count.headOffice += 1;
      died("head office");
      await headOffice.start();
    }
    const begun = Promise.all([once(lines, "line"), plan.hasLine && plan.kind === "station" ? once(onLine, "push") : undefined]);
    await Promise.race([begun, closed]);
    await Promise.race([sleep(plan.death ? deathMsMax : draw.below(streamMsMax), undefined, { ref: false }), closed]);
    const diedByItself = child.signalCode === "SIGKILL";
    child.kill("SIGKILL");
    await closed;
    if (child.signalCode !== "SIGKILL") faults.push(`a station ended by itself with ${child.exitCode}`);
    count.station += 1;
    died(diedByItself && plan.death ? plan.death : "any moment");
    // After any crash the second copy has every award that was answered.
    const copied = new Set(readMirrorOf(file).operations.map(({ opId }) => opId));
    faults.push(
      ...acknowledged
        .slice(before)
        .filter((opId) => !copied.has(opId))
        .map((opId) => `award ${opId} is not in the mirror journal`),
    );
  }

  cable.restore();
  const compared = await compare({ file, databaseUrl, acknowledged, pushes, url: headOffice.url });
  return { seed, kills: count, at, acknowledged: acknowledged.length, ...compared, faults: [...faults, ...compared.faults] };
}

type Plan =
  | { readonly kind: "station" | "headOffice"; readonly hasLine: boolean; readonly death: Death | undefined; readonly pass: number }
  | { readonly kind: "rebuild"; readonly hasLine: boolean; readonly step: RebuildStep };

/** Each ten turns: every named moment once, head office once, a rebuild once, and the rest at any moment, half of them without a line. */
function planOf(turn: number, chance: number): Plan {
  const place = turn % 10;
  const death = deaths[place];
  // A push or a page does not come by as often as a commit.
  const isOnLine = death === "afterSend" || death === "midPage";
  if (death) return { kind: "station", hasLine: isOnLine || turn % 20 < 10, death, pass: 1 + (isOnLine ? chance % 3 : chance) };
  if (place === deaths.length) return { kind: "headOffice", hasLine: true, death: undefined, pass: 0 };
  const step = rebuildSteps[Math.floor(turn / 10) % rebuildSteps.length];
  if (place === deaths.length + 1 && step) return { kind: "rebuild", hasLine: true, step };
  return { kind: "station", hasLine: place % 2 === 0, death: undefined, pass: 0 };
}

const start = (script: string, args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "inherit"] });

/** @returns whether it was killed */
async function endOf(child: ChildProcess): Promise<boolean> {
  child.stdout?.resume();
  await once(child, "close");
  return child.signalCode === "SIGKILL";
}

/** An empty head office with a branch, a clerk and a rule. @returns the enrolment code of its station */
async function found(databaseUrl: string, dataDir: string): Promise<string> {
  const started = await startHeadOffice({ dataDir, databaseUrl });
  try {
    return await foundCompany(started.headOffice);
  } finally {
    await started.close();
  }
}

type Compared = Pick<CrashOutcome, "lost" | "doubled" | "faults">;

async function compare(left: {
  readonly file: string;
  readonly databaseUrl: string;
  readonly acknowledged: readonly string[];
  readonly pushes: readonly RecordedRequest[];
  readonly url: string;
}): Promise<Compared> {
  const { file, databaseUrl, acknowledged, pushes, url } = left;
  const station = openCrashStation(file);
  for (let turn = 0; turn < 3; turn += 1) await station.exchangeNow();
  const books = readFileBooks(station, file);
  const { line, waitingOperations, quarantinedOperations } = station.status().sync;
  const inbox = await readInbox(databaseUrl);
  await tellAgain({ name: "A", pushes }, url);
  const inboxAgain = await readInbox(databaseUrl);
  const started = await startHeadOffice({ dataDir: dirname(file), databaseUrl });
  const agreed = await started.headOffice.admin.balances(undefined);
  const verified = await started.headOffice.admin.verify();
  await started.close();
  const balances = station.counter.balances({});
  await station.close();

  const logged = books.operations.map(({ opId }) => opId);
  const received = inbox.map(({ opId }) => opId);
  const copied = readMirrorOf(file).operations.map(({ opId }) => opId);
  const everywhere = [new Set(logged), new Set(received), new Set(copied)];
  const faults = [
    ...faultsOf(books),
    ...(line === "online" && waitingOperations === 0 && quarantinedOperations === 0
      ? []
      : [`${line}, ${waitingOperations} waiting, ${quarantinedOperations} held back`]),
    ...inbox.filter(({ verdict }) => verdict !== "applied").map(({ opId, verdict }) => `head office: ${opId} is ${verdict}`),
    ...(logged.join() === received.join() ? [] : ["head office has other operations than the log, or in another order"]),
    ...(JSON.stringify(inbox) === JSON.stringify(inboxAgain) ? [] : ["pushes that were told again changed the inbox"]),
    ...(JSON.stringify(balances) === JSON.stringify(agreed) ? [] : ["the balances differ"]),
    ...verified.damaged.map(({ table, id }) => `head office: ${table} ${id} is damaged`),
  ];
  return {
    lost: acknowledged.filter((opId) => !everywhere.every((place) => place.has(opId))).length,
    doubled: logged.length - new Set(logged).size + (received.length - new Set(received).size),
    faults,
  };
}

async function readInbox(databaseUrl: string): Promise<readonly { readonly opId: string; readonly verdict: string }[]> {
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  try {
    const { rows } = await pool.query<{ opId: string; verdict: string }>(
      `select op_id as "opId", verdict from op_inbox where replica <> 0 order by seq`,
    );
    return rows;
  } finally {
    await pool.end();
  }
}
