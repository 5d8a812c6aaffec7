import { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { openCluster, type Cluster } from "#server/db/local-postgres-cluster.ts";
import { LocalPostgresFault } from "#server/db/local-postgres-fault.ts";
import { err, ok, type Result } from "#shared/std/result.ts";

export type LocalPostgres = {
  /** With the superuser's password in it: for a pool, never for a log. */
  readonly url: string;
  /** Leaves the server, and ends it when nobody else uses it. Calling it again does nothing. */
  stop(): Promise<void>;
};

export type LocalPostgresOptions = {
  /** A folder of this database's own; made when it is not there. */
  readonly dataDir: string;
  readonly log: (message: string) => void;
};

/** Every user of a local server holds this advisory lock, shared, for as long as it uses the server. Any constant would do. */
const inUseLock = 20_611;
const failedStartsMax = 5;
const startTimeoutMs = 90_000;
const retryDelayMs = 100;

/**
 * Serves a real PostgreSQL from npm's binaries, durable (fsync is on) and reachable from this computer alone.
 *
 * A server that another process runs for the same folder is joined. The last user to stop ends it, whoever started it: each user holds
 * a shared lock inside the server, which a kill -9 releases at once, and the one who can take the lock alone was the last. A server whose
 * users were all killed stays up and is joined by the next start.
 *
 * @throws LocalPostgresFault
 */
export async function startLocalPostgres({ dataDir, log }: LocalPostgresOptions): Promise<LocalPostgres> {
  const cluster = await openCluster(dataDir, log);
  const { port, session, socket } = await startOrJoin(cluster, log);
  let stopping: Promise<void> | undefined;
  session.on("error", (cause) => {
    if (!stopping) log(`the local PostgreSQL went away: ${cause.message}`);
  });
  // A program that has nothing left to do ends, also when it forgot to stop its database.
  socket.unref();
  return {
    url: `postgres://${cluster.superuser}:${cluster.password}@127.0.0.1:${port}/postgres`,
    stop: () => {
      socket.ref();
      return (stopping ??= leave(cluster, session, log));
    },
  };
}

type Joined = { readonly port: number; readonly session: Client; readonly socket: Socket };

/**
 * Starting races with others that start, and joining with the last user who stops; each loser simply looks again. What ends the loop is
 * a joined server, a server that will not start, or time.
 */
async function startOrJoin(cluster: Cluster, log: (message: string) => void): Promise<Joined> {
  const deadline = performance.now() + startTimeoutMs;
  let failedStarts = 0;
  let refusal: unknown;
  while (failedStarts < failedStartsMax && performance.now() < deadline) {
    const port = await cluster.findPort();
    if (port !== undefined) {
      const joined = await join(cluster, port);
      if (joined.ok) return joined.value;
      refusal = joined.error;
    } else if (await cluster.start()) {
      log("started the local PostgreSQL");
      continue;
    } else {
      failedStarts++;
    }
    await delay(retryDelayMs);
  }
  throw new LocalPostgresFault("LOCAL_POSTGRES_FAILED", `the local PostgreSQL does not start: ${await cluster.lastWords()}`, {
    cause: refusal,
  });
}

/** Refused while the server starts, recovers or shuts down; the password proves that it is this cluster's server and no other. */
async function join(cluster: Cluster, port: number): Promise<Result<Joined, unknown>> {
  const socket = new Socket();
  const session = new Client({
    host: "127.0.0.1",
    port,
    user: cluster.superuser,
    password: cluster.password,
    database: "postgres",
    application_name: "counterfoil: in use",
    stream: () => socket,
  });
  // A connection that breaks between two queries reports it here, and would otherwise end the process.
  session.on("error", () => undefined);
  try {
    await session.connect();
    await session.query("select pg_advisory_lock_shared($1)", [inUseLock]);
    return ok({ port, session, socket });
  } catch (refusal) {
    await session.end().catch(() => undefined);
    return err(refusal);
  }
}

async function leave(cluster: Cluster, session: Client, log: (message: string) => void): Promise<void> {
  try {
    await session.query("select pg_advisory_unlock_shared($1)", [inUseLock]);
    const { rows } = await session.query<{ isLast: boolean }>(`select pg_try_advisory_lock($1) as "isLast"`, [inUseLock]);
    // The lock is kept until the server is down: whoever comes in between waits for it, is sent away and starts the server anew.
    if (rows[0]?.isLast) await cluster.stop();
  } catch (cause) {
    log(`the local PostgreSQL was gone before it was stopped: ${String(cause)}`);
  } finally {
    await session.end().catch(() => undefined);
  }
}
