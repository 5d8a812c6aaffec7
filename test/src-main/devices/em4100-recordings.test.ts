import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runVector } from "#main/devices/run-vector.ts";
import { parseVectorFile } from "#main/devices/vector-file.ts";
import type { DeviceVector } from "#main/devices/vector.ts";
import { eventsOf, otherChunkings } from "./swipes.ts";

const file = parseVectorFile(readFileSync(new URL("../../fixtures/frames/rfid-em4100.jsonl", import.meta.url), "utf8"));
if (!file.ok) throw new Error(file.error.code);
const recordings = file.value as readonly DeviceVector[];

describe("recorded tags", () => {
  it("are all there", () => {
    expect(recordings.map(({ name }) => name.slice(0, 5))).toEqual(Array.from({ length: 9 }, (_, index) => `RF-0${index + 1}`));
  });

  it.each(recordings.map((recording) => [recording.name, recording] as const))("%s", async (_name, recording) => {
    expect(await runVector(recording)).toEqual({ events: recording.expect.events, writes: [] });
  });

  it.each(recordings.map((recording) => [recording.name, recording] as const))("%s, in any chunks", async (_name, recording) => {
    for (const chunked of otherChunkings(recording)) expect(await eventsOf(chunked)).toEqual(recording.expect.events);
  });
});
