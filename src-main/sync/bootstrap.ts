import { streams } from "#shared/contracts/sync/feed.ts";
import {
  manifestBytes,
  rowsWorthASnapshot,
  snapshotManifest,
  snapshotReply,
  type SnapshotManifest,
  type SnapshotReply,
} from "#shared/contracts/sync/snapshot.ts";
import { syncPath } from "#shared/contracts/sync/wire.ts";
import { Fault } from "#main/app/ports/fault.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import type { Store } from "#main/app/ports/store.ts";
import type { Takeover } from "#main/app/ports/takeover.ts";
import type { Signer } from "./enrol.ts";
import type { Exchange } from "./exchange.ts";

/**
 * `unknown`: whether it is far behind. `waiting`: head office makes a snapshot, or the line broke off. `coming`: it is fetched and built beside the
 * database. `built`: it may take its place. `rows`: the directory is read by rows until head office greets this station again, and says anew how
 * far it is: a counter that runs for months may be cut off for one of them.
 */
type Step = "unknown" | "waiting" | "coming" | "built" | "rows";

export type BootstrapPorts = {
  readonly exchange: Pick<Exchange, "inSession" | "session" | "line" | "leaveOut" | "forgetSession">;
  readonly store: Store;
  readonly signer: Signer;
  readonly takeover: Takeover;
  readonly log: Logger;
  /** Fewer only in tests. */
  readonly fromRows?: number | undefined;
  /** A new file waits for the next conversation. */
  readonly ready: () => void;
  /** Says at the counter that it is about to stand still; resolves when it was said. */
  readonly oneMoment: () => Promise<void>;
};

/** Head office needs some minutes for a snapshot of a large company, and a conversation comes each twenty seconds. */
const asksMax = 30;
/** A chunk on the slowest line that stations have. */
const chunkTimeoutMs = 120_000;
const stream = streams.directory;

/** Whether a snapshot is there sooner than the rows. @param head how far head office has published; undefined where it does not say */
export const isWorthASnapshot = (head: number | undefined, cursor: number, fromRows: number = rowsWorthASnapshot): boolean =>
  head !== undefined && head - cursor >= fromRows;

/**
 * Gives a station that is far behind the directory as one file. It is fetched and built beside the conversations, which leave the directory out
 * meanwhile, and takes the place of the database between two of them. Whatever fails, the rows are read as ever.
 */
