import { EventEmitter, on } from "node:events";
import { implement } from "@orpc/server";
import type { ApiContext } from "#main/api/context.ts";
import type { ServedStation } from "#main/shell/served-station.ts";
import { stationContract } from "#shared/contracts/station-contract.ts";
import type { StationStatus } from "#shared/contracts/station.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";

const status: StationStatus = {
  branch: { branchId: "b1", code: "A", name: "South Gate" },
  stationNumber: 1,
  isSample: false,
  businessDate: "2026-03-02",
  shiftSinceMs: null,
  reader: { state: "none", port: null, hint: null },
  readers: [],
  sync: {
    line: "offline",
    lastContactMs: null,
    waitingOperations: 0,
    oldestWaitingMs: null,
    quarantinedOperations: 0,
    rowsToCome: 0,
    refusedBy: null,
  },
  mirror: { state: "none", trouble: null, sinceMs: null },
  clock: { isInDoubt: false, offByMs: 0 },
  idleLockMinutes: 5,
};

const clerk: Operator = { staffId: "s1", userName: "chen", displayName: "陈静", role: "clerk", branchId: "b1" };
const clerkView = { staffId: "s1", userName: "chen", displayName: "陈静", role: "clerk" as const, permissions: [] };

export type SmallStation = ServedStation & {
  /** Sends a change of the journal to everybody who watches. */
  readonly journalChanged: () => void;
  /** How many callers watch right now. */
  readonly watchers: () => number;
  /** Resolves when as many callers watch. */
  readonly watchedBy: (count: number) => Promise<void>;
  readonly isClosed: () => boolean;
  /** As many operations have not reached head office. */
  readonly waits: (operations: number) => void;
  readonly wakes: () => number;
};

/** A station of the size that a shell needs to be tried: who am I, how are you, and a stream. The password is `right`. */
export function openSmallStation(): SmallStation {
  const events = new EventEmitter();
  const watching = new EventEmitter();
  let watchers = 0;
  let isClosed = false;
  let waiting = 0;
  let wakes = 0;
  const count = (by: 1 | -1): void => {
    watchers += by;
    watching.emit("changed");
  };
  const { signIn, signOut, current } = stationContract.session;
  const os = implement({ session: { signIn, signOut, current }, station: stationContract.station }).$context<ApiContext>();
  const router = os.router({
    session: {
      signIn: os.session.signIn.handler(({ input, context, errors }) => {
        if (input.password !== "right") throw errors.WRONG_CREDENTIALS({ data: { attemptsLeft: 4 } });
        context.connection.operator = clerk;
        return clerkView;
      }),
      signOut: os.session.signOut.handler(({ context }) => {
        context.connection.operator = undefined;
        return {};
      }),
      current: os.session.current.handler(({ context }) => (context.connection.operator ? clerkView : null)),
    },
    station: {
      status: os.station.status.handler(() => status),
      watch: os.station.watch.handler(async function* ({ signal }) {
        const changes = on(events, "journalChanged", signal ? { signal } : {});
        count(1);
        try {
          yield { type: "status" as const, status };
          for await (const _ of changes) yield { type: "journalChanged" as const };
        } catch (error) {
          if (!signal?.aborted) throw error;
        } finally {
          count(-1);
        }
      }),
    },
  });
  return {
    router,
    waitingOperations: () => waiting,
    wake: () => {
      wakes += 1;
    },
    close: async () => {
      isClosed = true;
    },
    journalChanged: () => events.emit("journalChanged"),
    watchers: () => watchers,
    watchedBy: async (wanted) => {
      if (watchers === wanted) return;
      for await (const _ of on(watching, "changed")) if (watchers === wanted) return;
    },
    isClosed: () => isClosed,
    waits: (operations) => {
      waiting = operations;
    },
    wakes: () => wakes,
  };
}
