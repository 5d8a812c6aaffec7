import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const killer = fileURLToPath(new URL("die-at-step.ts", import.meta.url));
/** The machines that run this have at least two cores. */
const atOnce = 2;

/**
 * Runs a program again and again, each time on a fresh ground, and kills it at its first step towards the disk, its second, and so on
 * until it comes to its end.
 *
 * @param program path of a TypeScript file
 * @param lay makes the ground of one run and answers with the arguments of the program
 * @param look is called with the ground after each death
 * @returns how many steps there were
 */
export async function dieAtEveryStep<Ground extends { readonly args: readonly string[] }>(
  program: string,
  lay: (step: number) => Ground,
  look: (ground: Ground, step: number) => void | Promise<void>,
): Promise<number> {
  for (let first = 1; ; first += atOnce) {
    const steps = Array.from({ length: atOnce }, (_, i) => first + i);
    const survived = await Promise.all(
      steps.map(async (step) => {
        const ground = lay(step);
        const isAlive = await run(program, ground.args, step);
        if (!isAlive) await look(ground, step);
        return isAlive;
      }),
    );
    const last = survived.indexOf(true);
    if (last >= 0) return first + last - 1;
  }
}

async function run(program: string, args: readonly string[], step: number): Promise<boolean> {
  const child = spawn(process.execPath, ["--import", killer, program, ...args], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DIE_AT_STEP: String(step) },
  });
  const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
  if (code !== 0 && signal !== "SIGKILL") throw new Error(`step ${step}: the program ended by itself with ${code ?? signal}`);
  return code === 0;
}
