import { describe, expect, it } from "vitest";
import { commandOf, isTakenFromBrowser, type KeyPress } from "../../../../src-renderer/app/keys/commands.ts";

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  ...more,
});

describe("keys of the counter", () => {
  it.each([
    ["F1", "help"],
    ["F2", "find"],
    ["F3", "issue"],
    ["F4", "award"],
    ["F5", "exchange"],
    ["F6", "redeem"],
    ["F7", "block"],
    ["F8", "void"],
    ["F9", "print"],
    ["F10", "lock"],
    ["Escape", "back"],
  ])("%s asks for %s and never reaches the browser", (key, command) => {
    expect(commandOf(press(key))).toBe(command);
    expect(isTakenFromBrowser(press(key))).toBe(true);
  });

  it("belong to the input method while it composes", () => {
    expect(commandOf(press("Escape", { isComposing: true }))).toBeUndefined();
    expect(commandOf(press("F8", { isComposing: true }))).toBeUndefined();
  });

  it("open the palette by Ctrl+K and by Cmd+K", () => {
    expect(commandOf(press("k", { code: "KeyK", ctrlKey: true }))).toBe("palette");
    expect(commandOf(press("k", { code: "KeyK", metaKey: true }))).toBe("palette");
  });

  it("go by the place of the key where Alt changes its letter", () => {
    expect(commandOf(press("π", { code: "KeyP", altKey: true }))).toBe("proposals");
    expect(commandOf(press("¡", { code: "Digit1", altKey: true }))).toBe("recent1");
  });

  it("leave typing alone", () => {
    expect(commandOf(press("1", { code: "Digit1" }))).toBeUndefined();
    expect(isTakenFromBrowser(press("a", { code: "KeyA" }))).toBe(false);
    expect(commandOf(press("k", { code: "KeyK" }))).toBeUndefined();
  });

  it("leave the browser its tools and its full screen", () => {
    expect(isTakenFromBrowser(press("F11"))).toBe(false);
    expect(isTakenFromBrowser(press("F12"))).toBe(false);
  });

  it("keep a function key from the browser that has no command", () => {
    expect(commandOf(press("F7", { shiftKey: true }))).toBeUndefined();
    expect(isTakenFromBrowser(press("F7", { shiftKey: true }))).toBe(true);
  });

  it("are others with a modifier", () => {
    expect(commandOf(press("F4", { altKey: true }))).toBeUndefined();
    expect(commandOf(press("F5", { ctrlKey: true }))).toBeUndefined();
  });
});
