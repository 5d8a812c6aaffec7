import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { operationTypes } from "#shared/domain/operations/effects-of.ts";
import { operationsPage, toldIn } from "./docs/operations-page.ts";
import { requirementsPage, type CitingFile } from "./docs/requirements-page.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Files below a folder of the repository whose names end so, by their paths from the root. */
function filesBelow(folder: string, ...ends: readonly string[]): readonly CitingFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((path) => ends.some((end) => path.endsWith(end)))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

/** The pages that are made from the sources, by their paths. */
function pages(): Readonly<Record<string, string>> {
  const declaring = filesBelow("src-shared/domain", "ops.ts");
  const citing = [
    ...filesBelow("test", ".test.ts"),
    ...["src-shared", "src-main", "src-renderer", "src-server"].flatMap((folder) => filesBelow(folder, ".ts", ".tsx")),
  ];
  return {
    "docs/operations.md": operationsPage(
      operationTypes,
      declaring.flatMap(({ text }) => toldIn(text)),
    ),
    "docs/requirements-status.md": requirementsPage(readFileSync(join(root, "docs/requirements.md"), "utf8"), citing),
  };
}

/** `docs [--check]`: writes the pages that are made from the sources, or says which of them are not what the sources say. */
function main(): number {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  const stale = Object.entries(pages()).filter(([path, text]) => !isAt(path, text));
  if (!values.check) for (const [path, text] of stale) writeFileSync(join(root, path), text);
  for (const [path] of stale) console.log(values.check ? `${path} is not what the sources say: npm run docs` : `wrote ${path}`);
  return values.check && stale.length > 0 ? 1 : 0;
}

function isAt(path: string, text: string): boolean {
  try {
    return readFileSync(join(root, path), "utf8") === text;
  } catch {
    return false; // Never made.
  }
}

process.exitCode = main();
