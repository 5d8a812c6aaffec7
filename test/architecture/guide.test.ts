import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "#test/architecture/planted-project.ts";

const pages = globSync(["*.md", "docs/**/*.md"], { cwd: projectRoot });
const read = (page: string): string => readFileSync(join(projectRoot, page), "utf8");
/** What a page leads to, without the heading behind `#`, as seen from the root. */
const targetsOf = (page: string): string[] =>
  [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target = ""]) => join(dirname(page), target));

/** The bones of a page: level of each heading, rows of tables, pictures and programs, in their order. */
const bonesOf = (page: string): string[] =>
  read(page)
    .split("\n")
    .flatMap((line) => /^(#+ |!\[|\||```|\d\. |- )/.exec(line)?.[0] ?? []);

/** What GitHub makes of a heading, to be named behind `#`. */
const anchorsOf = (page: string): string[] =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, "")
      .replaceAll(" ", "-"),
  );

describe("the pages for people", () => {
  it("lead to files that are there", () => {
    const lost = pages.flatMap((page) =>
      targetsOf(page)
        .filter((target) => !existsSync(join(projectRoot, target)))
        .map((to) => `${page}: ${to}`),
    );
    expect(lost).toEqual([]);
  });

  it("show every picture that is kept", () => {
    const shown = new Set(pages.flatMap(targetsOf));
    const kept = globSync("docs/images/*", { cwd: projectRoot });
    expect(kept.length).toBeGreaterThan(40);
    expect(kept.filter((picture) => !shown.has(picture))).toEqual([]);
  });
});

describe("the guide", () => {
  const english = globSync("docs/guide/*.md", { cwd: projectRoot }).filter((page) => !page.endsWith(".zh-CN.md"));
  const chineseOf = (page: string): string => page.replace(/\.md$/, ".zh-CN.md");

  it("has a page for each kind of reader", () => {
    expect(english.map((page) => basename(page)).toSorted()).toEqual(["README.md", "administrator.md", "counter.md", "manager.md"]);
  });

  it.each(english.map((page) => relative("docs/guide", page)))("says the same in both languages, in the same order: %s", (name) => {
    const page = join("docs/guide", name);
    expect(bonesOf(chineseOf(page))).toEqual(bonesOf(page));
    const inChinese = targetsOf(page).map((target) => target.replace("en-US", "zh-CN"));
    const pictures = (targets: readonly string[]): readonly string[] => targets.filter((target) => target.endsWith(".png"));
    expect(pictures(targetsOf(chineseOf(page)))).toEqual(pictures(inChinese));
  });

  it("leads to headings that are there", () => {
    const all = globSync("docs/guide/*.md", { cwd: projectRoot });
    const lost = all.flatMap((page) =>
      [...read(page).matchAll(/\]\(([^)#\s]+\.md)#([^)]+)\)/g)]
        .filter(([, target = "", anchor = ""]) => !anchorsOf(join(dirname(page), target)).includes(anchor))
        .map(([link]) => `${page}: ${link}`),
    );
    expect(lost).toEqual([]);
  });
});
