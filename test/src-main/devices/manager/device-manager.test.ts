import { describe, expect, it } from "vitest";
import { card, failed } from "../swipes.ts";
import { configured, makeBench, settle, stripe, usb } from "./bench.ts";

describe("several readers", () => {
  it("each read for the same counter", async () => {
    const bench = makeBench();
    const [left, right] = [configured("/dev/a"), configured("/dev/b")];
    bench.plugIn("/dev/a");
    bench.plugIn("/dev/b");
    bench.manager.setUp([left, right]);
    await bench.manager.start();
    await settle();
    bench.say("/dev/a", ";8888000012?\r");
    bench.say("/dev/b", ";8888000020?\r");
    expect(bench.cards).toEqual([card({ 2: "8888000012" }), card({ 2: "8888000020" })]);
    expect(bench.view(left.deviceId)).toMatchObject({ origin: "station", state: "ready", hint: null, lastReadMs: 0, faults: [] });
  });

  it("do not wait for one whose port never answers", async () => {
    const bench = makeBench();
    bench.plugIn("/dev/b");
    bench.refusing.set("/dev/a", "PORT_IO");
    const [broken, whole] = [configured("/dev/a"), configured("/dev/b")];
    bench.manager.setUp([broken, whole]);
    await bench.manager.start();
    await settle();
    expect(bench.view(whole.deviceId).state).toBe("ready");
    expect(bench.view(broken.deviceId)).toMatchObject({ state: "backoff", faults: [{ code: "PORT_IO", times: 1 }] });
    await bench.after(20_000);
    bench.say("/dev/b", ";8888000020?\r");
    expect(bench.cards).toEqual([card({ 2: "8888000020" })]);
    expect(bench.view(broken.deviceId).faults).toEqual([{ code: "PORT_IO", firstMs: 0, lastMs: expect.any(Number), times: 6 }]);
  });

  it("are two damaged cards on one and none on the other: each counts its own", async () => {
    const bench = makeBench();
    const [left, right] = [configured("/dev/a"), configured("/dev/b")];
    bench.plugIn("/dev/a");
    bench.plugIn("/dev/b");
    bench.manager.setUp([left, right]);
    await bench.manager.start();
    await settle();
    for (let times = 0; times < 5; times += 1) bench.say("/dev/a", ";88?x\r");
    expect(bench.view(left.deviceId)).toMatchObject({ hint: "CHECK_SPEED", faults: [{ code: "BAD_SENTINEL", times: 5 }] });
    expect(bench.view(right.deviceId)).toMatchObject({ hint: null, faults: [] });
  });
});

describe("a reader that is unplugged", () => {
  it("is opened again 0.3 s after the list shows it, also under another name", async () => {
    const bench = makeBench();
    const reader = configured("/dev/ttyUSB0", { identity: usb("A1") });
    bench.plugIn("/dev/ttyUSB0", usb("A1"));
    bench.manager.setUp([reader]);
    await bench.manager.start();
    await settle();
    bench.unplug("/dev/ttyUSB0");
    await bench.after(10_000);
    expect(bench.view(reader.deviceId)).toMatchObject({ state: "absent", path: "/dev/ttyUSB0" });

    bench.plugIn("/dev/ttyUSB3", usb("A1"));
    await bench.after(1_400);
    expect(bench.view(reader.deviceId)).toMatchObject({ state: "ready", path: "/dev/ttyUSB3" });
    bench.say("/dev/ttyUSB3", ";8888000012?\r");
    expect(bench.cards).toEqual([card({ 2: "8888000012" })]);
    expect(bench.opened.map(({ path }) => path)).not.toContain("/dev/ttyUSB1");
  });

  it("is not opened before its drivers have settled", async () => {
    const bench = makeBench();
    const reader = configured("/dev/ttyUSB0", { identity: usb("A1") });
    bench.manager.setUp([reader]);
    await bench.manager.start();
    await bench.after(5_000);
    const looks = bench.looks;
    bench.plugIn("/dev/ttyUSB0", usb("A1"));
    while (bench.looks === looks) await bench.after(50);
    const seenAtMs = bench.clock.now();
    await bench.after(1_000);
    expect(bench.opened.map(({ atMs }) => atMs - seenAtMs)).toEqual([300]);
  });

  it("never opens what was plugged in under its name in the same breath", async () => {
    const bench = makeBench();
    const reader = configured("/dev/ttyUSB0", { identity: usb("A1") });
    bench.plugIn("/dev/ttyUSB0", usb("A1"));
    bench.manager.setUp([reader]);
    await bench.manager.start();
    await settle();
    bench.unplug("/dev/ttyUSB0");
    bench.plugIn("/dev/ttyUSB0", usb("B2"));
    await bench.after(20_000);
    expect(bench.opened).toHaveLength(1);
    expect(bench.view(reader.deviceId).state).toBe("absent");
  });

  it("comes back at a path that no list shows, long before its next try was due", async () => {
    const bench = makeBench();
    const reader = configured("/dev/pts/7");
    bench.hasList = false;
    bench.manager.setUp([reader]);
    await bench.manager.start();
    await bench.after(40_000);
    expect(bench.view(reader.deviceId).state).toBe("absent");
    bench.plugIn("/dev/pts/7");
    await bench.after(1_400);
    expect(bench.view(reader.deviceId).state).toBe("ready");
  });

  it("is told apart from one that never was: since when, and how often", async () => {
    const bench = makeBench();
    const reader = configured("/dev/a");
    bench.plugIn("/dev/a");
    bench.manager.setUp([reader]);
    await bench.manager.start();
    await bench.after(60_000);
    bench.unplug("/dev/a");
    await bench.after(30_000);
    const { sinceMs, faults } = bench.view(reader.deviceId);
    expect(sinceMs).toBeGreaterThanOrEqual(60_000);
    expect(sinceMs).toBeLessThan(62_000);
    expect(faults.map(({ code }) => code)).toEqual(["PORT_NOT_FOUND", "PORT_LOST"]);
  });
});

