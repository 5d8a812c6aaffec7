import { describe, expect, it } from "vitest";
import type { Clock } from "#main/devices/clock.ts";
import type { DeviceEvent } from "#main/devices/device-event.ts";
import type { CardOutcome } from "#main/devices/framing/msr-serial/card-reading.ts";
import { MsrSerialFramer } from "#main/devices/framing/msr-serial/framer.ts";
import { msrSerialSettings } from "#shared/domain/devices/msr-serial-settings.ts";
import { card, eventsOf, failed, otherChunkings, portLost, recordingOf, type Line } from "./swipes.ts";

type Case = { name: string; config?: Record<string, unknown>; line: Line; unplugged?: true; gives: readonly DeviceEvent[] };

const anna = "B600012345678901^LEE/ANNA^2912101";
const good = card({ 2: "8888000012" });
const next = card({ 2: "8888000020" });
const sixBitCharacters = Array.from({ length: 64 }, (_, index) => String.fromCharCode(0x20 + index)).filter((c) => !"%?".includes(c));

/** Each case is played as it stands, a byte at a time, and cut in two at every place. */
function each(cases: readonly Case[]): void {
  it.each(cases)("$name", async ({ config, line, unplugged, gives }) => {
    const recording = recordingOf(line, config, unplugged ? "unplug" : "idle");
    for (const chunked of [recording, ...otherChunkings(recording)]) expect(await eventsOf(chunked)).toEqual(gives);
  });
}

describe("what may stand on a track", () => {
  each([
    {
      name: "every character of track 1",
      config: { requiredTracks: [1] },
      line: [`%${sixBitCharacters.join("")}?\r`],
      gives: [card({ 1: sixBitCharacters.join("") })],
    },
    { name: "every character of track 2", line: [";0123456789:<=>?\r"], gives: [card({ 2: "0123456789:<=>" })] },
    {
      name: "76 characters on track 1",
      config: { requiredTracks: [1] },
      line: [`%${"A".repeat(76)}?\r`],
      gives: [card({ 1: "A".repeat(76) })],
    },
    {
      name: "77 characters on track 1",
      config: { requiredTracks: [1] },
      line: [`%${"A".repeat(77)}?\r`],
      gives: [failed("TRACK_TOO_LONG")],
    },
    {
      name: "104 characters on track 3",
      config: { requiredTracks: [3] },
      line: [`+${"1".repeat(104)}?\r`],
      gives: [card({ 3: "1".repeat(104) })],
    },
    {
      name: "105 characters on track 3",
      config: { requiredTracks: [3] },
      line: [`+${"1".repeat(105)}?\r`],
      gives: [failed("TRACK_TOO_LONG")],
    },
    { name: "small letter on track 1", line: ["%Lee?;8888000012?\r"], gives: [failed("BAD_CHARACTER")] },
    { name: "% inside track 1", line: ["%A%B?;8888000012?\r"], gives: [failed("BAD_CHARACTER")] },
    { name: "; inside track 2", line: [";8888;8888000012?\r"], gives: [failed("BAD_CHARACTER")] },
    { name: "% inside track 2", line: [";8888%8888000012?\r"], gives: [failed("BAD_CHARACTER")] },
    { name: "NUL inside track 2", line: [";8888\u00000012?\r"], gives: [failed("BAD_CHARACTER")] },
    { name: "delete character inside track 1", line: ["%A\u007f?;8888000012?\r"], gives: [failed("BAD_CHARACTER")] },
    { name: "E among digits is not the mark of an unreadable track", line: [";88E8?\r"], gives: [failed("BAD_CHARACTER")] },
    { name: "E and more is not the mark", line: [";E1?\r"], gives: [failed("BAD_CHARACTER")] },
    { name: "two E on track 1 are data", config: { requiredTracks: [1] }, line: ["%EE?\r"], gives: [card({ 1: "EE" })] },
  ]);
});

