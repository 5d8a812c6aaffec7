import { describe, expect, it } from "vitest";
import type { DeviceEvent } from "#main/devices/device-event.ts";
import type { Command } from "#main/devices/driver.ts";
import { runVector } from "#main/devices/run-vector.ts";
import { card, recordingOf, type Line } from "./swipes.ts";

const resetHex = "1B61";

/** What an encoder's answer to a command comes to, and what was sent after the command. */
async function ask(command: Command, line: Line, config: Record<string, unknown> = {}, end: "idle" | "unplug" = "idle") {
  const { events, writes } = await runVector({ ...recordingOf(line, config, end), family: "msr605", command, endMs: 25_000 });
  return { events, sentLater: writes.slice(1) };
}
const read = async (...line: Line): Promise<readonly DeviceEvent[]> => (await ask({ type: "readIso" }, line)).events;
const readFailed = (code: string, status?: string) => [{ type: "cardReadFailed", code, ...(status && { status }) }];
const block = (one: string, two: string, three: string, status = "0"): string =>
  `\u001bs\u001b\u0001${one}\u001b\u0002${two}\u001b\u0003${three}?\u001c\u001b${status}`;
const blank = "\u001b+";
const number = "8888000012";

describe("a card that is read", () => {
  it("is told with what the tracks hold, blank ones left out", async () => {
    expect(await read(block("%LEE/ANNA?", `;${number}?`, ";77=1?"))).toEqual([card({ 1: "LEE/ANNA", 2: number, 3: "77=1" })]);
    expect(await read(block("", `;${number}?`, ""))).toEqual([card({ 2: number })]);
    expect(await read(block("%?", `;${number}?`, blank))).toEqual([card({ 2: number })]);
  });

  it("may come behind bytes that were left over from before", async () => {
    expect(await read("\u0000\u00ff0y", block(blank, `;${number}?`, blank))).toEqual([card({ 2: number })]);
  });

  it.each<[name: string, answer: string, expected: readonly object[]]>([
    ["without anything on it", block(blank, "", blank), readFailed("TRACK_MISSING")],
    ["that no head could read, though the encoder is content", block(blank, "\u001b*", blank), readFailed("TRACK_READ_ERROR")],
    ["whose status is not good", block(blank, `;${number}?`, blank, "1"), readFailed("DEVICE_STATUS", "31")],
    ["of which there is nothing but a status", "\u001b4", readFailed("DEVICE_STATUS", "34")],
    ["without its end sentinel", block(blank, `;${number}`, blank), readFailed("BAD_SENTINEL")],
    ["without its start sentinel", block(blank, `${number}?`, blank), readFailed("BAD_SENTINEL")],
    ["that begins as another track does", block(blank, `%${number}?`, blank), readFailed("BAD_SENTINEL")],
    ["with data behind its end sentinel", block(blank, `;${number}?9?`, blank), readFailed("BAD_SENTINEL")],
  ])("%s", async (_name, answer, expected) => {
    expect(await read(answer)).toEqual(expected);
  });
});

describe("an answer that is none", () => {
  it.each<[name: string, line: Line, code: string]>([
    ["has a good status in place of the tracks", ["\u001b0"], "BAD_FORMAT"],
    ["names the tracks in another order", ["\u001bs\u001b\u0002"], "BAD_FORMAT"],
    ["has a mark behind data", [`\u001bs\u001b\u0001%A\u001b+`], "BAD_FORMAT"],
    ["ends its block without the block's own ?", ["\u001bs\u001b\u0001\u001b\u0002\u001b\u0003\u001c"], "BAD_FORMAT"],
    ["has a status that no encoder has", [block(blank, blank, blank, "x")], "BAD_FORMAT"],
    ["has a small letter on a track", ["\u001bs\u001b\u0001%a"], "BAD_CHARACTER"],
    ["has a byte with its top bit set", ["\u001bs\u001b\u0001%\u00c1"], "BAD_CHARACTER"],
    ["stops in the middle", [`\u001bs\u001b\u0001%LEE`, 301, "/ANNA?"], "TRUNCATED"],
    ["never ends", [`\u001bs\u001b\u0001%${"A".repeat(5000)}`], "OVERSIZE"],
  ])("%s, and the encoder is reset", async (_name, line, code) => {
    expect(await ask({ type: "readIso" }, line)).toEqual({ events: readFailed(code), sentLater: [resetHex] });
  });

  it("comes after the wait for a hand was over", async () => {
    const late = await ask({ type: "readIso" }, [5_001, block(blank, `;${number}?`, blank)], { swipeMs: 5_000 });
    expect(late).toEqual({ events: readFailed("NO_RESPONSE"), sentLater: [resetHex] });
  });

  it("goes on slowly and is taken all the same", async () => {
    const [first = "", ...rest] = block(blank, `;${number}?`, blank).split("\u001b").slice(1);
    expect(await read(`\u001b${first}`, ...rest.flatMap((part) => [299, `\u001b${part}`]))).toEqual([card({ 2: number })]);
  });
});