describe("two alike adapters", () => {
  it("that were both moved wait for a person and take nothing", async () => {
    const bench = makeBench();
    const [left, right] = [configured("COM3", { identity: usb(null, "1-1") }), configured("COM4", { identity: usb(null, "1-2") })];
    bench.plugIn("COM7", usb(null, "2-1"));
    bench.plugIn("COM8", usb(null, "2-2"));
    bench.manager.setUp([left, right]);
    await bench.manager.start();
    await bench.after(3_000);
    expect(bench.view(left.deviceId)).toMatchObject({ state: "unclear", faults: [{ code: "PORT_UNCLEAR" }] });
    expect(bench.opened).toEqual([]);
    bench.manager.setUp([
      { ...left, path: "COM7", identity: usb(null, "2-1") },
      { ...right, path: "COM8", identity: usb(null, "2-2") },
    ]);
    await bench.after(1_000);
    expect([bench.view(left.deviceId).state, bench.view(right.deviceId).state]).toEqual(["ready", "ready"]);
  });
});

describe("a change of settings", () => {
  it("opens the port anew with them, drops the swipe that is under way, and reads the next one", async () => {
    const bench = makeBench();
    const reader = configured("/dev/a");
    bench.plugIn("/dev/a");
    bench.manager.setUp([reader]);
    await bench.manager.start();
    await settle();
    bench.say("/dev/a", ";88880");
    bench.manager.setUp([{ ...reader, setup: stripe({ port: { baudRate: 19_200 }, reader: { terminator: "lf" } }) }]);
    await bench.after(1_000);
    bench.say("/dev/a", "00012?\r");
    await bench.after(1_000);
    bench.say("/dev/a", ";8888000020?\n");
    expect(bench.opened.map(({ settings }) => settings.baudRate)).toEqual([9600, 19_200]);
    expect(bench.cards).toEqual([failed("TRUNCATED"), card({ 2: "8888000020" })]);
  });

  it("of the name alone disturbs nothing", async () => {
    const bench = makeBench();
    const reader = configured("/dev/a");
    bench.plugIn("/dev/a");
    bench.manager.setUp([reader]);
    await bench.manager.start();
    await settle();
    bench.say("/dev/a", ";88880");
    bench.manager.setUp([{ ...reader, name: "front desk" }]);
    await settle();
    bench.say("/dev/a", "00012?\r");
    expect(bench.opened).toHaveLength(1);
    expect(bench.cards).toEqual([card({ 2: "8888000012" })]);
    expect(bench.view(reader.deviceId).name).toBe("front desk");
  });

  it("keeps what happened before it", async () => {
    const bench = makeBench();
    const reader = configured("/dev/a");
    bench.plugIn("/dev/a");
    bench.manager.setUp([reader]);
    await bench.manager.start();
    await settle();
    bench.say("/dev/a", ";88?x\r");
    bench.manager.setUp([{ ...reader, setup: stripe({ port: { baudRate: 19_200 } }) }]);
    await bench.after(1_000);
    expect(bench.view(reader.deviceId).faults.map(({ code }) => code)).toContain("BAD_SENTINEL");
    expect(bench.manager.trace(reader.deviceId)).toHaveLength(1);
  });
});