describe("tracks that are blank, marked or missing", () => {
  each([
    { name: "blank track 2", line: [";?\r"], gives: [failed("TRACK_MISSING")] },
    { name: "blank track 1 beside a good track 2", line: ["%?;8888000012?\r"], gives: [card({ 2: "8888000012" }, { 1: "TRACK_MISSING" })] },
    {
      name: "marked track 3 beside a good track 2",
      line: [";8888000012?+E?\r"],
      gives: [card({ 2: "8888000012" }, { 3: "TRACK_READ_ERROR" })],
    },
    {
      name: "one blank, one marked",
      line: ["%?;8888000012?!E?\r"],
      gives: [card({ 2: "8888000012" }, { 1: "TRACK_MISSING", 3: "TRACK_READ_ERROR" })],
    },
    {
      name: "both required tracks good",
      config: { requiredTracks: [1, 2] },
      line: [`%${anna}?;8888000012?\r`],
      gives: [card({ 1: anna, 2: "8888000012" })],
    },
    {
      name: "required track 1 marked",
      config: { requiredTracks: [1, 2] },
      line: ["%E?;8888000012?\r"],
      gives: [failed("TRACK_READ_ERROR")],
    },
    { name: "required track 3 left out", config: { requiredTracks: [2, 3] }, line: [";8888000012?\r"], gives: [failed("TRACK_MISSING")] },
    { name: "damage beside a mark", line: ["%E?;88A8?\r"], gives: [failed("BAD_CHARACTER")] },
  ]);
});

describe("a run of tracks and nothing else", () => {
  each([
    { name: "letter before the first", line: ["A;8888000012?\r"], gives: [failed("BAD_SENTINEL")] },
    { name: "space between two", line: [`%${anna}? ;8888000012?\r`], gives: [failed("BAD_SENTINEL")] },
    { name: "digit after the last", line: [";8888000012?7\r"], gives: [failed("BAD_SENTINEL")] },
    { name: "second end sentinel", line: [";8888000012??\r"], gives: [failed("BAD_SENTINEL")] },
    { name: "delete character is not noise", line: ["\u007f;8888000012?\r"], gives: [failed("BAD_SENTINEL")] },
    { name: "track 2 twice", line: [";8888000012?;8888000012?\r"], gives: [failed("BAD_FORMAT")] },
    { name: "track 1 twice", line: [`%${anna}?%${anna}?;8888000012?\r`], gives: [failed("BAD_FORMAT")] },
    { name: "track 1 after track 2", line: [`;8888000012?%${anna}?\r`], gives: [failed("BAD_FORMAT")] },
    { name: "start sentinel and nothing more", line: [";\r"], gives: [failed("TRUNCATED")] },
    { name: "second track without its end", line: [`%${anna}?;8888\r`], gives: [failed("TRUNCATED")] },
    { name: "of two damages the first", line: ["%Lee?x;88A8?\r"], gives: [failed("BAD_CHARACTER")] },
    { name: "of two damages the first, the other way round", line: ["x%Lee?\r"], gives: [failed("BAD_SENTINEL")] },
    {
      name: "noise before, between and after",
      line: [`\u0002\u001b\u00ff%${anna}?\u0000\u0080;8888000012?\u0090\r\u0003`],
      gives: [card({ 1: anna, 2: "8888000012" })],
    },
    { name: "the next card after a damaged one", line: [";88A8?\r;8888000020?\r"], gives: [failed("BAD_CHARACTER"), next] },
  ]);
});