export function makeBootstrap({ exchange, store, signer, takeover, log, fromRows, ready, oneMoment }: BootstrapPorts) {
  let step: Step = "unknown";
  /** Of the session in which the rows were chosen. */
  let chosenIn: string | undefined;
  /** One that cannot be used here is not fetched again. */
  let uselessId: string | undefined;
  let asks = 0;
  let work: Promise<void> = Promise.resolve();
  let isStopped = false;

  function become(next: Step): void {
    step = next;
    if (next === "rows") chosenIn = exchange.session()?.token;
    exchange.leaveOut(next === "rows" || next === "unknown" ? [] : [stream]);
  }

  function giveUp(because: string): void {
    log.warn({ code: "SNAPSHOT_LEFT", because }, "the directory is read row by row");
    takeover.discard();
    takeover.chunks.clear();
    become("rows");
  }

  function lookAgain(): void {
    asks = 0;
    become("unknown");
  }

  const cursor = (): number => store.exchange((tx) => tx.cursors()[stream] ?? 0);

  async function ask(): Promise<void> {
    asks += 1;
    if (asks > asksMax) return giveUp("none came in time");
    const self = store.read((view) => view.identity());
    if (!self) throw new Fault("NOT_ENROLLED");
    const { replica, incarnation } = self;
    const reply = await exchange.inSession(({ token, serverEpoch }) =>
      exchange.line().post(syncPath.snapshot, { replica, incarnation, serverEpoch, stream }, snapshotReply, { token }),
    );
    if (!reply.ok) return giveUp(typeof reply.error === "string" ? reply.error : reply.error.code);
    if (reply.value.state === "none") return become("rows");
    if (reply.value.state === "making") return become("waiting");
    const manifest = readManifest(reply.value, self);
    if (!manifest) return giveUp("head office did not sign it");
    if (manifest.snapshotId === uselessId) return become("rows");
    become("coming");
    work = fetchAndBuild(manifest, Buffer.from(reply.value.key, "base64"));
  }

  type Made = Extract<SnapshotReply, { state: "made" }>;
  type Signed = { readonly headOfficeKey: Uint8Array; readonly serverId: string; readonly serverEpoch: number };

  function readManifest({ manifest, signature }: Made, self: Signed): SnapshotManifest | undefined {
    if (!signer.isSignedBy(self.headOfficeKey, Buffer.from(signature, "base64"), manifestBytes(manifest))) return undefined;
    const read = snapshotManifest.parse(JSON.parse(manifest));
    const isOurs = read.serverId === self.serverId && read.serverEpoch === self.serverEpoch && read.stream === stream;
    return isOurs ? read : undefined;
  }

  /** Never throws: whoever talks meanwhile has nothing to do with it. */
  async function fetchAndBuild(manifest: SnapshotManifest, key: Uint8Array): Promise<void> {
    try {
      // What came stays: the next conversation goes on from there.
      if (!(await fetchChunks(manifest))) return become("waiting");
      if (isStopped) return;
      if (await takeover.build(manifest, key)) {
        become("built");
        ready();
      } else {
        uselessId = manifest.snapshotId;
        giveUp("its tables are of another version");
      }
    } catch (cause) {
      if (cause instanceof Fault && cause.code === "NO_LINE") become("waiting");
      else giveUp(cause instanceof Fault ? cause.code : String(cause));
    }
  }

  /** @returns whether all of them lie here; not where the session has ended, or head office has put another snapshot in its place */
  async function fetchChunks({ snapshotId, chunks }: SnapshotManifest): Promise<boolean> {
    for (const [chunk, digest] of chunks.entries()) {
      if (takeover.chunks.has(chunk, digest)) continue;
      const session = exchange.session();
      const self = store.read((view) => view.identity());
      if (isStopped || !session || !self) return false;
      const { replica, incarnation } = self;
      const asked = { replica, incarnation, snapshotId, chunk };
      const bytes = await exchange.line().postBytes(syncPath.snapshotChunk, asked, { token: session.token, timeoutMs: chunkTimeoutMs });
      if (!bytes.ok) return false;
      takeover.chunks.keep(chunk, bytes.value);
      if (!takeover.chunks.has(chunk, digest)) throw new Fault("BAD_ANSWER", { message: "a chunk is not the one that was signed" });
    }
    return true;
  }

  async function takePlace(): Promise<void> {
    await oneMoment();
    try {
      const took = takeover.take();
      if (took === "busy") return;
      if (took === "overtaken") return giveUp("the station knows more by now");
      become("rows");
      // Head office greets the new file.
      exchange.forgetSession();
      log.info({ code: "SNAPSHOT_TAKEN" }, "the directory came as one file");
    } catch (cause) {
      giveUp(cause instanceof Error ? cause.message : "unknown");
    }
  }

  return {
    /** Before a conversation, and whether or not the line is up: all that it needs lies here. */
    takePlace: async (): Promise<void> => {
      if (step === "built") await takePlace();
    },
    /** After what a conversation sends, and before what it reads. */
    ask: async (): Promise<void> => {
      takeover.greeted();
      if (step === "rows" && exchange.session()?.token !== chosenIn) lookAgain();
      const isFarBehind = step === "unknown" && isWorthASnapshot(exchange.session()?.heads?.[stream], cursor(), fromRows);
      if (step === "waiting" || isFarBehind) await ask();
    },
    stop: async (): Promise<void> => {
      isStopped = true;
      await work;
    },
  };
}
export type Bootstrap = ReturnType<typeof makeBootstrap>;