describe("a card that is written", () => {
  const write = { type: "writeIso", tracks: { 2: number } };
  const failed = (code: string, status?: string) => [{ type: "cardWriteFailed", code, ...(status && { status }) }];

  it.each<[name: string, tracks: object, code: string]>([
    ["with a sentinel of its own", { 2: `;${number}?` }, "BAD_CHARACTER"],
    ["with a letter where only digits may be", { 2: "8888A" }, "BAD_CHARACTER"],
    ["with more than its track holds", { 2: "8".repeat(38) }, "TRACK_TOO_LONG"],
    ["with more than track 1 holds", { 1: "A".repeat(77) }, "TRACK_TOO_LONG"],
    ["with nothing at all", { 1: "", 2: "" }, "TRACK_MISSING"],
  ])("is refused %s, before a byte is sent", async (_name, tracks, code) => {
    const refused = await runVector({ ...recordingOf([]), family: "msr605", command: { type: "writeIso", tracks } });
    expect(refused).toEqual({ events: failed(code), writes: [] });
  });

  it("holds as much as a track can", async () => {
    const full = { type: "writeIso", tracks: { 1: "A".repeat(76), 2: "8".repeat(37), 3: "7".repeat(104) } };
    expect((await ask(full, ["\u001b0"])).events).toEqual([{ type: "cardWritten", verified: false }]);
  });

  it.each(["1", "2", "4", "9", "A"])("is not, when the encoder says %s", async (status) => {
    const hex = status.charCodeAt(0).toString(16);
    expect((await ask(write, [`\u001b${status}`])).events).toEqual(failed("DEVICE_STATUS", hex));
  });

  it("holds nobody knows what when the cable goes, also in the middle of the answer", async () => {
    const unknown = [...failed("UNKNOWN_OUTCOME"), { type: "portLost", code: "PORT_LOST" }];
    expect((await ask(write, ["\u001b"], {}, "unplug")).events).toEqual(unknown);
    expect((await ask({ type: "erase", tracks: [2] }, [], {}, "unplug")).events).toEqual(unknown);
  });

  it("is not read when the cable goes in the middle of the reading", async () => {
    const cut = await ask({ type: "readIso" }, ["\u001bs\u001b\u0001%LE"], {}, "unplug");
    expect(cut.events).toEqual([...readFailed("PORT_LOST"), { type: "portLost", code: "PORT_LOST" }]);
  });
});

describe("a command that needs no card", () => {
  const failed = (code: string, status?: string) => [{ type: "commandFailed", code, ...(status && { status }) }];

  it.each<[command: Command, answer: string, value?: string]>([
    [{ type: "commTest" }, "\u001by"],
    [{ type: "model" }, "\u001b3S", "3"],
    [{ type: "getCo" }, "\u001bh", "H"],
    [{ type: "getCo" }, "\u001bL", "L"],
    [{ type: "setHiCo" }, "\u001b0"],
    [{ type: "setBpc", bpc: [7, 5, 5] }, "\u001b0\u0007\u0005\u0005"],
    [{ type: "firmware" }, "\u001bREVH7.31", "REVH7.31"],
  ])("%o", async (command, answer, value) => {
    const done = { type: "commandDone", command: command.type, ...(value && { value }) };
    expect((await ask(command, [answer])).events).toEqual([done]);
  });

  it("that no encoder knows is refused, and nothing is sent", async () => {
    const unknown = await runVector({ ...recordingOf([]), family: "msr605", command: { type: "copy" } });
    expect(unknown).toEqual({ events: failed("BAD_FORMAT"), writes: [] });
  });

  it("is given up after half a second", async () => {
    expect(await ask({ type: "model" }, [501, "\u001b3S"])).toEqual({ events: failed("NO_RESPONSE"), sentLater: [resetHex] });
  });

  it("may be refused by the encoder", async () => {
    expect((await ask({ type: "setLoCo" }, ["\u001bA"])).events).toEqual(failed("DEVICE_STATUS", "41"));
    expect((await ask({ type: "setBpc", bpc: [7, 5, 5] }, ["\u001b2"])).events).toEqual(failed("DEVICE_STATUS", "32"));
  });
});