describe("the start of track 3", () => {
  each([
    { name: "! with the characters of track 1", config: { requiredTracks: [3] }, line: ["!LEE/ANNA?\r"], gives: [card({ 3: "LEE/ANNA" })] },
    { name: "# with the characters of track 1", config: { requiredTracks: [3] }, line: ["#A1?\r"], gives: [card({ 3: "A1" })] },
    { name: "+ with the characters of track 2", line: [";8888000012?+A1?\r"], gives: [failed("BAD_CHARACTER")] },
    { name: "& where it is not set", line: [";8888000012?&A1?\r"], gives: [failed("BAD_SENTINEL")] },
    { name: "& where it is set", config: { track3: "&" }, line: [";8888000012?&A1?\r"], gives: [card({ 2: "8888000012", 3: "A1" })] },
    {
      name: "; where it is set",
      config: { track3: ";" },
      line: [`%${anna}?;8888000012?;77=1?\r`],
      gives: [card({ 1: anna, 2: "8888000012", 3: "77=1" })],
    },
    {
      name: "; after a blank track 2",
      config: { track3: ";", requiredTracks: [3] },
      line: [";?;77?\r"],
      gives: [card({ 3: "77" }, { 2: "TRACK_MISSING" })],
    },
    {
      name: "% where it is set",
      config: { track3: "%" },
      line: [`%${anna}?;8888000012?%A1?\r`],
      gives: [card({ 1: anna, 2: "8888000012", 3: "A1" })],
    },
    { name: "nowhere", config: { track3: "" }, line: [";8888000012?+1?\r"], gives: [failed("BAD_SENTINEL")] },
  ]);
});

describe("the character behind each end sentinel (LRC)", () => {
  const lrc = { lrc: "after-es" };
  each([
    {
      name: "of track 1, from the encoder manual",
      config: { ...lrc, requiredTracks: [1] },
      line: ["%ABC123?J\r"],
      gives: [card({ 1: "ABC123" })],
    },
    { name: "of track 2, from the encoder manual", config: lrc, line: [";12345?5\r"], gives: [card({ 2: "12345" })] },
    {
      name: "of track 3 counts + as the ; on the stripe",
      config: { ...lrc, requiredTracks: [3] },
      line: ["+12345?5\r"],
      gives: [card({ 3: "12345" })],
    },
    { name: "looks like ?", config: lrc, line: ["%LEEI??;83??\r"], gives: [card({ 1: "LEEI", 2: "83" })] },
    { name: "looks like ;", config: lrc, line: ["%LEEM?;;87?;\r"], gives: [card({ 1: "LEEM", 2: "87" })] },
    { name: "looks like %", config: lrc, line: ["%LEES?%;12345?5\r"], gives: [card({ 1: "LEES", 2: "12345" })] },
    { name: "wrong on a track that is not required", config: lrc, line: ["%ABC123?K;12345?5\r"], gives: [failed("LRC_MISMATCH")] },
    { name: "not there", config: lrc, line: [";12345?\r"], gives: [failed("TRUNCATED")] },
    { name: "there although it is not expected", line: [";12345?5\r"], gives: [failed("BAD_SENTINEL")] },
    { name: "not there on the first of two tracks", config: lrc, line: ["%ABC123?;12345?5\r"], gives: [failed("LRC_MISMATCH")] },
    { name: "a control byte in its place", config: lrc, line: [";12345?\u00005\r"], gives: [failed("LRC_MISMATCH")] },
    { name: "behind a mark", config: lrc, line: ["%E?_;12345?5\r"], gives: [card({ 2: "12345" }, { 1: "TRACK_READ_ERROR" })] },
    {
      name: "left out behind a mark",
      config: lrc,
      line: ["%E?;12345?5+E?\r"],
      gives: [card({ 2: "12345" }, { 1: "TRACK_READ_ERROR", 3: "TRACK_READ_ERROR" })],
    },
    { name: "of a blank track", config: lrc, line: [";?4\r"], gives: [failed("TRACK_MISSING")] },
  ]);
});

