import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "#test/architecture/planted-project.ts";

const patterns = ["*", ".*rc.json", ".git*", ".npmrc", ".ci/*", "{src-*,test,docs,drizzle}/**/*"];
const texts = globSync(patterns, { cwd: projectRoot, withFileTypes: true })
  .filter((entry) => entry.isFile() && !/\.(png|ico|icns)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ path, text: readFileSync(path, "utf8") }));

/** The files in which the pattern occurs. The patterns below are written so that they do not match themselves. */
const filesWith = (pattern: RegExp, among = texts) => among.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

describe("house rules", () => {
  it("reads the files it speaks about", () => {
    for (const name of ["package.json", "package-lock.json", ".npmrc", join("test", "reporter.ts")]) {
      expect(texts.map(({ path }) => path)).toContain(join(projectRoot, name));
    }
  });

  it("installs from whichever registry the person has configured: no file names one", () => {
    expect(filesWith(/registry[.](npmjs|yarnpkg|npmmirror)|npmmirror[.]com|pkg[.]github[.]com|"resolve[d]":/)).toEqual([]);
  });

  it("depends on no folder of the computer it was written on", () => {
    expect(filesWith(/[/]work[/](main|shared)/)).toEqual([]);
  });

  it("silences no check and leaves nothing for later", () => {
    const code = texts.filter(({ path }) => /\.(ts|tsx|mjs|css|json)$/.test(path) && !path.endsWith("package-lock.json"));
    expect(filesWith(/(oxlint|eslint)-disabl[e]|@ts-(ignor|expect-erro|nochec)|\b(TOD[O]|FIXM[E]|XX[X])\b/, code)).toEqual([]);
  });

  it("has every folder that an import alias names, and every import through an alias leads to a file", () => {
    const { imports } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as { imports: Record<string, string> };
    for (const target of Object.values(imports)) expect(existsSync(join(projectRoot, target.replace("/*", "")))).toBe(true);

    const lost = texts
      .filter(({ path }) => /\.tsx?$/.test(path) && !path.includes(join("test", "architecture")))
      .flatMap(({ path, text }) => [...text.matchAll(/from "(#\w+\/[^"]+)"/g)].map(([, specifier = ""]) => ({ path, specifier })))
      .filter(({ specifier }) => {
        const alias = `${specifier.split("/")[0]}/*`;
        const target = imports[alias]?.replace("*", specifier.slice(alias.length - 1));
        return target === undefined || !existsSync(join(projectRoot, target));
      });
    expect(lost).toEqual([]);
  });

  it("pins every dependency to one version", () => {
    const manifest = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as Record<
      string,
      Record<string, string> | undefined
    >;
    const ranges = ["dependencies", "devDependencies", "optionalDependencies"]
      .flatMap((group) => Object.entries(manifest[group] ?? {}))
      .filter(([, version]) => !/^(npm:[\w-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
    expect(ranges).toEqual([]);
  });

  it("says in docs/errors.md what to do about every code that a program ends with or judges by", () => {
    const named = [
      { in: /src-server.app.operations.codes\.ts$/, as: /"([A-Z]+(?:_[A-Z]+)+)"/g },
      { in: /src-main.db.faults\.ts$/, as: /"(STORAGE_[A-Z_]+)"/g },
      {
        in: /src-(main|server).*\.ts$/,
        as: /(?:super|(?:Fault|Failure)\((?:\{ code: )?|exitCodes\.\w+, |\bfail\()\(?"([A-Z]+(?:_[A-Z]+)*)"/g,
      },
    ];
    const codes = named.flatMap(({ in: place, as }) =>
      texts.filter(({ path }) => place.test(path)).flatMap(({ text }) => [...text.matchAll(as)].map(([, code = ""]) => code)),
    );
    expect(codes).toEqual(
      expect.arrayContaining(["APPROVAL_BYPASSED", "STORAGE_BUSY", "OWNED_BY_ANOTHER", "PASSWORD_MISSING", "KEY_MISSING"]),
    );
    const page = readFileSync(join(projectRoot, "docs/errors.md"), "utf8");
    expect([...new Set(codes)].filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
  });
});
