import { texts, type MessageKey } from "./catalogue.ts";

const has = (key: string): key is MessageKey => Object.hasOwn(texts, key);

/** @returns what an entry is, in people's words; an operation of a newer kind is an entry all the same */
export function entryWords(type: string): MessageKey {
  const key = `sync.type.${type}`;
  return has(key) ? key : "sync.type.other";
}

/** @returns why head office marked an entry and what to do; a code of a newer head office is told to whoever looks after it */
export function codeWords(code: string): MessageKey {
  const key = `sync.code.${code}`;
  return has(key) ? key : "sync.code.other";
}
