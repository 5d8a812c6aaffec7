import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unapprovedDrops } from "./migration-drops.mjs";
import { root, toolScript } from "./project.mjs";
import { environment, runAside } from "./run.mjs";

const folders = ["src-main", "src-renderer", "src-server", "src-shared", "test"];

/** Each is given a way to run an installed tool under the pinned Node, and that Node. */
const checks = {
  types: (tool) => tool("typescript", ["--build", "--noEmit"]),
  "lint and layers": (tool) => tool("oxlint", ["--type-aware", "--deny-warnings", ...folders]),
  format: (tool) => tool("oxfmt", ["--check", ...folders, "*.config.ts"]),
  "dead code": (tool) => tool("knip", ["--no-progress", "--no-config-hints"]),
  "branch migrations": (tool) => migrationsAreComplete(tool, "branch"),
  "head-office migrations": (tool) => migrationsAreComplete(tool, "head-office"),
  "dropped tables": async () => nothingIsDropped(),
  "generated pages": (_tool, node) => runAside(node, [join(root, "src-main/shell/cli/docs.ts"), "--check"], { env: environment(node) }),
};

/**
 * Runs every check, beside each other, and prints a line for each and what the failing ones complain about.
 *
 * @returns the names of those that failed
 */
export async function runChecks(node) {
  const outcomes = Object.entries(checks).map(async ([name, check]) => {
    const tool = (packageName, args, env) => runAside(node, [toolScript(packageName), ...args], { env: environment(node, env) });
    const { code, output } = await check(tool, node);
    console.log(code === 0 ? `ok      ${name}` : `FAILED  ${name}\n${output.trimEnd()}`);
    return code === 0 ? [] : [name];
  });
  return (await Promise.all(outcomes)).flat();
}

/** Generates migrations in a copy of the folder: one that appears there is a change of the schema that nobody generated. */
async function migrationsAreComplete(tool, name) {
  const copies = mkdtempSync(join(tmpdir(), "migrations-"));
  const copy = join(copies, name);
  try {
    const committed = join(root, "drizzle", name);
    if (existsSync(committed)) cpSync(committed, copy, { recursive: true });
    const before = listed(copy);
    const generated = await tool("drizzle-kit", ["generate", "--config", `drizzle.${name}.config.ts`], { COUNTERFOIL_MIGRATIONS: copies });
    if (generated.code !== 0) return generated;
    const added = listed(copy).filter((entry) => !before.includes(entry));
    if (added.length === 0) return generated;
    return { code: 1, output: `The schema has changes without a migration (${added.join(", ")}): run npm run db:generate.` };
  } finally {
    rmSync(copies, { recursive: true, force: true });
  }
}

function nothingIsDropped() {
  const complaints = unapprovedDrops(join(root, "drizzle"));
  return { code: complaints.length === 0 ? 0 : 1, output: complaints.join("\n") };
}

function listed(folder) {
  return existsSync(folder) ? readdirSync(folder) : [];
}
