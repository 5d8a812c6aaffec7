import { err, ok, type Result } from "#shared/std/result.ts";
import { actReply, drawReply, findReply, syncPath } from "#shared/contracts/sync/wire.ts";
import { Fault } from "#main/app/ports/fault.ts";
import type { HeadOfficeLine, HeadOfficeRefusal } from "#main/app/ports/head-office.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import type { Store } from "#main/app/ports/store.ts";
import type { Bootstrap } from "./bootstrap.ts";
import type { Exchange, ExchangeRefusal } from "./exchange.ts";
import type { WireRefusal } from "./http-line.ts";

export type LineState = { readonly line: "online" | "offline" | "exchanging" | "settingIn"; readonly refusedBy: ExchangeRefusal | null };

/** Timers, handed in so that tests need not wait. */
export type LoopTimers = {
  /** Resolves after the time or when the signal aborts, whichever is first; never rejects. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** 0 to 1, for spreading retries. */
  readonly random: () => number;
};

export type SyncLoopPorts = {
  readonly exchange: Exchange;
  /** Takes the directory as one file where that is quicker; between two conversations. */
  readonly bootstrap: Pick<Bootstrap, "takePlace" | "ask">;
  readonly store: Store;
  /** Hands back rights that this station shall not, or need not, keep. */
  readonly release: () => void;
  /** Another computer goes on in our place. @returns whether there was anything to give up */
  readonly giveUpRights: () => boolean;
  readonly timers: LoopTimers;
  readonly log: Logger;
};

const longPollMs = 20_000;
const backOffFirstMs = 1_000;
const backOffMaxMs = 5 * 60_000;
/** Stations that head office will not hear are not to hammer it. */
const refusedPauseMs = 60_000;
/** Whoever closes a counter waits so long for a conversation to end; what it would have sent goes with the next start. */
const closingMs = 2_000;

/**
 * Keeps the station and head office in step: exchanges at once when something was written, listens while nothing happens, and backs off
 * while the line is down. All conversations go one after the other, so rows are never applied out of order.
 */
