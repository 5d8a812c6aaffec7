import { setImmediate as immediate } from "node:timers/promises";
import { expect, it } from "vitest";
import type { Takeover } from "#main/app/ports/takeover.ts";
import { isWorthASnapshot, makeBootstrap } from "#main/sync/bootstrap.ts";
import type { SnapshotManifest, SnapshotReply } from "#shared/contracts/sync/snapshot.ts";
import { ok } from "#shared/std/result.ts";
import { openCounter, quietLog } from "#test/support/counter.ts";
import { signer } from "./open-line.ts";

const digest = (n: number): string => String(n).repeat(64);
const manifest: SnapshotManifest = {
  v: 1,
  snapshotId: "01931b66-7a00-4000-8000-000000000001",
  serverId: "server",
  serverEpoch: 1,
  stream: "dir",
  gseq: 30_000,
  rows: 30_000,
  madeAtMs: 0,
  fileBytes: 1,
  chunks: [digest(0), digest(1)],
};

/** A station that lacks so many rows, and a head office that says what the test says. */
function openBootstrap(head: number) {
  const { store } = openCounter();
  const identity = store.read((view) => view.identity());
  if (!identity) throw new Error("the counter is enrolled");
  const privateKey = signer.makeDeviceKey();
  store.exchange((tx) => tx.enrolled({ ...identity, headOfficeKey: signer.publicKeyOf(privateKey) }));
  const { serverId, serverEpoch } = identity;
  const text = JSON.stringify({ ...manifest, serverId, serverEpoch });
  const sign = (said: string) => Buffer.from(signer.signWith(privateKey, Buffer.from(`counterfoil-snapshot${said}`))).toString("base64");
  const made: SnapshotReply = { state: "made", manifest: text, signature: sign(text), key: Buffer.alloc(32).toString("base64") };
  const script = { reply: made as SnapshotReply, isLineUp: true, isOfOurVersion: true };
  const seen = { asked: 0, fetched: [] as number[], leftOut: [] as readonly string[], moments: 0, took: 0 };
  const kept = new Set<number>();
  let session = { token: "first", heads: { dir: head }, serverEpoch } as never;
  const takeover: Takeover = {
    chunks: { has: (chunk) => kept.has(chunk), keep: (chunk) => void kept.add(chunk), clear: () => kept.clear() },
    build: async () => script.isOfOurVersion,
    take: () => {
      seen.took += 1;
      return "taken";
    },
    discard: () => undefined,
    greeted: () => undefined,
  };
  let ready: () => void = () => undefined;
  const isReady = new Promise<void>((resolve) => (ready = resolve));
  const bootstrap = makeBootstrap({
    exchange: {
      inSession: (work) => work(session),
      session: () => (script.isLineUp ? session : undefined),
      line: () => ({
        post: async <T>() => {
          seen.asked += 1;
          return ok(script.reply as T);
        },
        postLines: () => Promise.reject(new Error("no rows are asked for here")),
        postBytes: async (_, body) => {
          seen.fetched.push((body as { chunk: number }).chunk);
          if (seen.fetched.length === 1) script.isLineUp = false;
          return ok(new Uint8Array());
        },
      }),
      leaveOut: (streams) => void (seen.leftOut = streams),
      forgetSession: () => undefined,
    },
    store,
    signer,
    takeover,
    log: quietLog,
    ready,
    oneMoment: async () => void (seen.moments += 1),
  });
  const greetAgain = (): void => void (session = { token: "second", heads: { dir: head }, serverEpoch } as never);
  return { bootstrap, script, seen, made, isReady, greetAgain };
}

it("a snapshot is worth it from 20,000 rows on, and only where head office says how far it is", () => {
  expect([isWorthASnapshot(20_000, 0), isWorthASnapshot(29_999, 10_000), isWorthASnapshot(undefined, 0)]).toEqual([true, false, false]);
});

it("a station that lacks few rows reads them", async () => {
  const { bootstrap, seen } = openBootstrap(19_999);
  await bootstrap.ask();
  expect(seen).toMatchObject({ asked: 0, leftOut: [] });
});

it("chunks that came before the line broke are not fetched again, and the file takes its place after the counter was told", async () => {
  const { bootstrap, script, seen, isReady } = openBootstrap(30_000);
  await bootstrap.ask();
  // What goes on beside the conversation finds the line down.
  await immediate();
  expect(seen).toMatchObject({ fetched: [0], leftOut: ["dir"] });
  await bootstrap.takePlace();
  expect(seen.took).toBe(0);
  script.isLineUp = true;
  await bootstrap.ask();
  await isReady;
  expect(seen.fetched).toEqual([0, 1]);
  await bootstrap.takePlace();
  expect(seen).toMatchObject({ moments: 1, took: 1, leftOut: [] });
});

it("the rows are read where no snapshot comes in thirty conversations, or none is signed", async () => {
  const waiting = openBootstrap(30_000);
  waiting.script.reply = { state: "making" };
  for (let n = 0; n < 30; n += 1) await waiting.bootstrap.ask();
  expect(waiting.seen).toMatchObject({ asked: 30, leftOut: ["dir"] });
  await waiting.bootstrap.ask();
  await waiting.bootstrap.ask();
  expect(waiting.seen).toMatchObject({ asked: 30, leftOut: [] });

  const unsigned = openBootstrap(30_000);
  unsigned.script.reply = { ...unsigned.made, manifest: JSON.stringify({ ...manifest, gseq: 1 }) } as SnapshotReply;
  await unsigned.bootstrap.ask();
  expect(unsigned.seen).toMatchObject({ fetched: [], leftOut: [] });
});

it("a counter that was far behind once looks again whenever head office has greeted it, and not before", async () => {
  const { bootstrap, script, seen, made, isReady, greetAgain } = openBootstrap(30_000);
  script.reply = { state: "none" };
  await bootstrap.ask();
  await bootstrap.ask();
  expect(seen).toMatchObject({ asked: 1, leftOut: [] });
  script.reply = made;
  greetAgain();
  await bootstrap.ask();
  await immediate();
  script.isLineUp = true;
  await bootstrap.ask();
  await isReady;
  await bootstrap.takePlace();
  expect(seen).toMatchObject({ asked: 3, took: 1, leftOut: [] });
});

it("a snapshot whose tables are of another version is fetched once", async () => {
  const { bootstrap, script, seen, greetAgain } = openBootstrap(30_000);
  script.isOfOurVersion = false;
  await bootstrap.ask();
  await immediate();
  script.isLineUp = true;
  await bootstrap.ask();
  await expect.poll(() => seen.leftOut).toEqual([]);
  greetAgain();
  await bootstrap.ask();
  expect(seen).toMatchObject({ asked: 3, fetched: [0, 1], leftOut: [] });
});
