import { describe, expect, it } from "vitest";
import type { DeviceEvent } from "#main/devices/device-event.ts";
import { eventsOf, failed, portLost, recordingOf, type Line } from "./swipes.ts";

const frame = "\u000262E3086CED08\u0003";
const other = "\u00020C000621A58E\r\n\u0003";
const tag: DeviceEvent = { type: "cardRead", media: "em4100", uid: "62E3086CED", decimal: "3808980205" };
const otherTag: DeviceEvent = { type: "cardRead", media: "em4100", uid: "0C000621A5", decimal: "0000401829" };
const removed = (uid: string): DeviceEvent => ({ type: "cardRemoved", uid });

const read = async (line: Line, config: Record<string, unknown> = {}): Promise<readonly DeviceEvent[]> =>
  (await eventsOf({ ...recordingOf(line, config), family: "rfid.em4100", endMs: 150 })).slice();

describe("a frame", () => {
  it.each<[name: string, line: Line, expected: DeviceEvent[]]>([
    ["in small letters", ["\u000262e3086ced08\u0003"], [tag]],
    ["between the noise of plugging in", ["\u0000\u00ff7", frame, "garbage\u0003"], [tag]],
    ["one digit short", ["\u000262E3086CED0\u0003"], [failed("TRUNCATED")]],
    ["one digit long", ["\u000262E3086CED080\u0003"], [failed("BAD_FORMAT")]],
    ["of fourteen digits", ["\u000262E3086CED0800\u0003"], [failed("BAD_FORMAT")]],
    ["with LF CR instead of CR LF", ["\u000262E3086CED08\n\r\u0003"], [failed("BAD_FORMAT")]],
    ["that never ends is said once, and the next one is read", ["\u0002", "0".repeat(5000), frame], [failed("BAD_FORMAT"), tag]],
    ["with nothing in it", ["\u0002\u0003"], [failed("TRUNCATED")]],
    ["whose ETX comes after a silence", ["\u000262E3086CED08", 101, "\u0003"], [failed("TRUNCATED")]],
    ["whose ETX comes just in time", ["\u000262E3086CED08", 99, "\u0003"], [tag]],
  ])("%s", async (_name, line, expected) => {
    expect(await read(line)).toEqual(expected);
  });
});

describe("a tag on the reader", () => {
  it("is not read again for damaged frames between good ones", async () => {
    expect(await read([frame, 65, "\u000262E3086CED09\u0003", 65, "\u000262E3", 65, frame])).toEqual([tag]);
  });

  it("is read anew when it comes back after it was gone", async () => {
    expect(await read([frame, 301, frame])).toEqual([tag, removed("62E3086CED"), tag]);
  });

  it("stays as long as its reader's own pace wants", async () => {
    expect(await read([frame, 900, frame], { presenceMs: 1000 })).toEqual([tag]);
  });

  it("gives way to another one at once", async () => {
    expect(await read([frame, other])).toEqual([tag, removed("62E3086CED"), otherTag]);
  });

  it("is gone with the cable, before the port is", async () => {
    const line = recordingOf([frame, "\u00020C00"], {}, "unplug");
    expect(await eventsOf({ ...line, family: "rfid.em4100" })).toEqual([tag, removed("62E3086CED"), portLost]);
  });

  it("that only half came is said to be cut when the cable goes", async () => {
    const line = recordingOf(["\u00020C00"], {}, "unplug");
    expect(await eventsOf({ ...line, family: "rfid.em4100" })).toEqual([failed("TRUNCATED"), portLost]);
  });
});
