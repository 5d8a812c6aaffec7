import type { DeviceEvent, TrackErrors } from "#main/devices/device-event.ts";
import type { TrackNumber } from "#main/devices/framing/msr-serial/track.ts";
import type { Answer, TrackAnswer } from "#main/devices/framing/msr605/answers.ts";

const trackNumbers = [1, 2, 3] as const;
/** On the stripe, and so in the encoder's answer, a track 3 begins as a track 2 does. */
const startSentinels: Readonly<Record<TrackNumber, string>> = { 1: "%", 2: ";", 3: ";" };

/** The card of a block whose status was good. A track that holds nothing is left out; one that cannot be read is told. */
export function tracksEvent(answer: Answer | undefined): DeviceEvent {
  const came = answer?.kind === "tracks" ? answer.tracks : [];
  const tracks: { -readonly [track in TrackNumber]?: string } = {};
  const trackErrors: { -readonly [track in TrackNumber]?: TrackErrors[track] } = {};
  for (const track of trackNumbers) {
    const reading = readTrack(came[track - 1], startSentinels[track]);
    if (reading.kind === "damaged") return { type: "cardReadFailed", code: "BAD_SENTINEL" };
    if (reading.kind === "unreadable") trackErrors[track] = "TRACK_READ_ERROR";
    if (reading.kind === "data") tracks[track] = reading.text;
  }
  const hasErrors = Object.keys(trackErrors).length > 0;
  // A card without anything on it is no card to anybody, however well it was read.
  if (Object.keys(tracks).length === 0) return { type: "cardReadFailed", code: hasErrors ? "TRACK_READ_ERROR" : "TRACK_MISSING" };
  return { type: "cardRead", media: "magstripe", tracks, ...(hasErrors && { trackErrors }) };
}

type Reading = { readonly kind: "data"; readonly text: string } | { readonly kind: "blank" | "unreadable" | "damaged" };

function readTrack(came: TrackAnswer | undefined, start: string): Reading {
  if (came === null) return { kind: "unreadable" };
  if (came === undefined || came === "") return { kind: "blank" };
  // The first end sentinel ends a track; with data behind it this is not the track that was on the card.
  const isWhole = came.length >= 2 && came.startsWith(start) && came.indexOf("?") === came.length - 1;
  if (!isWhole) return { kind: "damaged" };
  const text = came.slice(1, -1);
  return text === "" ? { kind: "blank" } : { kind: "data", text };
}

/** The bits of a block whose status was good. */
export function bitsEvent(answer: Answer | undefined): DeviceEvent {
  const bits = answer?.kind === "bits" ? answer.bits : [];
  const raw: { -readonly [track in TrackNumber]?: string } = {};
  for (const track of trackNumbers) {
    const bytes = bits[track - 1];
    if (bytes && bytes.length > 0) raw[track] = Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join("");
  }
  return { type: "rawRead", raw };
}
