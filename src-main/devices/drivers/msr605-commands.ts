import { z } from "zod";
import type { DeviceErrorCode } from "#main/devices/device-error.ts";
import type { DeviceEvent, Tracks } from "#main/devices/device-event.ts";
import type { Command } from "#main/devices/driver.ts";
import { dataCharactersMax, type TrackNumber } from "#main/devices/framing/msr-serial/track.ts";
import { esc, type Answer, type AnswerKind } from "#main/devices/framing/msr605/answers.ts";
import type { Msr605Settings } from "#shared/domain/devices/msr605-settings.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { bitsEvent, tracksEvent } from "./msr605-cards.ts";

/** Bytes that are sent, and the answer that has to come before anything else is. A reset has none. */
export type Step = { readonly bytes: Uint8Array; readonly answer: AnswerKind | null; readonly waitsForHand: boolean };

/** `write`: what happened to a card is not known when the line breaks. `ask`: nothing is on the card before or after. */
type Purpose = "read" | "write" | "ask";

/** One command as the steps that carry it out, all of which must go well. */
export type Task = {
  readonly purpose: Purpose;
  readonly steps: readonly Step[];
  /** What has happened when the last answer was good. */
  readonly done: (answer: Answer | undefined) => DeviceEvent;
};

/** The event that a task ends with when it did not go well. */
export function failureOf(purpose: Purpose, code: DeviceErrorCode, status?: number): DeviceEvent {
  const why = { code, ...(status !== undefined && { status: status.toString(16).toUpperCase().padStart(2, "0") }) };
  switch (purpose) {
    case "read":
      return { type: "cardReadFailed", ...why };
    case "write":
      return { type: "cardWriteFailed", ...why };
    case "ask":
      return { type: "commandFailed", ...why };
  }
}

const step = (bytes: readonly number[], answer: AnswerKind | null, waitsForHand = false): Step => ({
  bytes: Uint8Array.from(bytes),
  answer,
  waitsForHand,
});

export const reset = step([esc, 0x61], null);
const linkTest = step([esc, 0x65], "link");
const model = step([esc, 0x74], "model");
const coercivities = { high: step([esc, 0x78], "status"), low: step([esc, 0x79], "status") };
const bitsPerCharacter = (bits: readonly number[]): Step => step([esc, 0x6f, ...bits], "bitsPerCharacter");
/** 210, 75 and 210 bits an inch for the three tracks. */
const densities = [0xa1, 0x4b, 0xc1].map((density) => step([esc, 0x62, density], "status"));
/** 7 bits a character on track 1, 5 on the others, parity included. */
const isoBits = [7, 5, 5];

/** A bit for each track, but for the first one alone, which is none. */
function eraseSelect(tracks: readonly TrackNumber[]): number {
  const bits = [...new Set(tracks)].reduce((sum, track) => sum | (1 << (track - 1)), 0);
  return bits === 1 ? 0 : bits;
}

const trackNumber = z.union([z.literal(1), z.literal(2), z.literal(3)]);
const command = z.discriminatedUnion("type", [
  z.object({ type: z.enum(["prepare", "readIso", "readRaw", "commTest", "model", "firmware", "setHiCo", "setLoCo", "getCo"]) }),
  z.object({
    type: z.literal("writeIso"),
    tracks: z.object({ 1: z.string().exactOptional(), 2: z.string().exactOptional(), 3: z.string().exactOptional() }),
  }),
  z.object({ type: z.literal("erase"), tracks: z.array(trackNumber).min(1) }),
  z.object({ type: z.literal("setBpc"), bpc: z.array(z.int().min(5).max(8)).length(3) }),
]);

/** @returns the task, or the event that says why nothing of it is sent */
export function taskOf(asked: Command, { coercivity }: Msr605Settings): Result<Task, DeviceEvent> {
  const parsed = command.safeParse(asked);
  if (!parsed.success) return err({ type: "commandFailed", code: "BAD_FORMAT" });
  const known = parsed.data;
  const ask = (steps: readonly Step[]): Result<Task, DeviceEvent> =>
    ok({ purpose: "ask", steps, done: (answer) => doneEvent(known.type, answer) });
  switch (known.type) {
    case "prepare":
      return ask([reset, linkTest, reset, model, coercivities[coercivity], bitsPerCharacter(isoBits), ...densities]);
    case "commTest":
      return ask([linkTest]);
    case "model":
      return ask([model]);
    case "firmware":
      return ask([step([esc, 0x76], "firmware")]);
    case "setHiCo":
      return ask([coercivities.high]);
    case "setLoCo":
      return ask([coercivities.low]);
    case "getCo":
      return ask([step([esc, 0x64], "coercivity")]);
    case "setBpc":
      return ask([bitsPerCharacter(known.bpc)]);
    case "readIso":
      return ok({ purpose: "read", steps: [step([esc, 0x72], "tracks", true)], done: tracksEvent });
    case "readRaw":
      return ok({ purpose: "read", steps: [step([esc, 0x6d], "bits", true)], done: bitsEvent });
    case "erase": {
      const steps = [step([esc, 0x63, eraseSelect(known.tracks)], "status", true)];
      return ok({ purpose: "write", steps, done: () => ({ type: "cardErased" }) });
    }
    case "writeIso": {
      const refusal = refuseTracks(known.tracks);
      if (refusal !== undefined) return err({ type: "cardWriteFailed", code: refusal });
      const bytes = [esc, 0x77, ...writeBlock(known.tracks)];
      return ok({ purpose: "write", steps: [step(bytes, "status", true)], done: () => ({ type: "cardWritten", verified: false }) });
    }
  }
}

function doneEvent(name: string, answer: Answer | undefined): DeviceEvent {
  return { type: "commandDone", command: name, ...(answer?.kind === "text" && { value: answer.text }) };
}

/** The encoder adds the sentinels by itself: one that was given would end the track where it stands. */
const sets: Readonly<Record<TrackNumber, RegExp>> = { 1: /^[ -_]*$/, 2: /^[0-?]*$/, 3: /^[0-?]*$/ };
const sentinels = /[%;?]/;
const trackNumbers = [1, 2, 3] as const;

function refuseTracks(tracks: Tracks): "BAD_CHARACTER" | "TRACK_TOO_LONG" | "TRACK_MISSING" | undefined {
  const texts = trackNumbers.map((track) => ({ track, text: tracks[track] ?? "" }));
  if (texts.some(({ track, text }) => !sets[track].test(text) || sentinels.test(text))) return "BAD_CHARACTER";
  if (texts.some(({ track, text }) => text.length > dataCharactersMax[track])) return "TRACK_TOO_LONG";
  return texts.every(({ text }) => text === "") ? "TRACK_MISSING" : undefined;
}

function writeBlock(tracks: Tracks): readonly number[] {
  const texts = trackNumbers.flatMap((track) => [esc, track, ...new TextEncoder().encode(tracks[track] ?? "")]);
  return [esc, 0x73, ...texts, 0x3f, 0x1c];
}
