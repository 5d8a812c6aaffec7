import { z } from "zod";
import { localName } from "#shared/domain/names/local-name.ts";
import { deviceSetup } from "#shared/domain/devices/device-setup.ts";
import { atStation } from "./base.ts";
import { instantMs, nothing } from "./common.ts";
import { refusals, refusalWith } from "./refusals.ts";

/**
 * `absent`: nothing is plugged in. `unclear`: several ports could be its own. `busy`, `denied`: it is there and not ours to
 * open. `backoff`: it failed otherwise and is tried again.
 */
export const deviceState = z.enum(["absent", "unclear", "opening", "ready", "backoff", "denied", "busy"]);
export type DeviceState = z.infer<typeof deviceState>;

/** `CHECK_SPEED`: five bad reads in a row. `SEVEN_BITS`: without the top bit of each byte it would have been a card. */
export const deviceHint = z.enum(["CHECK_SPEED", "SEVEN_BITS"]);
export type DeviceHint = z.infer<typeof deviceHint>;

/** Something that went wrong, and how often in a row: a `PORT_…` code, or why a card could not be read. */
const deviceFault = z.strictObject({ code: z.string(), firstMs: instantMs, lastMs: instantMs, times: z.int().positive() });
export type DeviceFault = z.infer<typeof deviceFault>;

const deviceView = z.strictObject({
  deviceId: z.string(),
  /** `station`: set up here. `commandLine`: given at the start, for this run. `practice`: a simulator of the sample. Only the first can be changed. */
  origin: z.enum(["station", "commandLine", "practice"]),
  /** Null where nobody has named it. */
  name: z.string().nullable(),
  setup: deviceSetup,
  /** Where its port is now, or was last. */
  path: z.string(),
  state: deviceState,
  hint: deviceHint.nullable(),
  /** Since when it is in this state. */
  sinceMs: instantMs,
  lastReadMs: instantMs.nullable(),
  /** Newest first, of this run. */
  faults: z.array(deviceFault),
});
export type DeviceView = z.infer<typeof deviceView>;

/** What the numbers of a USB device let one guess. An adapter says nothing of what hangs behind it. */
const portGuess = z.enum(["adapter", "virtualPort", "swipeReader", "terminal", "printer", "modem", "builtIn", "unknown"]);

const foundPort = z.strictObject({
  path: z.string(),
  guess: portGuess,
  /** The chip or model by its USB numbers, such as `FTDI FT232`; else what the maker calls it. */
  title: z.string().nullable(),
  /** The USB socket, where another port is alike in everything else. */
  socket: z.string().nullable(),
  /** The device that is set up here. */
  usedBy: z.string().nullable(),
});
export type FoundPort = z.infer<typeof foundPort>;

const deviceInput = z.strictObject({
  /** Minted when the form opens; sending it again sets the device up once. */
  deviceId: z.uuidv7(),
  name: z
    .string()
    .transform((text) => text.normalize("NFKC").trim())
    .pipe(z.string().min(1).max(40)),
  /** From the list, or typed: not every port stands in it. */
  path: z.string().trim().min(1).max(200),
  setup: deviceSetup,
});
export type DeviceInput = z.infer<typeof deviceInput>;

const deviceRef = z.strictObject({ deviceId: z.string() });

/** What one card on a device came to, with as much of its number as a screen may show. */
const testRead = z.discriminatedUnion("outcome", [
  z.strictObject({
    outcome: z.literal("ours"),
    kindName: localName,
    last4: z.string(),
    /** How many characters each track held; empty for a tag. */
    tracks: z.array(z.strictObject({ track: z.int(), characters: z.int() })),
  }),
  /** Well read, and no card of ours: nothing of it is told but the length. */
  z.strictObject({ outcome: z.literal("foreign"), tracks: z.array(z.strictObject({ track: z.int(), characters: z.int() })) }),
  z.strictObject({ outcome: z.literal("failed"), cause: z.string(), hint: deviceHint.nullable() }),
  /** Nobody swiped in time, or nothing that came made a card. */
  z.strictObject({ outcome: z.literal("nothing"), hint: deviceHint.nullable() }),
]);
export type TestRead = z.infer<typeof testRead>;

const traceLine = z.strictObject({
  atMs: instantMs,
  direction: z.enum(["in", "out"]),
  /** The bytes in words: control bytes by name, and for each digit or letter a sign that stands for any. */
  text: z.string(),
});
export type TraceLine = z.infer<typeof traceLine>;

const portTaken = refusalWith("PORT_TAKEN", z.object({ name: z.string() }));

/** The devices of this one computer. They are stored here and never exchanged. */
export const devices = {
  list: atStation.input(nothing).output(
    z.strictObject({
      devices: z.array(deviceView),
      /** Null when the system has no list of its ports. */
      ports: z.array(foundPort).nullable(),
      /** What a new device of each family begins with. */
      defaults: z.array(deviceSetup),
    }),
  ),
  add: atStation
    .input(deviceInput)
    .output(deviceView)
    .errors({ ...refusals("REQUEST_ID_REUSED"), ...portTaken }),
  /** Takes effect at once: the port is closed and opened anew, and a swipe under way is dropped. */
  change: atStation
    .input(deviceInput)
    .output(deviceView)
    .errors({ ...refusals("DEVICE_NOT_FOUND", "DEVICE_FIXED"), ...portTaken }),
  /** A device that is gone already is gone. */
  remove: atStation.input(deviceRef).output(z.strictObject({})).errors(refusals("DEVICE_FIXED")),
  /** Waits up to twenty seconds for one card. It is kept from the counter: who tries a reader out serves nobody. */
  test: atStation
    .input(deviceRef)
    .output(testRead)
    .errors(refusals("DEVICE_NOT_FOUND", "DEVICE_NOT_READY", "TEST_RUNNING")),
  /** What came over the line lately, oldest first; masked before it is kept. */
  trace: atStation.input(deviceRef).output(z.array(traceLine)).errors(refusals("DEVICE_NOT_FOUND")),
};
