import type { DeviceEvent, TrackErrors, Tracks } from "#main/devices/device-event.ts";
import type { CardReadFailureCode } from "#main/devices/device-error.ts";
import { runVector } from "#main/devices/run-vector.ts";
import type { DeviceVector } from "#main/devices/vector.ts";

/** What came over the line, as text (one byte a character), with silences in milliseconds between. */
export type Line = readonly (string | number)[];

export const card = (tracks: Tracks, trackErrors?: TrackErrors): DeviceEvent => ({
  type: "cardRead",
  media: "magstripe",
  tracks,
  ...(trackErrors && { trackErrors }),
});
export const failed = (code: CardReadFailureCode): DeviceEvent => ({ type: "cardReadFailed", code });
export const portLost: DeviceEvent = { type: "portLost", code: "PORT_LOST" };

/** A recording of `msr.serial` that was never on a line. */
export function recordingOf(line: Line, config: Record<string, unknown> = {}, end: "idle" | "unplug" = "idle"): DeviceVector {
  const chunks: { delayMs: number; hex: string }[] = [];
  let delayMs = 0;
  for (const part of line) {
    if (typeof part === "number") delayMs += part;
    else {
      chunks.push({ delayMs, hex: Buffer.from(part, "latin1").toString("hex") });
      delayMs = 0;
    }
  }
  return { name: "", family: "msr.serial", config, chunks, end, expect: { events: [] } };
}

/** The same bytes at the same pace, cut in other places: each byte for itself, and each chunk in two at every place. */
export function otherChunkings(recording: DeviceVector): readonly DeviceVector[] {
  const bytewise = recording.chunks.flatMap(({ delayMs, hex }) =>
    Array.from(hex.match(/../g) ?? [], (byte, index) => ({ delayMs: index === 0 ? delayMs : 1, hex: byte })),
  );
  const splits = recording.chunks.flatMap(({ delayMs, hex }, at) =>
    Array.from({ length: Math.max(0, hex.length / 2 - 1) }, (_, index) => {
      const cut = (index + 1) * 2;
      const halves = [
        { delayMs, hex: hex.slice(0, cut) },
        { delayMs: 1, hex: hex.slice(cut) },
      ];
      return recording.chunks.toSpliced(at, 1, ...halves);
    }),
  );
  return [bytewise, ...splits].map((chunks) => ({ ...recording, chunks }));
}

export async function eventsOf(recording: DeviceVector): Promise<readonly DeviceEvent[]> {
  return (await runVector(recording)).events;
}
