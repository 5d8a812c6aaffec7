import { createRouterClient, ORPCError } from "@orpc/server";
import { makeRouter } from "#main/api/router.ts";
import { openConnection, type Connection } from "#main/api/context.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import type { StationDoor } from "#main/app/ports/station-door.ts";
import { noUpdates } from "#main/app/updates/no-updates.ts";
import { makeUpdates } from "#main/app/updates/updates.ts";
import { makeStatus } from "#main/app/session/status.ts";
import type { SetupState } from "#shared/contracts/setup.ts";
import type { StationEvent } from "#shared/contracts/station.ts";
import { openCounter, quietLog } from "#test/support/counter.ts";
import { uuidv7 } from "uuidv7";

/** A counter behind its contract, called in process: as many connections as a test likes, each with a session of its own. */
export function openApi(more: { door?: Partial<StationDoor>; log?: Logger } = {}) {
  const counter = openCounter();
  const listeners = new Set<(event: StationEvent) => void>();
  const setupState: SetupState = { state: "ready", isSample: false, progress: null, hasFailed: false, sampleAccounts: [] };
  const status = makeStatus(counter.ports, {
    line: () => ({ line: "offline", refusedBy: null }),
    heads: () => ({}),
    mirror: () => ({ state: "none", trouble: null, sinceMs: null }),
  });
  const door: StationDoor = {
    counter: () => counter,
    upkeep: () => ({
      verify: async () => ({ ok: true, damaged: [] }),
      recoveryKey: () => "0000-0000",
      isKeyAtHeadOffice: () => true,
      backUp: async () => ({ name: "2026-05-12T02.00.00Z.db", atMs: Date.UTC(2026, 4, 12, 2), bytes: 1 }),
    }),
    setupState: () => setupState,
    tryIt: async () => ({ ok: false, error: { code: "ALREADY_SET_UP" } }),
    enrol: async () => ({ ok: false, error: { code: "ALREADY_SET_UP" } }),
    status,
    exchangeNow: async () => status(),
    updates: makeUpdates({
      driver: noUpdates,
      version: "1.0.0",
      place: () => undefined,
      nowMs: () => 0,
      onChange: () => undefined,
      log: quietLog,
    }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ...more.door,
  };
  const router = makeRouter(door, { log: more.log ?? quietLog, random: { bytes: (length) => new Uint8Array(length), uuid: uuidv7 } });
  return {
    counter,
    router,
    status,
    listeners,
    publish: (event: StationEvent): void => {
      for (const listener of listeners) listener(event);
    },
    connect: (connection: Connection = openConnection()) => createRouterClient(router, { context: { connection } }),
    /** A connection at which this person has signed in; the password is the test accounts'. */
    signIn: async (userName: string) => {
      const client = createRouterClient(router, { context: { connection: openConnection() } });
      await client.session.signIn({ userName, password: `${userName}-secret` });
      return client;
    },
  };
}

/** What a caller is told of a call that was refused. */
export async function refused(call: Promise<unknown>): Promise<{ code: string; defined: boolean; data: unknown; message: string }> {
  try {
    await call;
  } catch (cause) {
    if (!(cause instanceof ORPCError)) throw cause;
    const { code, defined, data, message } = cause.toJSON();
    return { code, defined, data, message };
  }
  throw new Error("the call was not refused");
}