describe("a device that is taken away", () => {
  it("gives its port back and is forgotten", async () => {
    const bench = makeBench();
    const reader = configured("/dev/a");
    bench.plugIn("/dev/a");
    bench.manager.setUp([reader]);
    await bench.manager.start();
    await settle();
    bench.manager.setUp([]);
    await settle();
    bench.say("/dev/a", ";8888000012?\r");
    expect(bench.cards).toEqual([]);
    expect(bench.manager.running()).toEqual([]);
    expect(bench.manager.trace(reader.deviceId)).toBeUndefined();
  });
});

describe("the reader of this run", () => {
  const fixed = { deviceId: "given", origin: "commandLine", name: null, path: "/dev/a", setup: stripe() } as const;

  it("runs beside what is set up", async () => {
    const bench = makeBench([fixed]);
    bench.plugIn("/dev/a");
    bench.manager.setUp([configured("/dev/b")]);
    await bench.manager.start();
    await settle();
    expect(bench.manager.running().map(({ origin, state }) => [origin, state])).toEqual([
      ["commandLine", "ready"],
      ["station", "absent"],
    ]);
  });

  it("is the one that is set up at its path, with the settings that it has there", async () => {
    const bench = makeBench([fixed]);
    bench.plugIn("/dev/a");
    bench.manager.setUp([configured("/dev/a", { setup: stripe({ port: { baudRate: 1200 } }) })]);
    await bench.manager.start();
    await settle();
    expect(bench.opened.map(({ settings }) => settings.baudRate)).toEqual([1200]);
    expect(bench.manager.running().map(({ origin }) => origin)).toEqual(["station"]);
  });
});

describe("looking for ports", () => {
  it("opens nothing that is not set up", async () => {
    const bench = makeBench();
    bench.plugIn("/dev/ttyUSB0", usb("A1"));
    await bench.manager.start();
    expect((await bench.manager.plugged())?.map(({ path }) => path)).toEqual(["/dev/ttyUSB0"]);
    await bench.after(5_000);
    expect(bench.opened).toEqual([]);
  });

  it("tells of a port that was plugged in while somebody looks, and rests when nobody does", async () => {
    const bench = makeBench();
    await bench.manager.start();
    await bench.after(20_000);
    expect(bench.looks).toBe(0);
    await bench.manager.plugged();
    bench.plugIn("/dev/ttyUSB0", usb("A1"));
    const before = bench.changes;
    await bench.after(3_000);
    expect(bench.changes).toBeGreaterThan(before);
    await bench.after(20_000);
    const looks = bench.looks;
    await bench.after(20_000);
    expect(bench.looks).toBe(looks);
  });

  it("looks once for all who ask within a second", async () => {
    const bench = makeBench();
    await bench.manager.start();
    await Promise.all([bench.manager.plugged(), bench.manager.plugged()]);
    await bench.manager.plugged();
    expect(bench.looks).toBe(1);
  });

  it("goes on without a list", async () => {
    const bench = makeBench();
    bench.hasList = false;
    const reader = configured("/dev/ttyUSB0", { identity: usb("A1") });
    bench.plugIn("/dev/ttyUSB0");
    bench.manager.setUp([reader]);
    await bench.manager.start();
    await settle();
    expect(await bench.manager.plugged()).toBeNull();
    expect(bench.view(reader.deviceId).state).toBe("ready");
  });

  it("outlives a list that never comes", async () => {
    const bench = makeBench();
    bench.isListSilent = true;
    await bench.manager.start();
    const asked = bench.manager.plugged();
    await bench.after(5_000);
    expect(await asked).toBeNull();
    bench.isListSilent = false;
    await bench.after(1_000);
    expect(await bench.manager.plugged()).toEqual([]);
  });
});

