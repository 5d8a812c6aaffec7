import type { HttpBindings } from "@hono/node-server";
import type { HeadOffice } from "#server/app/head-office.ts";
import type { Notifier } from "#server/app/ports/ports.ts";
import type { Store, Transaction } from "#server/app/ports/store.ts";
import { makeSyncApp } from "#server/http/sync-app.ts";
import { openHeadOfficeOn } from "#server/open-head-office.ts";
import type { Dice } from "./dice.ts";
import type { AtMoment, Disk, DyingStore } from "./disk.ts";
import type { Timeline } from "./timeline.ts";

/** A request as it travels. */
export type Held = { readonly path: string; readonly headers: Headers; readonly body: string | Uint8Array<ArrayBuffer> };
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: Uint8Array<ArrayBuffer> };

export type HeadOfficeHost = Awaited<ReturnType<typeof openHost>>;

type Process = {
  readonly office: HeadOffice;
  /** Does what the calendar has made due, and nothing when the program dies of it. */
  readonly runJobs: () => Promise<void>;
  readonly app: ReturnType<typeof makeSyncApp>;
  readonly store: DyingStore;
  readonly death: AbortController;
};

/** So often head office looks whether the calendar has made something due. */
const jobsEveryMs = 60_000;

const noLimit = { burst: 1_000_000, perSecond: 1_000_000 };
/** The caller, as the web server would have named it. */
const fromLoopback = { incoming: { socket: { remoteAddress: "127.0.0.1" } } } as unknown as HttpBindings;

/**
 * The computer that head office runs on. Its program dies and starts again; what its disk has stays, or is put back from a backup.
 *
 * @param atMoment is told of each question to the store, and may say that the program dies at it
 */
export async function openHost(at: {
  readonly disk: Disk;
  readonly timeline: Timeline;
  readonly dice: Dice;
  /** Whether it does by itself what the calendar has made due; else when it is told to. */
  readonly runsOnAClock?: boolean;
  readonly atMoment?: (moment: string) => "dies" | undefined;
}) {
  const { disk, timeline, dice } = at;
  /** What nobody foresaw. */
  const incidents: string[] = [];
  /** Operations on which this version of the program trips. */
  const poison = new Set<string>();
  let process: Process | undefined;

  async function start(): Promise<void> {
    const death = new AbortController();
    const die: AtMoment = (moment) => {
      if (death.signal.aborted || at.atMoment?.(moment) !== "dies") return;
      kill();
    };
    const opened = await disk.openStore(die);
    const store = { ...opened, write: trippingOver(poison, opened.write) };
    const machine = { clock: { nowMs: timeline.nowMs }, random: (bytes: number) => dice.bytes(bytes), log: () => undefined };
    const office = await openHeadOfficeOn(store, machine, { notifier: patientNotifier(timeline, death.signal) });
    const reportIncident = (where: string, cause: unknown): string => {
      if (!death.signal.aborted) incidents.push(`${where}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
      return "incident";
    };
    const app = makeSyncApp(office, {
      reportIncident,
      closing: death.signal,
      nowMs: timeline.nowMs,
      limits: { stranger: noLimit, station: noLimit },
    });
    let round: Promise<void> | undefined;
    const runJobs = (): Promise<void> =>
      (round ??= office
        .runJobs()
        .then(
          () => undefined,
          (cause: unknown) => void reportIncident("jobs", cause),
        )
        .finally(() => (round = undefined)));
    function tick(): void {
      if (death.signal.aborted) return;
      timeline.at(jobsEveryMs, tick);
      void runJobs();
    }
    if (at.runsOnAClock) timeline.at(jobsEveryMs, tick);
    process = { office, app, runJobs, store, death };
  }

  /** The program ends where it stands: what it has not committed never was. */
  function kill(): void {
    const dying = process;
    process = undefined;
    dying?.store.kill();
    dying?.death.abort();
  }

  await start();
  return {
    incidents,
    poison,
    start,
    kill,
    isRunning: (): boolean => process !== undefined,
    office(): HeadOffice {
      if (!process) throw new Error("head office is down");
      return process.office;
    },
    /** Without waiting for the minute to be over. */
    runJobs: async (): Promise<void> => process?.runJobs(),
    /** @throws when nobody answers, or the program dies before it has answered */
    async handle({ path, headers, body }: Held, gone: AbortSignal): Promise<Answer> {
      const asked = process;
      if (!asked) throw new Error("connection refused");
      const request = new Request(`http://127.0.0.1${path}`, { method: "POST", headers, body, signal: gone });
      const response = await asked.app.fetch(request, fromLoopback);
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (asked.death.signal.aborted) throw new Error("connection reset");
      return { status: response.status, headers: response.headers, body: bytes };
    },
    async close(): Promise<void> {
      await process?.office.close();
      await disk.close();
    },
  };
}

/** Fails at an operation that is poison, unless it is only kept: as a program does that nobody has mended yet. */
const trippingOver =
  (poison: ReadonlySet<string>, write: Store["write"]): Store["write"] =>
  (work) =>
    write((tx) => {
      const insert: Transaction["inbox"]["insert"] = async (operations) => {
        const isTaken = operations.some(({ opId, verdict }) => poison.has(opId) && verdict !== "quarantined");
        if (isTaken) throw new TypeError("nobody thought of this");
        return tx.inbox.insert(operations);
      };
      return work({ ...tx, inbox: { ...tx.inbox, insert } });
    });

/** A reader who is not woken looks again this much later than it asked to: a tired computer may. */
const lateness = 30;

/** Waits by the timeline. */
function patientNotifier(timeline: Timeline, dead: AbortSignal): Notifier {
  const waiting = new Set<() => void>();
  return {
    published: () => {
      for (const wake of waiting) wake();
    },
    next: (timeoutMs, aborted) =>
      new Promise((resolve) => {
        if (aborted.aborted || dead.aborted) return resolve();
        const wake = (): void => {
          if (waiting.delete(wake)) resolve();
        };
        waiting.add(wake);
        aborted.addEventListener("abort", wake, { once: true });
        dead.addEventListener("abort", wake, { once: true });
        timeline.at(timeoutMs * lateness, wake);
      }),
  };
}
