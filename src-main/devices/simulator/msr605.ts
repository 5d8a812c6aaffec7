import { systemClock, type Clock } from "#main/devices/clock.ts";
import type { Tracks } from "#main/devices/device-event.ts";
import type { DeviceEnd } from "#main/devices/transport/transport.ts";

/** How the simulated encoder is made. What is left out is as it should be. */
type EncoderSetup = {
  /** The adapter swallows the ESC of the answer to the link test. */
  readonly losesEsc?: boolean;
  /** How long every answer takes, in milliseconds. */
  readonly answersAfterMs?: number;
  /** It has power and says nothing. */
  readonly isMute?: boolean;
  /** How long it is deaf after a reset, in milliseconds. */
  readonly deafMs?: number;
};

/** How a card is drawn through. What is left out goes well. */
export type DrawManner = {
  /** What the encoder says in place of 30; 39 is a hand too fast or too slow for writing. Nothing is on the card then. */
  readonly status?: number;
  /** Tracks that the head cannot read. */
  readonly unreadable?: readonly number[];
  /** Written all the same, but the last character of track 2 is another one: a worn head, or a card that wants the other coercivity. */
  readonly isBadlyWritten?: boolean;
  /** Only so many bytes of the answer come. */
  readonly cutAtByte?: number;
  /** The card was written, and the cable is pulled before the encoder says so. */
  readonly isUnplugged?: boolean;
};

/** The encoder's side of `msr605`, with one card in a hand beside it. */
export type Msr605Simulator = {
  /** What is on the card, between the sentinels. */
  readonly card: () => Tracks;
  /** Another card is taken into the hand. */
  readonly take: (card: Tracks) => void;
  /** @returns whether the encoder had waited for a card */
  readonly draw: (manner?: DrawManner) => boolean;
  /** The same, by a hand that waits a moment for the encoder where it does not wait for a card yet. */
  readonly drawSoon: (manner: DrawManner) => void;
  /** All commands that it has heard, as hexadecimal, in order. */
  readonly heard: () => readonly string[];
  readonly isHighCoercivity: () => boolean;
  readonly unplug: () => void;
};

const handWaitsMs = 1000;
const wholeTracks = [1, 2, 3] as const;
/** Which tracks an erase is of, by its select byte. */
const selected: Readonly<Record<number, readonly number[]>> = {
  0: [1],
  2: [2],
  3: [1, 2],
  4: [3],
  5: [1, 3],
  6: [2, 3],
  7: [1, 2, 3],
};
/** How many bytes follow the command's letter; the others have none. */
const argumentBytes: Readonly<Record<string, number>> = { b: 1, c: 1, o: 3 };

/** What the encoder does with the next card. */
type Waiting = { readonly for: "read" } | { readonly for: "write"; readonly tracks: Tracks } | { readonly for: "erase"; select: number };