describe("the end of a message", () => {
  each([
    { name: "LF", config: { terminator: "lf" }, line: [";8888000012?\n;8888000020?\n"], gives: [good, next] },
    { name: "LF, and CR is noise before it", config: { terminator: "lf" }, line: [";8888000012?\r\n"], gives: [good] },
    {
      name: "LF, and CR inside a track is damage",
      config: { terminator: "lf" },
      line: [";8888\r000012?\n"],
      gives: [failed("BAD_CHARACTER")],
    },
    { name: "CR LF", config: { terminator: "crlf" }, line: [";8888000012?\r\n;8888000020?\r\n"], gives: [good, next] },
    { name: "CR LF behind a track without its end", config: { terminator: "crlf" }, line: [";8888\r\n"], gives: [failed("TRUNCATED")] },
    {
      name: "CR LF with a LRC missing before it",
      config: { terminator: "crlf", lrc: "after-es" },
      line: [";12345?\r\n"],
      gives: [failed("TRUNCATED")],
    },
    {
      name: "CR alone where CR LF is set is noise",
      config: { terminator: "crlf" },
      line: [`%${anna}?\r;8888000012?\r\r\n`],
      gives: [card({ 1: anna, 2: "8888000012" })],
    },
    {
      name: "LF alone where CR LF is set is noise",
      config: { terminator: "crlf" },
      line: [`%${anna}?\n;8888000012?\r\n`],
      gives: [card({ 1: anna, 2: "8888000012" })],
    },
    {
      name: "CR inside a track where CR LF is set",
      config: { terminator: "crlf" },
      line: [";88\r88?\r\n"],
      gives: [failed("BAD_CHARACTER")],
    },
    { name: "CR without its LF, then silence", config: { terminator: "crlf" }, line: [";8888000012?\r"], gives: [failed("TRUNCATED")] },
    { name: "empty lines of CR LF", config: { terminator: "crlf" }, line: ["\r\n\r\r\n"], gives: [] },
    { name: "ETX", config: { terminator: "etx" }, line: ["\u0002;8888000012?\u0003\u0002;8888000020?\r\u0003"], gives: [good, next] },
    {
      name: "ETX, and CR inside a track is damage",
      config: { terminator: "etx" },
      line: ["\u0002;8888\r0012?\u0003"],
      gives: [failed("BAD_CHARACTER")],
    },
    { name: "ETX inside a track", config: { terminator: "etx" }, line: ["\u0002;8888\u0003"], gives: [failed("TRUNCATED")] },
  ]);
});

describe("silence", () => {
  each([
    { name: "after a card that looks complete, but for its terminator", line: [";8888000012?"], gives: [failed("TRUNCATED")] },
    {
      name: "inside a track: the rest is no card",
      line: [";88880", 400, "00012?\r"],
      gives: [failed("TRUNCATED"), failed("BAD_SENTINEL")],
    },
    {
      name: "between tracks: the rest is a card of its own",
      line: [`%${anna}?`, 400, ";8888000012?\r"],
      gives: [failed("TRUNCATED"), good],
    },
    { name: "one millisecond short of too long", line: [";88880", 199, "00012?\r"], gives: [good] },
    { name: "just too long", line: [";88880", 200, "00012?\r"], gives: [failed("TRUNCATED"), failed("BAD_SENTINEL")] },
    { name: "as long as it is set", config: { idleMs: 500 }, line: [";88880", 400, "00012?\r"], gives: [good] },
    { name: "cuts a damaged track before its damage counts", line: [";88A8"], gives: [failed("TRUNCATED")] },
    { name: "after text that is no track", line: ["8888"], gives: [failed("TRUNCATED")] },
    { name: "after noise alone", line: ["\u0000\u00ff", 400, ";8888000012?\r"], gives: [good] },
  ]);
});

