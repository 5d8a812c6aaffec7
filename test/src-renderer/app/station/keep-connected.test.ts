import { describe, expect, it } from "vitest";
import type { Channel } from "../../../../src-renderer/app/station/channel.ts";
import { delayBeforeTryMs, keepConnected } from "../../../../src-renderer/app/station/keep-connected.ts";

/** A station that answers as the test says, and a sleep that ends when the test says. */
function openLine() {
  const tries: PromiseWithResolvers<Channel>[] = [];
  const sleeps: { readonly ms: number; readonly wake: () => void }[] = [];
  const connection = keepConnected(
    () => {
      const next = Promise.withResolvers<Channel>();
      tries.push(next);
      return next.promise;
    },
    (ms) => new Promise((wake) => sleeps.push({ ms, wake })),
  );
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  const open = async () => {
    const closed = Promise.withResolvers<void>();
    const channel: Channel = { transport: {} as WebSocket, closed: closed.promise };
    tries.at(-1)?.resolve(channel);
    await settle();
    return { channel, close: async () => (closed.resolve(), settle()) };
  };
  const refuse = async (): Promise<void> => {
    tries.at(-1)?.reject(new Error("nobody there"));
    await settle();
  };
  const wake = async (): Promise<void> => {
    sleeps.at(-1)?.wake();
    await settle();
  };
  return { connection, sleeps, open, refuse, wake };
}

describe("the connection to the station", () => {
  it("serves calls that were made before it was there", async () => {
    const line = openLine();
    const waiting = line.connection.channel();
    const { channel } = await line.open();
    expect(await waiting).toBe(channel);
    expect(line.connection.state()).toBe("open");
  });

  it("gives calls the next channel after the old one closed", async () => {
    const line = openLine();
    const first = await line.open();
    await first.close();
    expect(line.connection.state()).toBe("lost");
    const waiting = line.connection.channel();
    await line.wake();
    const second = await line.open();
    expect(await waiting).toBe(second.channel);
    expect(line.connection.state()).toBe("open");
  });

  it("waits longer from one failed try to the next, and begins anew after a good one", async () => {
    const line = openLine();
    for (const _ of [1, 2, 3]) {
      await line.refuse();
      await line.wake();
    }
    expect(line.sleeps.map(({ ms }) => ms)).toEqual([500, 1_000, 2_000]);
    const { close } = await line.open();
    await close();
    expect(line.sleeps.at(-1)?.ms).toBe(500);
  });

  it("never waits longer than eight seconds", () => {
    expect(delayBeforeTryMs(50)).toBe(8_000);
  });

  it("says so when the page has no address", () => {
    const connection = keepConnected(undefined, () => Promise.resolve());
    expect(connection.state()).toBe("noAddress");
  });
});
