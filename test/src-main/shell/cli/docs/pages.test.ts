import { describe, expect, it } from "vitest";
import { z } from "zod";
import { operationsPage, toldIn } from "#main/shell/cli/docs/operations-page.ts";
import { requirementsPage } from "#main/shell/cli/docs/requirements-page.ts";
import { declareOperation } from "#shared/domain/operations/declare.ts";

describe("the page of operations", () => {
  const noted = declareOperation({
    type: "note.write",
    version: 2,
    writtenBy: "station",
    isMoneyLike: true,
    data: z.strictObject({ noteId: z.uuid(), why: z.enum(["a", "b"]), lines: z.array(z.int()).optional(), until: z.iso.date().nullable() }),
    personal: z.strictObject({ salt: z.string() }),
    entity: () => ({ kind: "note", id: "" }),
    memberId: () => null,
    effects: () => [],
  });

  it("says of each type what its source says, who writes it and what it carries", () => {
    const source = `/** Not this. */ const x = 1;\n/**\n * Somebody wrote\n * a note.\n */\nexport const noteWrite = declareOperation({\n  type: "note.write",`;
    const page = operationsPage([noted], toldIn(source));
    expect(page).toContain("## `note.write`\n\nSomebody wrote a note.\n\nVersion 2, written by a station, money-like.\n");
    expect(page).toContain("| `noteId` | id |  |");
    expect(page).toContain("| `why` | `a` or `b` |  |");
    expect(page).toContain("| `lines` | list of whole number, may be left out |  |");
    expect(page).toContain("| `until` | date or null |  |");
    expect(page).toContain("| `salt` | text | personal |");
  });
});

describe("the page of requirements", () => {
  const catalogue =
    "# R\n\n## P - points\n\n| ID | Requirement |\n| --- | --- |\n| P-01 | One. |\n| P-02 | Two. |\n\n## X - other\n\n| X-01 | Three. |\n";
  const status = (...files: readonly [path: string, text: string][]): string =>
    requirementsPage(
      catalogue,
      files.map(([path, text]) => ({ path, text })),
    );

  it("shows nothing that nobody cites", () => {
    const page = status();
    expect(page).toContain("3 requirements: 0 shown, 0 partly, 0 begun, 3 open.");
    expect(page).toContain("## X - other");
    expect(page).toContain("| P-01 | open |  |  |");
  });

  it.each([
    ["begun", [["src-main/app/a.ts", "P-01"]]],
    ["begun", [["src-renderer/features/a.tsx", "P-01"]]],
    ["partly", [["test/src-main/a.test.ts", "P-01"]]],
    [
      "shown",
      [
        ["test/src-main/a.test.ts", "P-01"],
        ["src-renderer/features/a.tsx", "P-01"],
      ],
    ],
    ["shown", [["test/e2e/a.test.ts", "P-01"]]],
  ] as const)("says %s", (said, files) => {
    expect(status(...files.map(([path, text]) => [path, text] as [string, string]))).toContain(`| P-01 | ${said} |`);
  });

  it("takes P-011 for another thing", () => {
    expect(status(["test/e2e/a.test.ts", "P-011"])).toContain("| P-01 | open |");
  });
});
