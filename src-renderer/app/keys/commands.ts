/** What a key asks for, wherever the focus is. The legend at the bottom edge shows them; `docs/guide` explains them. */
export type Command =
  | "help"
  | "find"
  | "palette"
  | "issue"
  | "award"
  | "exchange"
  | "redeem"
  | "block"
  | "change"
  | "void"
  | "print"
  | "lock"
  | "signOut"
  | "proposals"
  | "lastScreen"
  | "practice"
  | "language"
  | "back"
  | `recent${1 | 2 | 3 | 4 | 5}`;

export type KeyPress = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "isComposing">;

const functionKeys: Readonly<Record<string, Command>> = {
  F1: "help",
  F2: "find",
  F3: "issue",
  F4: "award",
  F5: "exchange",
  F6: "redeem",
  F7: "block",
  F8: "void",
  F9: "print",
  F10: "lock",
};

/** By `code`, since Alt changes what `key` says on some keyboards. */
const altKeys: Readonly<Record<string, Command>> = {
  Digit1: "recent1",
  Digit2: "recent2",
  Digit3: "recent3",
  Digit4: "recent4",
  Digit5: "recent5",
  Digit0: "lastScreen",
  KeyE: "change",
  KeyP: "proposals",
  KeyS: "practice",
  KeyL: "language",
  KeyQ: "signOut",
};

/** @returns the command of a key press, or undefined for typing; while an input method composes, every key is its own */
export function commandOf(press: KeyPress): Command | undefined {
  if (press.isComposing) return undefined;
  const isPlain = !press.ctrlKey && !press.metaKey && !press.altKey && !press.shiftKey;
  if (isPlain) return press.key === "Escape" ? "back" : functionKeys[press.key];
  if ((press.ctrlKey || press.metaKey) && !press.altKey && !press.shiftKey) return press.code === "KeyK" ? "palette" : undefined;
  if (press.altKey && !press.ctrlKey && !press.metaKey && !press.shiftKey) return altKeys[press.code];
  return undefined;
}

/** F1 to F10 never do what the browser does with them (help, search, reload, caret mode, menu), even where they have no command. */
export const isTakenFromBrowser = (press: KeyPress): boolean => commandOf(press) !== undefined || /^F([1-9]|10)$/.test(press.key);