describe("a reader without terminator", () => {
  const none = { terminator: "none" };
  each([
    { name: "silence ends the card", config: none, line: [`%${anna}?;8888000012?`], gives: [card({ 1: anna, 2: "8888000012" })] },
    { name: "silence ends half a card", config: none, line: [";8888"], gives: [failed("TRUNCATED")] },
    { name: "two cards with silence between", config: none, line: [";8888000012?", 300, ";8888000020?"], gives: [good, next] },
    {
      name: "a new % starts the next card",
      config: none,
      line: [`%${anna}?;8888000012?%${anna}?;8888000020?`],
      gives: [card({ 1: anna, 2: "8888000012" }), card({ 1: anna, 2: "8888000020" })],
    },
    { name: "a ; after track 2 starts the next card", config: none, line: [";8888000012?;8888000020?"], gives: [good, next] },
    {
      name: "a ; after track 3 starts the next card",
      config: none,
      line: [";8888000012?+77?;8888000020?"],
      gives: [card({ 2: "8888000012", 3: "77" }), next],
    },
    {
      name: "a ; that may start track 3 does not",
      config: { ...none, track3: ";" },
      line: [";8888000012?;77?"],
      gives: [card({ 2: "8888000012", 3: "77" })],
    },
    {
      name: "with LRC",
      config: { ...none, lrc: "after-es" },
      line: [";12345?5;12344?4"],
      gives: [card({ 2: "12345" }), card({ 2: "12344" })],
    },
    { name: "a damaged card does not spoil the next", config: none, line: [";88A8?;8888000020?"], gives: [failed("BAD_CHARACTER"), next] },
    {
      name: "text that ends like a card does not spoil the next",
      config: none,
      line: ["8888?%A?;8888000020?"],
      gives: [failed("BAD_SENTINEL"), card({ 1: "A", 2: "8888000020" })],
    },
    { name: "a tail of digits stays with its card", config: none, line: [";8888000012?7;8888000020?"], gives: [failed("BAD_SENTINEL")] },
    { name: "track 2 after track 3", config: none, line: ["+77?;8888000012?"], gives: [failed("BAD_FORMAT")] },
    {
      name: "the first of two is whole when the cable goes",
      config: none,
      line: [";8888000012?;88"],
      unplugged: true,
      gives: [good, failed("TRUNCATED"), portLost],
    },
  ]);
});

describe("one track a line", () => {
  const perTrack = { layout: "per-track" };
  const both = card({ 1: anna, 2: "8888000012" });
  each([
    { name: "two lines make a card", config: perTrack, line: [`%${anna}?\r`, 149, ";8888000012?\r"], gives: [both] },
    {
      name: "silence between the lines makes two",
      config: perTrack,
      line: [`%${anna}?\r`, 150, ";8888000012?\r"],
      gives: [failed("TRACK_MISSING"), good],
    },
    {
      name: "the wait between lines as it is set",
      config: { ...perTrack, groupMs: 400 },
      line: [`%${anna}?\r`, 350, ";8888000012?\r"],
      gives: [both],
    },
    {
      name: "a slow second line is one of the card",
      config: perTrack,
      line: [`%${anna}?\r`, 100, ";8888", 180, "000012?\r"],
      gives: [both],
    },
    { name: "the same track again starts the next card", config: perTrack, line: [";8888000012?\r;8888000020?\r"], gives: [good, next] },
    {
      name: "a lower track starts the next card",
      config: perTrack,
      line: [`%${anna}?\r;8888000012?\r%${anna}?\r;8888000020?\r`],
      gives: [both, card({ 1: anna, 2: "8888000020" })],
    },
    { name: "a damaged line spoils its card", config: perTrack, line: ["%Lee?\r;8888000012?\r"], gives: [failed("BAD_CHARACTER")] },
    { name: "of two damaged lines the first is told", config: perTrack, line: ["%Lee?\r;8888\r"], gives: [failed("BAD_CHARACTER")] },
    {
      name: "a damaged card does not spoil the next",
      config: perTrack,
      line: ["%Lee?\r;8888000012?\r;8888000020?\r"],
      gives: [failed("BAD_CHARACTER"), next],
    },
    {
      name: "a line that is no track spoils its card",
      config: perTrack,
      line: [`%${anna}?\rnoise\r;8888000012?\r`],
      gives: [failed("BAD_SENTINEL")],
    },
    {
      name: "the next card's line, damaged before its start sentinel",
      config: perTrack,
      line: [";8888000012?\rx;8888000020?\r"],
      gives: [good, failed("BAD_SENTINEL")],
    },
    { name: "two tracks on one line", config: perTrack, line: [`%${anna}?;8888000012?\r`], gives: [failed("BAD_FORMAT")] },
    { name: "a line cut by silence", config: perTrack, line: [`%${anna}?\r;8888`], gives: [failed("TRUNCATED")] },
    {
      name: "the tail of a line cut by silence",
      config: perTrack,
      line: [`%${anna}?\r;8888`, 300, "000012?\r"],
      gives: [failed("TRUNCATED"), failed("BAD_SENTINEL")],
    },
    { name: "CR LF", config: { ...perTrack, terminator: "crlf" }, line: [`%${anna}?\r\n;8888000012?\r\n`], gives: [both] },
    { name: "empty lines between", config: perTrack, line: [`\r%${anna}?\r\n\r;8888000012?\r\n`], gives: [both] },
    {
      name: "; for track 3",
      config: { ...perTrack, track3: ";" },
      line: [";8888000012?\r;77?\r"],
      gives: [card({ 2: "8888000012", 3: "77" })],
    },
    {
      name: "marked track 1",
      config: perTrack,
      line: ["%E?\r;8888000012?\r"],
      gives: [card({ 2: "8888000012" }, { 1: "TRACK_READ_ERROR" })],
    },
    { name: "LRC", config: { ...perTrack, lrc: "after-es" }, line: ["%ABC123?J\r;12345?5\r"], gives: [card({ 1: "ABC123", 2: "12345" })] },
    {
      name: "wrong LRC on one line",
      config: { ...perTrack, lrc: "after-es" },
      line: ["%ABC123?K\r;12345?5\r"],
      gives: [failed("LRC_MISMATCH")],
    },
    { name: "no terminator to tell lines by", config: { ...perTrack, terminator: "none" }, line: [`%${anna}?;8888000012?`], gives: [both] },
    {
      name: "one line too long",
      config: perTrack,
      line: [`%${"A".repeat(600)}?\r;8888000012?\r;8888000020?\r`],
      gives: [failed("OVERSIZE"), next],
    },
  ]);
});

