import { afterEach, expect, it } from "vitest";
import { plantProject, type PlantedProject } from "#test/architecture/planted-project.ts";

let project: PlantedProject;

afterEach(() => project.remove());

/** The compiler finds nothing kept from an earlier run in a planted project, and shares the computer with all other suites. */
const coldCompilerMs = 60_000;

const sound = "export const twice = (points: number): number => points * 2;\n";

it(
  "complains about a wrong type, and about one that is only wrong under the strict rules",
  async () => {
    project = plantProject({
      "src-shared/std/sound.ts": sound,
      "src-shared/std/wrong.ts": 'export const points: number = "7";\n',
      "src-shared/std/unchecked-index.ts": "export const first = (all: string[]): string => all[0];\n",
      "src-shared/std/not-erasable.ts": "export enum Tier {\n  Gold,\n}\n",
      "src-renderer/app/wrong.ts": "export const width: string = window.innerWidth;\n",
    });
    const { exitCode, output } = await project.run("typescript/bin/tsc", "--build", "--noEmit");
    expect(exitCode).toBe(1);
    expect(output).not.toContain("sound.ts");
    for (const file of ["wrong.ts", "unchecked-index.ts", "not-erasable.ts", "src-renderer/app/wrong.ts"]) expect(output).toContain(file);
  },
  coldCompilerMs,
);

it("complains about a file that is not formatted", async () => {
  project = plantProject({ "src-shared/std/sound.ts": sound, "src-shared/std/crooked.ts": "export const   a = 'a'" });
  const { exitCode, output } = await project.run("oxfmt/bin/oxfmt", "--check", "src-shared");
  expect(exitCode).toBe(1);
  expect(output).toContain("crooked.ts");
  expect(output).not.toContain("sound.ts");
});

it("complains about a file and an export that nobody uses", async () => {
  project = plantProject({
    "src-server/main.ts": 'import { used } from "#server/app/used.ts";\nused();\n',
    "src-server/app/used.ts": "export const used = (): number => 1;\nexport const forgotten = (): number => 2;\n",
    "src-server/app/dead.ts": sound,
  });
  const { exitCode, output } = await project.run("knip/bin/knip.js", "--no-progress", "--no-config-hints", "--include", "files,exports");
  expect(exitCode).toBe(1);
  expect(output).toContain("src-server/app/dead.ts");
  expect(output).toContain("forgotten");
  expect(output).not.toContain("src-server/main.ts");
});
