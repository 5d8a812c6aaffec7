import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const keeper = fileURLToPath(new URL("keep-every-step.ts", import.meta.url));

/**
 * Runs a program once, and then looks at what a power cut at its first step towards the disk would have left, at its second, and so on:
 * each time the folder is again as it was at that step.
 *
 * @param program path of a TypeScript file that works in the folder
 * @param args its arguments
 * @returns how many steps there were
 * @throws Error when the program does not end well
 */
export async function cutAtEveryStep(
  { program, args, folder }: { readonly program: string; readonly args: readonly string[]; readonly folder: string },
  look: (step: number) => void | Promise<void>,
): Promise<number> {
  const copies = mkdtempSync(join(tmpdir(), "kept-steps-"));
  const child = spawn(process.execPath, ["--import", keeper, program, ...args], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, KEPT_FOLDER: folder, KEPT_STEPS: copies },
  });
  const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
  if (code !== 0) throw new Error(`the program ended with ${code ?? signal}`);
  let step = 0;
  while (existsSync(join(copies, String(step + 1)))) {
    step += 1;
    rmSync(folder, { recursive: true });
    renameSync(join(copies, String(step)), folder);
    await look(step);
  }
  return step;
}