describe("UIC framing", () => {
  const uic = { layout: "uic" };
  const both = card({ 1: anna, 2: "8888000012" });
  each([
    { name: "two tracks", config: uic, line: [`\u0002%${anna}?\u0010\u0002;8888000012?\u0003`], gives: [both] },
    { name: "one track", config: uic, line: ["\u0002;8888000012?\u0003"], gives: [good] },
    { name: "two tracks 100 ms apart", config: uic, line: [`\u0002%${anna}?\u0010`, 100, "\u0002;8888000012?\u0003"], gives: [both] },
    {
      name: "LRC",
      config: { ...uic, lrc: "after-es" },
      line: ["\u0002%ABC123?J\u0010\u0002;12345?5\u0003"],
      gives: [card({ 1: "ABC123", 2: "12345" })],
    },
    {
      name: "wrong LRC",
      config: { ...uic, lrc: "after-es" },
      line: ["\u0002%ABC123?J\u0010\u0002;12345?4\u0003"],
      gives: [failed("LRC_MISMATCH")],
    },
    { name: "two cards", config: uic, line: ["\u0002;8888000012?\u0003\u0002;8888000020?\u0003"], gives: [good, next] },
    {
      name: "a card after one that had track 1 alone",
      config: uic,
      line: [`\u0002%${anna}?\u0003\u0002;8888000012?\u0003`],
      gives: [failed("TRACK_MISSING"), good],
    },
    {
      name: "damage on the first track",
      config: uic,
      line: ["\u0002%Lee?\u0010\u0002;8888000012?\u0003"],
      gives: [failed("BAD_CHARACTER")],
    },
    { name: "DLE inside a track", config: uic, line: ["\u0002;8888\u0010"], gives: [failed("TRUNCATED")] },
    { name: "CR inside a track", config: uic, line: ["\u0002;88\r88?\u0003"], gives: [failed("BAD_CHARACTER")] },
    { name: "last ETX lost", config: uic, line: [`\u0002%${anna}?\u0010\u0002;8888000012?`], gives: [failed("TRUNCATED")] },
    { name: "whole when the cable goes", config: uic, line: ["\u0002;8888000012?\u0003"], unplugged: true, gives: [good, portLost] },
  ]);
});

