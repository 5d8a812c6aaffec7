import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { Fault } from "#main/app/ports/fault.ts";
import { startWords } from "#main/shell/start-words.ts";

const source = (path: string): string => readFileSync(new URL(`../../../src-main/${path}`, import.meta.url), "utf8");
/** Every code with which opening a folder, a key or a database can end. */
const codes = new Set(
  ["db/faults.ts", "db/migrations.ts", "security/data-key.ts", "shell/owner-lock.ts"].flatMap((path) =>
    [...source(path).matchAll(/"((?:STORAGE|KEY|OWNED)_[A-Z_]+)"/g)].map(([, code = ""]) => code),
  ),
);

it("knows the codes it speaks about", () => {
  expect([...codes]).toEqual(expect.arrayContaining(["STORAGE_FULL", "STORAGE_NEWER", "KEY_EXPOSED", "OWNED_BY_ANOTHER"]));
});

it.each([...codes])("%s is explained to the person at the counter, in Chinese and in English", (code) => {
  const words = startWords(new Fault(code, { data: { pid: 12, writtenBy: "9.1.0" } }));
  expect(words?.zh).toMatch(/^\P{ASCII}.*。$|^station\.db.*。$/u);
  expect(words?.en).toMatch(/^[A-Zs].*\.$/);
  expect(`${words?.zh}${words?.en}`).not.toMatch(/[{}]/);
});

it("names the process, or the version, that the person has to look for", () => {
  expect(startWords(new Fault("OWNED_BY_ANOTHER", { data: { pid: 4711 } }))?.zh).toContain("4711");
  expect(startWords(new Fault("STORAGE_NEWER", { data: { writtenBy: "9.1.0" } }))?.en).toContain("9.1.0");
});

it("has no words for a mistake of ours", () => {
  expect(startWords(new Error("x is not a function"))).toBeUndefined();
});
