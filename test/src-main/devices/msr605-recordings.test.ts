import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runVector } from "#main/devices/run-vector.ts";
import { parseVectorFile } from "#main/devices/vector-file.ts";
import type { DeviceVector } from "#main/devices/vector.ts";
import { eventsOf, otherChunkings } from "./swipes.ts";

const file = parseVectorFile(readFileSync(new URL("../../fixtures/frames/msr605.jsonl", import.meta.url), "utf8"));
if (!file.ok) throw new Error(file.error.code);
const recordings = file.value as readonly DeviceVector[];

describe("recorded answers of an encoder", () => {
  it("are all there", () => {
    expect(recordings.map(({ name }) => name.slice(0, 5))).toEqual(
      Array.from({ length: 14 }, (_, index) => `ME-${String(index + 1).padStart(2, "0")}`),
    );
  });

  it.each(recordings.map((recording) => [recording.name, recording] as const))("%s", async (_name, recording) => {
    const { events, writes } = await runVector(recording);
    const sent = writes.join("");
    // A recording that says nothing of what is sent is content with whatever it was.
    expect({ events, sent }).toEqual({ events: recording.expect.events, sent: recording.expect.writes?.join("") ?? sent });
  });

  it.each(recordings.map((recording) => [recording.name, recording] as const))("%s, in any chunks", async (_name, recording) => {
    for (const chunked of otherChunkings(recording)) expect(await eventsOf(chunked)).toEqual(recording.expect.events);
  });
});