/** @param carrier a memory line or a pseudo terminal: the encoder does not know which */
export function makeMsr605Simulator(carrier: DeviceEnd, setup: EncoderSetup = {}, clock: Clock = systemClock): Msr605Simulator {
  const { losesEsc = false, answersAfterMs = 0, isMute = false, deafMs = 100 } = setup;
  const heard: string[] = [];
  let card: Tracks = {};
  let isHigh = true;
  let waiting: Waiting | undefined;
  let command = "";
  let deafUntilMs = -Infinity;
  let ready: { readonly manner: DrawManner; readonly untilMs: number } | undefined;

  const send = (text: string): void => {
    const bytes = Buffer.from(text, "latin1");
    if (isMute) return;
    if (answersAfterMs === 0) carrier.write(bytes);
    else clock.after(answersAfterMs, () => carrier.write(bytes));
  };

  /** One whole command, its ESC left out. */
  const obey = (whole: string): void => {
    heard.push(Buffer.from(whole, "latin1").toString("hex").toUpperCase());
    waiting = undefined;
    switch (whole.charAt(0)) {
      case "a":
        deafUntilMs = clock.now() + deafMs;
        return;
      case "e":
        return send(losesEsc ? "y" : "\u001by");
      case "t":
        return send("\u001b3S");
      case "v":
        return send("\u001bREVU1.07");
      case "x":
      case "y":
        isHigh = whole === "x";
        return send("\u001b0");
      case "d":
        return send(isHigh ? "\u001bH" : "\u001bL");
      case "b":
        return send("KÒ¡\u00a0ÁÀ".includes(whole.charAt(1)) ? "\u001b0" : "\u001bA");
      case "o":
        return send(`\u001b0${whole.slice(1)}`);
      case "r":
        waiting = { for: "read" };
        return;
      case "w":
        waiting = { for: "write", tracks: tracksIn(whole) };
        return;
      case "c":
        waiting = { for: "erase", select: whole.charCodeAt(1) };
        return;
      default:
        return send("\u001b4");
    }
  };

  carrier.onData((bytes) => {
    for (const byte of bytes) {
      if (clock.now() < deafUntilMs) continue;
      if (command === "" && byte !== 0x1b) continue;
      command += String.fromCharCode(byte);
      if (!isWhole(command)) continue;
      const whole = command.slice(1);
      command = "";
      obey(whole);
      if (waiting && ready && clock.now() <= ready.untilMs) draw(ready.manner);
    }
  });

  const draw = ({ status = 0x30, unreadable = [], isBadlyWritten = false, cutAtByte, isUnplugged = false }: DrawManner = {}): boolean => {
    const task = waiting;
    if (!task) return false;
    waiting = undefined;
    ready = undefined;
    if (status === 0x30 && task.for === "write") card = isBadlyWritten ? { ...task.tracks, 2: spoilt(task.tracks[2] ?? "") } : task.tracks;
    if (status === 0x30 && task.for === "erase")
      card = Object.fromEntries(
        wholeTracks.flatMap((track) => (selected[task.select]?.includes(track) ? [] : [[track, card[track] ?? ""]])),
      );
    if (isUnplugged) {
      carrier.unplug();
      return true;
    }
    const block = task.for === "read" ? blockOf(card, unreadable) : "";
    send(`${block}\u001b${String.fromCharCode(status)}`.slice(0, cutAtByte));
    return true;
  };

  return {
    card: () => card,
    take: (taken) => {
      card = taken;
    },
    draw,
    drawSoon: (manner) => {
      if (!draw(manner)) ready = { manner, untilMs: clock.now() + handWaitsMs };
    },
    heard: () => heard,
    isHighCoercivity: () => isHigh,
    unplug: () => carrier.unplug(),
  };
}

/** A block of tracks ends with its own two bytes; every other command is as long as its letter says. */
function isWhole(command: string): boolean {
  const letter = command.charAt(1);
  return letter === "w" ? command.endsWith("?\u001c") : letter !== "" && command.length === 2 + (argumentBytes[letter] ?? 0);
}

/** The block's parts each begin with an ESC: `w`, `s`, and then a track's number with its data. */
const tracksIn = (write: string): Tracks => {
  const parts = write.slice(0, -"?\u001c".length).split("\u001b").slice(2);
  return Object.fromEntries(parts.flatMap((part) => (part.length > 1 ? [[part.charCodeAt(0), part.slice(1)]] : [])));
};

function blockOf(card: Tracks, unreadable: readonly number[]): string {
  const tracks = wholeTracks.map((track) => {
    const text = card[track] ?? "";
    const content = unreadable.includes(track) ? "\u001b*" : text === "" ? "\u001b+" : `${track === 1 ? "%" : ";"}${text}?`;
    return `\u001b${String.fromCharCode(track)}${content}`;
  });
  return `\u001bs${tracks.join("")}?\u001c`;
}

const spoilt = (text: string): string => text.slice(0, -1) + String((Number(text.slice(-1)) + 1) % 10);