describe("the cable is pulled", () => {
  each([
    { name: "before anything came", line: [], unplugged: true, gives: [portLost] },
    { name: "after a whole card", line: [";8888000012?\r"], unplugged: true, gives: [good, portLost] },
    { name: "before the terminator", line: [";8888000012?"], unplugged: true, gives: [failed("TRUNCATED"), portLost] },
    { name: "after noise alone", line: [";8888000012?\r\n\u0003"], unplugged: true, gives: [good, portLost] },
    { name: "before the LRC", config: { lrc: "after-es" }, line: [";12345?"], unplugged: true, gives: [failed("TRUNCATED"), portLost] },
    {
      name: "before silence would have ended the card",
      config: { terminator: "none" },
      line: [";8888000012?"],
      unplugged: true,
      gives: [failed("TRUNCATED"), portLost],
    },
    {
      name: "between the lines of a card",
      config: { layout: "per-track" },
      line: [`%${anna}?\r`],
      unplugged: true,
      gives: [failed("TRUNCATED"), portLost],
    },
    {
      name: "after a damaged line",
      config: { layout: "per-track" },
      line: ["%Lee?\r;88"],
      unplugged: true,
      gives: [failed("BAD_CHARACTER"), portLost],
    },
    { name: "while too much is being dropped", line: ["1".repeat(600)], unplugged: true, gives: [failed("OVERSIZE"), portLost] },
  ]);
});

describe("too much", () => {
  each([
    { name: "as long as it may be", config: { maxBytes: 12 }, line: [";8888000012?\r"], gives: [good] },
    { name: "one byte longer", config: { maxBytes: 11 }, line: [";8888000012?\r;888?\r"], gives: [failed("OVERSIZE"), card({ 2: "888" })] },
    { name: "as long as it may be, before CR LF", config: { maxBytes: 12, terminator: "crlf" }, line: [";8888000012?\r\n"], gives: [good] },
    { name: "silence ends it", line: ["1".repeat(600), 250, ";8888000012?\r"], gives: [failed("OVERSIZE"), good] },
    {
      name: "goes on within the silence",
      line: ["1".repeat(600), 150, "?;8888000012?", 150, "\r;8888000020?\r"],
      gives: [failed("OVERSIZE"), next],
    },
    { name: "is not a track too long as well", line: [`;${"1".repeat(600)}?\r`], gives: [failed("OVERSIZE")] },
    { name: "of noise", line: ["\u0000".repeat(600), "\r;8888000012?\r"], gives: [failed("OVERSIZE"), good] },
    {
      name: "without terminator, until silence",
      config: { terminator: "none" },
      line: ["1".repeat(600), "?%A?;8888000012?", 300, ";8888000020?"],
      gives: [failed("OVERSIZE"), next],
    },
    {
      name: "several cards without terminator are not one message",
      config: { terminator: "none", maxBytes: 20 },
      line: [";8888000012?;8888000020?"],
      gives: [good, next],
    },
  ]);
});

describe("a process that was held up", () => {
  /** Its time jumps; a timer goes off when the process gets round to it. */
  function makeBusyProcess() {
    const timers: (() => void)[] = [];
    const outcomes: CardOutcome[] = [];
    const process = { nowMs: 0 };
    const clock: Clock = {
      now: () => process.nowMs,
      after(_ms, callback) {
        timers.push(callback);
        return () => timers.splice(timers.indexOf(callback), 1);
      },
    };
    const framer = new MsrSerialFramer(msrSerialSettings.parse({}), clock, (outcome) => outcomes.push(outcome));
    return Object.assign(process, { framer, outcomes, runTimer: () => timers.shift()?.() });
  }

  it("reads on after a pause that was its own and not the reader's", () => {
    const process = makeBusyProcess();
    process.framer.data(Buffer.from(";88880"));
    process.nowMs = 900;
    process.runTimer();
    process.framer.data(Buffer.from("00012?\r"));
    expect(process.outcomes).toEqual([{ kind: "card", tracks: { 2: "8888000012" }, trackErrors: {} }]);
  });

  it("still gives up a card whose rest never comes", () => {
    const process = makeBusyProcess();
    process.framer.data(Buffer.from(";88880"));
    process.nowMs = 900;
    process.runTimer();
    process.nowMs = 1101;
    process.runTimer();
    expect(process.outcomes).toEqual([{ kind: "failure", code: "TRUNCATED" }]);
  });
});
