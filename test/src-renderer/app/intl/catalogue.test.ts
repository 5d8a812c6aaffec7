import { createIntl } from "react-intl";
import { describe, expect, it } from "vitest";
import { messagesIn, texts } from "../../../../src-renderer/app/intl/catalogue.ts";
import { locales } from "../../../../src-renderer/app/intl/locale.ts";

const sources = import.meta.glob<string>("../../../../src-renderer/**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });
const code = Object.entries(sources)
  .filter(([path]) => !path.endsWith("/texts.ts"))
  .map(([, source]) => source)
  .join("\n");

/** Names in braces of an ICU message, nested ones too. */
const argumentsOf = (message: string): string[] =>
  [...new Set([...message.matchAll(/\{(\w+)(?=[,}])/g)].map(([, name]) => name ?? ""))].toSorted();

/** Whether the code says the key, as a whole or with a part filled in at run time. */
const isUsed = (key: string): boolean => {
  if (code.includes(`"${key}"`)) return true;
  const parts = key.split(".");
  return parts.some((_, at) => code.includes(`\`${[...parts.slice(0, at), "${"].join(".")}`) && at > 0);
};

const keysWhere = (isFault: (key: string, zhCN: string, enUS: string) => boolean): string[] =>
  Object.entries(texts)
    .filter(([key, [zhCN, enUS]]) => isFault(key, zhCN, enUS))
    .map(([key]) => key);

/** These name the languages themselves, each in its own. */
const isLanguageName = (key: string): boolean => key.startsWith("shell.language") || key === "shell.help.language";

describe("the texts of the screens", () => {
  it("stand in both languages", () => {
    expect(keysWhere((_, zhCN, enUS) => zhCN.trim() === "" || enUS.trim() === "")).toEqual([]);
  });

  it("have no Chinese left in the English", () => {
    expect(keysWhere((key, _, enUS) => !isLanguageName(key) && /\p{Script=Han}/u.test(enUS))).toEqual([]);
  });

  it("name the same facts in both languages", () => {
    expect(keysWhere((_, zhCN, enUS) => argumentsOf(zhCN).join() !== argumentsOf(enUS).join())).toEqual([]);
  });

  it("are all shown somewhere", () => {
    expect(keysWhere((key) => !isUsed(key))).toEqual([]);
  });
});

it.each(locales)("every text of %s is a message that can be formatted", (locale) => {
  const faults: unknown[] = [];
  const messages = messagesIn(locale);
  const intl = createIntl({ locale, messages, onError: (fault) => faults.push(fault) });
  for (const [id, message] of Object.entries(messages)) {
    const values = Object.fromEntries(argumentsOf(message).map((name) => [name, 2]));
    expect(intl.formatMessage({ id }, values)).not.toBe("");
  }
  expect(faults).toEqual([]);
});
