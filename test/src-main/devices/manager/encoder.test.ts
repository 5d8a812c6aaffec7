import { describe, expect, it } from "vitest";
import { defaultSetup } from "#shared/domain/devices/device-setup.ts";
import { ok } from "#shared/std/result.ts";
import { makeMsr605Simulator } from "#main/devices/simulator/msr605.ts";
import { card } from "../swipes.ts";
import { configured, makeBench, settle } from "./bench.ts";

const path = "/dev/encoder";
const writing = { type: "writeIso", tracks: { 2: "8888000012" } } as const;

/** A counter with an encoder, which is ready or says nothing. */
async function plugIn(setup: Parameters<typeof makeMsr605Simulator>[1] = {}) {
  const bench = makeBench();
  const encoder = configured(path, { setup: defaultSetup("msr605") });
  bench.plugIn(path);
  bench.onOpen = (_path, device) => void (bench.encoder = makeMsr605Simulator(device, setup, bench.clock));
  bench.manager.setUp([encoder]);
  await bench.manager.start();
  await bench.after(1_000);
  return {
    bench,
    id: encoder.deviceId,
    work: (task: Parameters<typeof bench.manager.work>[1], signal?: AbortSignal) => bench.manager.work(encoder.deviceId, task, signal),
    view: () => bench.view(encoder.deviceId),
    draw: (manner?: Parameters<NonNullable<typeof bench.encoder>["draw"]>[0]) => bench.encoder?.draw(manner),
  };
}

describe("an encoder at the counter", () => {
  it("is ready when it has answered, and not because its port opened", async () => {
    const there = await plugIn();
    expect(there.view()).toMatchObject({ state: "ready", faults: [] });
    expect(there.bench.encoder?.heard()).toContain("65");
    const mute = await plugIn({ isMute: true });
    expect(mute.view()).toMatchObject({ state: "backoff", faults: [{ code: "NO_RESPONSE" }] });
    expect(await mute.work(writing)).toMatchObject({ error: { code: "DEVICE_NOT_READY" } });
  });

  it("is ready too when it hears again a little later than it should", async () => {
    expect((await plugIn({ deafMs: 130 })).view()).toMatchObject({ state: "ready", faults: [] });
  });

  it("writes and reads the card in the hand for whoever asked, and the counter hears of none", async () => {
    const { bench, work, draw, view } = await plugIn();
    const written = work(writing);
    draw();
    expect(await written).toEqual(ok({ type: "cardWritten", verified: false }));
    const read = work({ type: "readIso" });
    draw();
    expect(await read).toEqual(ok(card({ 2: "8888000012" })));
    expect(bench.cards).toEqual([]);
    expect(view().lastReadMs).not.toBeNull();
  });

  it("is tried out as a reader is, and nobody swiping is no fault of a card", async () => {
    const { bench, id, draw } = await plugIn();
    bench.encoder?.take({ 2: "8888000012" });
    const tried = bench.manager.nextRead(id, undefined);
    draw();
    expect(await tried).toEqual(ok(card({ 2: "8888000012" })));
    const alone = bench.manager.nextRead(id, undefined);
    await bench.after(20_100);
    expect(await alone).toEqual(ok(null));
  });

  it("waits for one hand at a time, and no longer than somebody wants it to", async () => {
    const { bench, work, draw } = await plugIn();
    const asked = new AbortController();
    const first = work(writing, asked.signal);
    expect(await work({ type: "readIso" })).toMatchObject({ error: { code: "TEST_RUNNING" } });
    asked.abort();
    expect(await first).toEqual(ok({ type: "cardWriteFailed", code: "CANCELLED" }));
    expect(draw()).toBe(false);
    await bench.after(100);
    expect(bench.encoder?.card()).toEqual({});
  });

  it("leaves the outcome unknown when its cable is pulled in the middle of a write", async () => {
    const { bench, work, draw, view } = await plugIn();
    const written = work(writing);
    draw({ isUnplugged: true });
    expect(await written).toEqual(ok({ type: "cardWriteFailed", code: "UNKNOWN_OUTCOME" }));
    await settle();
    expect(view().state).not.toBe("ready");
    expect(view().faults.map(({ code }) => code)).toContain("UNKNOWN_OUTCOME");
    expect(bench.encoder?.card()).toEqual({ 2: "8888000012" });
  });

  it("is taken out of its wait when it is set up otherwise, so that it writes on no other card", async () => {
    const { bench, work, draw } = await plugIn();
    const written = work(writing);
    bench.manager.setUp([]);
    expect(await written).toEqual(ok({ type: "cardWriteFailed", code: "CANCELLED" }));
    expect(draw()).toBe(false);
  });
});
