import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plantProject, type PlantedProject } from "#test/architecture/planted-project.ts";

type Planted = { readonly path: string; readonly source: string };
type Diagnostic = { readonly filename: string; readonly code: string; readonly message: string; readonly help?: string };
type Violation = Planted & { readonly complaint: RegExp };

const importing = (specifier: string) => `import * as it from "${specifier}";\nexport const kept = it;\n`;
const lines = (...text: readonly string[]) => `${text.join("\n")}\n`;

/** Each file breaks one rule, and is told where to go instead. */
const violations: readonly Violation[] = [
  { path: "src-shared/std/asks-domain.ts", source: importing("#shared/domain/cards/card.ts"), complaint: /imports only itself/ },
  {
    path: "src-shared/domain/cards/asks-contract.ts",
    source: importing("#shared/contracts/cards.ts"),
    complaint: /Facts come in as arguments/,
  },
  { path: "src-shared/domain/cards/asks-node.ts", source: importing("node:fs"), complaint: /Facts come in as arguments/ },
  { path: "src-shared/domain/cards/asks-library.ts", source: importing("dayjs"), complaint: /Facts come in as arguments/ },
  { path: "src-shared/domain/cards/climbs.ts", source: importing("../../contracts/cards.ts"), complaint: /Facts come in as arguments/ },
  { path: "src-shared/domain/cards/has-date.ts", source: "export const day = new Date(0).getDay();\n", complaint: /no clock and no Date/ },
  { path: "src-shared/domain/cards/rolls-dice.ts", source: "export const luck = Math.random();\n", complaint: /Randomness is asked for/ },
  { path: "src-shared/domain/cards/waits.ts", source: "setTimeout(() => undefined, 1);\nexport {};\n", complaint: /do not wait/ },
  { path: "src-shared/domain/cards/mints-id.ts", source: "export const id = crypto.randomUUID();\n", complaint: /Ids.* asked for/ },
  { path: "src-shared/domain/climbs-out.ts", source: importing("../../src-main/main.ts"), complaint: /Facts come in as arguments/ },
  { path: "src-shared/contracts/climbs-out.ts", source: importing("../../src-main/main.ts"), complaint: /both shells/ },
  { path: "src-shared/contracts/asks-server.ts", source: importing("@orpc/server"), complaint: /every process and both shells/ },
  { path: "src-shared/contracts/asks-main.ts", source: importing("#main/app/ports/clock.ts"), complaint: /every process and both shells/ },
  { path: "src-shared/contracts/tells-time.ts", source: "export const at = Date.now();\n", complaint: /Time is asked for/ },
  { path: "src-main/app/cards/asks-db.ts", source: importing("#main/db/open.ts"), complaint: /ask for a port; main\.ts hands it in/ },
  { path: "src-main/app/cards/asks-devices.ts", source: importing("#main/devices/reader.ts"), complaint: /ask for a port/ },
  { path: "src-main/app/cards/asks-shell.ts", source: importing("#main/shell/web/serve.ts"), complaint: /ask for a port/ },
  { path: "src-main/app/cards/asks-electron.ts", source: importing("electron"), complaint: /ask for a port/ },
  { path: "src-main/app/cards/asks-serialport.ts", source: importing("serialport"), complaint: /ask for a port/ },
  { path: "src-main/app/cards/asks-sqlite.ts", source: importing("better-sqlite3"), complaint: /ask for a port/ },
  { path: "src-main/app/cards/asks-drizzle.ts", source: importing("drizzle-orm/better-sqlite3"), complaint: /ask for a port/ },
  { path: "src-main/app/cards/asks-orpc.ts", source: importing("@orpc/server"), complaint: /ask for a port/ },
  { path: "src-main/app/cards/asks-disk.ts", source: importing("node:fs"), complaint: /ask for a port/ },
  { path: "src-main/app/cards/climbs.ts", source: importing("../../db/open.ts"), complaint: /ask for a port/ },
  {
    path: "src-main/app/cards/asks-lazily.ts",
    source: `export const db = await import("#main/db/open.ts");\n`,
    complaint: /ask for a port/,
  },
  { path: "src-main/app/cards/tells-time.ts", source: "export const at = Date.now();\n", complaint: /use the clock port/ },
  { path: "src-main/app/cards/reaches-out.ts", source: `export const page = fetch("/");\n`, complaint: /do not reach the network/ },
  {
    path: "src-main/app/cards/mints-id.ts",
    source: lines(`import { randomUUID } from "node:crypto";`, "export const id = randomUUID();"),
    complaint: /randomness are asked for/,
  },
  { path: "src-main/sync/rolls-dice.ts", source: "export const luck = Math.random();\n", complaint: /its own dice/ },
  { path: "src-main/db/waits.ts", source: "setTimeout(() => undefined, 1);\nexport {};\n", complaint: /its own time/ },
  { path: "src-server/app/tells-time.ts", source: "export const at = Date.now();\n", complaint: /its own time/ },
  { path: "src-main/db/asks-sync.ts", source: importing("#main/sync/push.ts"), complaint: /knows its port, not its neighbours/ },
  { path: "src-main/db/asks-electron.ts", source: importing("electron"), complaint: /that shell hands it in/ },
  { path: "src-main/devices/asks-db.ts", source: importing("#main/db/open.ts"), complaint: /knows its port, not its neighbours/ },
  { path: "src-main/devices/climbs.ts", source: importing("../db/open.ts"), complaint: /knows its port, not its neighbours/ },
  { path: "src-main/sync/asks-api.ts", source: importing("#main/api/router.ts"), complaint: /knows its port, not its neighbours/ },
  { path: "src-main/security/asks-db.ts", source: importing("#main/db/open.ts"), complaint: /knows its port, not its neighbours/ },
  { path: "src-main/api/asks-db.ts", source: importing("#main/db/open.ts"), complaint: /knows its port, not its neighbours/ },
  { path: "src-main/api/asks-shell.ts", source: importing("#main/shell/web/serve.ts"), complaint: /knows its port, not its neighbours/ },
  { path: "src-main/api/asks-composition.ts", source: importing("#main/main.ts"), complaint: /knows its port, not its neighbours/ },
  { path: "src-main/mirror/asks-db.ts", source: importing("#main/db/open-database.ts"), complaint: /knows its port, not its neighbours/ },
  { path: "src-main/mirror/asks-sqlite.ts", source: importing("better-sqlite3"), complaint: /is another adapter's/ },
  { path: "src-main/sync/asks-orpc.ts", source: importing("@orpc/client"), complaint: /oRPC stays in contracts/ },
  { path: "src-main/shell/web/asks-electron.ts", source: importing("electron"), complaint: /everything else must run without it/ },
  { path: "src-main/shell/cli/asks-server.ts", source: importing("#server/main.ts"), complaint: /speaks to it over the wire/ },
  { path: "src-main/main.ts", source: importing("electron"), complaint: /src-main\/shell\/electron/ },
  { path: "src-server/app/asks-main.ts", source: importing("#main/app/ports/clock.ts"), complaint: /share src-shared/ },
  { path: "src-server/app/climbs.ts", source: importing("../../src-main/app/ports/clock.ts"), complaint: /share src-shared/ },
  { path: "src-server/db/asks-sqlite.ts", source: importing("better-sqlite3"), complaint: /no station\.db/ },
  { path: "src-server/http/asks-orpc.ts", source: importing("@orpc/server"), complaint: /oRPC stays in/ },
  { path: "src-server/app/asks-db.ts", source: importing("#server/db/schema.ts"), complaint: /ask for a port/ },
  { path: "src-server/app/asks-postgres.ts", source: importing("pg"), complaint: /known to src-server\/db alone/ },
  { path: "src-server/app/asks-http.ts", source: importing("hono"), complaint: /known to src-server\/http alone/ },
  { path: "src-server/http/asks-db.ts", source: importing("../db/schema.ts"), complaint: /not its neighbours/ },
  { path: "src-server/db/asks-http.ts", source: importing("#server/http/serve.ts"), complaint: /not its neighbours/ },
  { path: "src-server/http/asks-releases.ts", source: importing("#server/releases/add.ts"), complaint: /not its neighbours/ },
  { path: "src-server/releases/asks-http.ts", source: importing("hono"), complaint: /HTTP is known/ },
  { path: "src-server/snapshots/asks-postgres.ts", source: importing("pg"), complaint: /known to src-server\/db alone/ },
  { path: "src-server/snapshots/asks-main.ts", source: importing("#main/db/unlock.ts"), complaint: /share src-shared/ },
  { path: "src-server/api/asks-db.ts", source: importing("#server/db/schema.ts"), complaint: /not its neighbours/ },
  { path: "src-renderer/app/asks-main.ts", source: importing("#main/main.ts"), complaint: /runs in a sandbox/ },
  { path: "src-renderer/app/asks-node.ts", source: importing("node:fs"), complaint: /runs in a sandbox/ },
  { path: "src-renderer/app/asks-electron.ts", source: importing("electron"), complaint: /runs in a sandbox/ },
  { path: "src-renderer/app/asks-orpc.ts", source: importing("@orpc/client"), complaint: /Only src-renderer\/app\/client\.ts/ },
  { path: "src-renderer/app/asks-server.ts", source: importing("../../src-server/main.ts"), complaint: /runs in a sandbox/ },
  { path: "src-renderer/ui/asks-feature.ts", source: importing("../features/journal/list.ts"), complaint: /without business words/ },
  { path: "src-renderer/ui/asks-domain.ts", source: importing("#shared/domain/cards/card.ts"), complaint: /without business words/ },
  {
    path: "src-renderer/features/find/asks-journal.ts",
    source: importing("../journal/list.ts"),
    complaint: /Features do not import each other/,
  },
  {
    path: "src-renderer/features/find/hooks/asks.ts",
    source: importing("../../journal/list.ts"),
    complaint: /Features do not import each other/,
  },
  { path: "src-renderer/features/find/asks-node.ts", source: importing("node:fs"), complaint: /runs in a sandbox/ },
  { path: "src-renderer/features/find/asks-orpc.ts", source: importing("@orpc/client"), complaint: /Only src-renderer\/app\/client\.ts/ },

  {
    path: "src-main/db/turns/first.ts",
    source: lines(`import { b } from "./second.ts";`, "export const a = (): number => b();"),
    complaint: /no-cycle/,
  },
  {
    path: "src-main/db/turns/second.ts",
    source: lines(`import { a } from "./first.ts";`, "export const b = (): number => a();"),
    complaint: /no-cycle/,
  },
  { path: "src-main/db/anything.ts", source: "export const kept = (it: any) => it;\n", complaint: /no-explicit-any/ },
  {
    path: "src-main/db/floating.ts",
    source: lines("const later = async () => 1;", "export function now() {", "  later();", "}"),
    complaint: /no-floating-promises/,
  },
  {
    path: "src-main/db/half-a-switch.ts",
    source: lines(
      `export function paid(how: "cash" | "card") {`,
      "  switch (how) {",
      `    case "cash":`,
      "      return 1;",
      "  }",
      "  return 0;",
      "}",
    ),
    complaint: /switch-exhaustiveness-check/,
  },
  {
    path: "test/src-main/focused.test.ts",
    source: lines(`import { expect, it } from "vitest";`, `it.only("adds", () => expect(1 + 1).toBe(2));`),
    complaint: /no-focused-tests/,
  },
  {
    path: "test/src-main/skipped.test.ts",
    source: lines(`import { expect, it } from "vitest";`, `it.skip("adds", () => expect(1 + 1).toBe(2));`),
    complaint: /no-disabled-tests/,
  },
  {
    path: "test/src-main/asserts-nothing.test.ts",
    source: lines(`import { it } from "vitest";`, `it("adds", () => {`, "  void (1 + 1);", "});"),
    complaint: /expect-expect/,
  },
];

/** The neighbours of the violations that are allowed: a rule that refuses everything would pass the list above. */
const allowed: readonly Planted[] = [
  { path: "src-shared/domain/cards/card.ts", source: importing("#shared/std/result.ts") },
  { path: "src-shared/domain/cards/beside.ts", source: importing("./card.ts") },
  { path: "src-shared/domain/cards/schema.ts", source: importing("zod") },
  { path: "src-shared/contracts/cards.ts", source: importing("@orpc/contract") },
  { path: "src-main/app/ports/clock.ts", source: importing("#shared/domain/cards/card.ts") },
  { path: "src-main/app/cards/block.ts", source: importing("#main/app/ports/clock.ts") },
  { path: "src-main/db/open.ts", source: importing("better-sqlite3") },
  { path: "src-main/db/adapter.ts", source: importing("#main/app/ports/clock.ts") },
  { path: "src-main/db/stores/cards.ts", source: importing("../open.ts") },
  { path: "src-main/devices/reader.ts", source: importing("serialport") },
  { path: "src-main/api/router.ts", source: importing("@orpc/server") },
  { path: "src-main/shell/web/serve.ts", source: importing("#main/db/open.ts") },
  { path: "src-main/shell/electron/window.ts", source: importing("electron") },
  { path: "src-server/app/receive.ts", source: importing("#shared/domain/cards/card.ts") },
  { path: "src-server/db/schema.ts", source: importing("drizzle-orm/pg-core") },
  { path: "src-server/http/serve.ts", source: importing("hono") },
  { path: "src-server/cli/serve.ts", source: importing("#server/http/serve.ts") },
  { path: "src-server/api/router.ts", source: importing("@orpc/server") },
  { path: "src-server/releases/folder.ts", source: importing("#server/app/releases/staging.ts") },
  { path: "src-server/snapshots/file.ts", source: importing("better-sqlite3") },
  { path: "src-renderer/app/client.ts", source: importing("@orpc/client") },
  { path: "src-renderer/app/routes.ts", source: importing("../features/journal/list.ts") },
  { path: "src-renderer/features/journal/list.ts", source: importing("../../ui/button.ts") },
  { path: "src-renderer/features/journal/hooks/use-list.ts", source: importing("../list.ts") },
];

describe("layers and safety nets", () => {
  let project: PlantedProject;
  let complaintsIn: ReadonlyMap<string, readonly Diagnostic[]>;

  beforeAll(async () => {
    project = plantProject(Object.fromEntries([...violations, ...allowed].map(({ path, source }) => [path, source])));
    const { output } = await project.run(
      "oxlint/bin/oxlint",
      "--type-aware",
      "--format",
      "json",
      "src-main",
      "src-renderer",
      "src-server",
      "src-shared",
      "test",
    );
    const { diagnostics } = JSON.parse(output) as { diagnostics: Diagnostic[] };
    complaintsIn = new Map(Map.groupBy(diagnostics, ({ filename }) => filename.replaceAll("\\", "/")));
  });

  afterAll(() => project.remove());

  it.each(violations)("refuses $path", ({ path, complaint }) => {
    const complaints = complaintsIn.get(path) ?? [];
    expect(complaints.map(({ code, message, help }) => `${code} ${message} ${help ?? ""}`).join("\n")).toMatch(complaint);
  });

  it.each(allowed)("allows $path", ({ path }) => {
    expect(complaintsIn.get(path)).toBeUndefined();
  });
});