export function makeSyncLoop({ exchange, bootstrap, store, release, giveUpRights, timers, log }: SyncLoopPorts) {
  let state: LineState = { line: "offline", refusedBy: null };
  let failures = 0;
  /** Head office asked to be left alone for so long. */
  let patienceMs = 0;
  let isStopped = false;
  let hasHint = false;
  let queue: Promise<unknown> = Promise.resolve();
  /** Ends the long poll or the pause that the loop is in. */
  let wake = new AbortController();
  const listeners = new Set<(state: LineState) => void>();

  function become(next: LineState): void {
    if (next.line === state.line && next.refusedBy === state.refusedBy) return;
    // Whoever finds the line up ends the pause of a loop that still believes it down.
    if (next.line === "online") wake.abort();
    state = next;
    tell();
  }

  /** After each conversation: the line may be as it was, but when head office was last heard has changed. */
  function tell(): void {
    for (const listener of listeners) listener(state);
  }

  /** One conversation at a time; whoever comes ends the listening of the one before. */
  function exclusively<T>(work: () => Promise<T>): Promise<T> {
    wake.abort();
    const run = queue.then(work);
    queue = run.catch(() => undefined);
    return run;
  }

  function failed(cause: unknown): void {
    failures += 1;
    patienceMs = cause instanceof Fault ? Number(cause.data["retryAfterMs"] ?? 0) : 0;
    exchange.forgetSession();
    if (cause instanceof Fault && cause.code === "NO_LINE") become({ line: "offline", refusedBy: null });
    else {
      log.error({ error: cause instanceof Error ? cause.name : "unknown" }, "exchange failed");
      become({ line: "offline", refusedBy: state.refusedBy });
    }
  }

  /** Push, release, pull: after it both sides have what the other had when it began. */
  async function round(): Promise<void> {
    hasHint = false;
    await bootstrap.takePlace();
    become({ line: state.line === "online" ? "online" : "exchanging", refusedBy: null });
    try {
      const greeted = await exchange.push();
      // Only now: a clock that head office has not set right in this run could give back points that are still good.
      if (greeted.ok) release();
      let pushed = greeted.ok ? await exchange.push() : greeted;
      if (!pushed.ok && pushed.error === "SUPERSEDED") {
        const goesOnAsAnother = await exchange.handOver(true);
        if (goesOnAsAnother) pushed = await exchange.push();
        else if (giveUpRights()) await exchange.handOver(true);
      }
      if (pushed.ok) {
        await exchange.handOver();
        await exchange.complete();
        await exchange.tellErasures();
        await exchange.presentOurselves();
        await bootstrap.ask();
      }
      if (pushed.ok) exchange.lookOver();
      const done = pushed.ok ? await exchange.pull(0) : pushed;
      // Somebody may wait for what was recalled by the rows just read: it goes out in the next round, which writing it begins.
      if (done.ok) release();
      if (done.ok) await exchange.deposit();
      // What head office did because of our operations (grants, for one) is read in the same round.
      failures = 0;
      patienceMs = 0;
      become(done.ok ? { line: "online", refusedBy: null } : { line: "offline", refusedBy: done.error });
    } catch (cause) {
      failed(cause);
    }
  }

  async function listen(signal: AbortSignal): Promise<void> {
    try {
      const heard = await exchange.pull(longPollMs, signal);
      if (heard.ok) release();
      if (heard.ok) tell();
      else become({ line: "offline", refusedBy: heard.error });
    } catch (cause) {
      if (!signal.aborted) failed(cause);
    }
  }

  async function keepInStep(): Promise<void> {
    while (!isStopped) {
      await exclusively(round);
      if (isStopped) return;
      // What was written during the round goes out at once.
      if (hasHint && state.line === "online") continue;
      const pause = new AbortController();
      wake = pause;
      if (state.line !== "online") await timers.sleep(pauseMs(), pause.signal);
      else await (queue = queue.then(() => listen(pause.signal)));
    }
  }

  /** Spread over its whole length, behind what head office asked for: it asked many. */
  const pauseMs = (): number =>
    state.refusedBy
      ? refusedPauseMs
      : patienceMs + Math.ceil(timers.random() * Math.min(backOffMaxMs, backOffFirstMs * 2 ** Math.min(failures, 20))) + 50;

  type Send<T> = (token: string, identity: { replica: number; incarnation: string }) => Promise<Result<T, WireRefusal>>;

  /** A request that changes something: head office first gets what it may be about, and afterwards what it caused is read. */
  async function ask<T>(send: Send<T>): Promise<Result<T, HeadOfficeRefusal>> {
    return askBetween(send, {
      before: exchange.push,
      after: async () => {
        const heard = await exchange.pull(0);
        become(heard.ok ? { line: "online", refusedBy: null } : { line: "offline", refusedBy: heard.error });
      },
    });
  }

  /** A request that only looks. */
  async function look<T>(send: Send<T>): Promise<Result<T, HeadOfficeRefusal>> {
    return askBetween(send, { before: async () => ok(null), after: async () => become({ line: "online", refusedBy: null }) });
  }

  async function askBetween<T>(
    send: Send<T>,
    { before, after }: { readonly before: () => Promise<Result<null, ExchangeRefusal>>; readonly after: () => Promise<void> },
  ): Promise<Result<T, HeadOfficeRefusal>> {
    return exclusively(async () => {
      try {
        const identity = store.read((view) => view.identity());
        if (!identity) return err({ code: "NEEDS_HEAD_OFFICE", data: {} });
        const pushed = await before();
        if (!pushed.ok) return unheard(pushed.error);
        const answer = await exchange.inSession((session) => send(session.token, identity));
        if (!answer.ok) return typeof answer.error === "string" ? unheard(answer.error) : err(answer.error);
        await after();
        return ok(answer.value);
      } catch (cause) {
        failed(cause);
        return err({ code: "NEEDS_HEAD_OFFICE", data: {} });
      }
    });
  }

  function unheard(refusedBy: ExchangeRefusal): Result<never, HeadOfficeRefusal> {
    become({ line: "offline", refusedBy });
    return err({ code: "NEEDS_HEAD_OFFICE", data: { refusedBy } });
  }

  const headOffice: HeadOfficeLine = {
    isUp: () => state.line === "online",
    act: (act) =>
      ask(async (token, { replica }) =>
        exchange.line().post(syncPath.act, { ...act, replica, seen: store.exchange((tx) => tx.cursors()) }, actReply, { token }),
      ),
    find: (question) =>
      look(async (token, { replica }) => exchange.line().post(syncPath.find, { ...question, replica }, findReply, { token })),
    draw: (draw) =>
      ask(async (token, { replica, incarnation }) =>
        exchange.line().post(syncPath.draw, { ...draw, replica, incarnation }, drawReply, { token }),
      ),
  };

  let running: Promise<void> | undefined;
  return {
    headOffice,
    state: (): LineState => state,
    onState: (listener: (state: LineState) => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: (): void => {
      running ??= keepInStep();
    },
    /** The counter is about to stand still, for less than two seconds. */
    sayOneMoment: (): void => become({ line: "settingIn", refusedBy: null }),
    /** Something was written: goes out now when the line is up. */
    hint: (): void => {
      hasHint = true;
      if (state.line === "online") wake.abort();
    },
    /** One full round now, whatever the back-off says. */
    exchangeNow: async (): Promise<void> => {
      await exclusively(round);
    },
    stop: async (): Promise<void> => {
      isStopped = true;
      wake.abort();
      const isOver = new AbortController();
      void timers.sleep(closingMs, isOver.signal).then(exchange.hangUp);
      await running;
      await queue;
      isOver.abort();
    },
  };
}