describe("trying a device out", () => {
  const opened = async () => {
    const bench = makeBench();
    const reader = configured("/dev/a");
    bench.plugIn("/dev/a");
    bench.manager.setUp([reader]);
    await bench.manager.start();
    await settle();
    return { bench, reader };
  };

  it("takes the next card, and the counter has the one after it", async () => {
    const { bench, reader } = await opened();
    const read = bench.manager.nextRead(reader.deviceId, undefined);
    bench.say("/dev/a", ";8888000012?\r;8888000020?\r");
    expect(await read).toEqual({ ok: true, value: card({ 2: "8888000012" }) });
    expect(bench.cards).toEqual([card({ 2: "8888000020" })]);
  });

  it("ends after twenty seconds, when the asker goes, and when the cable does", async () => {
    const { bench, reader } = await opened();
    const late = bench.manager.nextRead(reader.deviceId, undefined);
    await bench.after(20_000);
    expect(await late).toEqual({ ok: true, value: null });

    const asker = new AbortController();
    const left = bench.manager.nextRead(reader.deviceId, asker.signal);
    asker.abort();
    expect(await left).toEqual({ ok: true, value: null });
    bench.say("/dev/a", ";8888000012?\r");
    expect(bench.cards).toEqual([card({ 2: "8888000012" })]);

    const pulled = bench.manager.nextRead(reader.deviceId, undefined);
    bench.unplug("/dev/a");
    expect(await pulled).toEqual({ ok: true, value: null });
    expect(await bench.manager.nextRead(reader.deviceId, undefined)).toEqual({ ok: false, error: { code: "DEVICE_NOT_READY" } });
  });

  it("is done by one person at a time", async () => {
    const { bench, reader } = await opened();
    const first = bench.manager.nextRead(reader.deviceId, undefined);
    expect(await bench.manager.nextRead(reader.deviceId, undefined)).toEqual({ ok: false, error: { code: "TEST_RUNNING" } });
    bench.say("/dev/a", ";8888000012?\r");
    expect(await first).toMatchObject({ ok: true });
  });
});

describe("seven data bits with parity", () => {
  /** As a line with even parity would send it, seen by a port at eight bits and none. */
  const withParity = (text: string): string =>
    Array.from(text, (character) => {
      const code = character.charCodeAt(0);
      const ones = Array.from(code.toString(2)).filter((bit) => bit === "1").length;
      return String.fromCharCode(ones % 2 === 1 ? code | 0x80 : code);
    }).join("");

  it("are named when clearing the top bits makes a card, and forgotten when one is read", async () => {
    const bench = makeBench();
    const reader = configured("/dev/a");
    bench.plugIn("/dev/a");
    bench.manager.setUp([reader]);
    await bench.manager.start();
    await settle();
    bench.say("/dev/a", withParity(";8888000012?\r"));
    await bench.after(500);
    expect(bench.view(reader.deviceId).hint).toBe("SEVEN_BITS");
    expect(bench.cards.map(({ type }) => type)).toEqual(["cardReadFailed"]);
    bench.say("/dev/a", ";8888000012?\r");
    expect(bench.view(reader.deviceId).hint).toBeNull();
  });

  it("are not suspected of a card that is damaged otherwise, nor of noise between cards", async () => {
    const bench = makeBench();
    const reader = configured("/dev/a");
    bench.plugIn("/dev/a");
    bench.manager.setUp([reader]);
    await bench.manager.start();
    await settle();
    bench.say("/dev/a", ";88?x\r\u00ff;8888000012?\r");
    await bench.after(500);
    expect(bench.view(reader.deviceId).hint).toBeNull();
  });
});

describe("the trace", () => {
  it("shows how a card came and nothing of the card", async () => {
    const bench = makeBench();
    const reader = configured("/dev/a");
    bench.plugIn("/dev/a");
    bench.manager.setUp([reader]);
    await bench.manager.start();
    await settle();
    bench.say("/dev/a", "%LEE/ANNA?;8888000012=29?\r");
    bench.say("/dev/a", "\u00b8\u008d");
    expect(bench.manager.trace(reader.deviceId)).toEqual([{ atMs: 0, direction: "in", text: "%AAA/AAAA?;0000000000=00?<CR>~0<~CR>" }]);
  });

  it("keeps the last lines of an endless noise", async () => {
    const bench = makeBench();
    const reader = configured("/dev/a");
    bench.plugIn("/dev/a");
    bench.manager.setUp([reader]);
    await bench.manager.start();
    await settle();
    for (let times = 0; times < 300; times += 1) {
      bench.say("/dev/a", "x".repeat(5_000));
      bench.clock.advance(60);
    }
    const lines = bench.manager.trace(reader.deviceId) ?? [];
    expect(lines).toHaveLength(200);
    expect(Math.max(...lines.map(({ text }) => text.length))).toBeLessThanOrEqual(600);
  });
});

it("a station that is closed opens nothing and looks for nothing any more", async () => {
  const bench = makeBench();
  const reader = configured("/dev/ttyUSB0", { identity: usb("A1") });
  bench.manager.setUp([reader]);
  await bench.manager.start();
  await bench.after(1_000);
  await bench.manager.close();
  const { looks } = bench;
  const tries = bench.opened.length;
  bench.plugIn("/dev/ttyUSB0", usb("A1"));
  await bench.after(30_000);
  expect([bench.looks, bench.opened.length]).toEqual([looks, tries]);
});
