import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * All temporary folders of a run lie in one, which goes when the run ends: tests make many stations and none is to be found afterwards.
 * The programs that tests start leave there what they compiled, too: there are over a hundred starts, and reading the same sources anew
 * was half of each.
 */
export default function setUp(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "cf-"));
  const outer = { TMPDIR: process.env["TMPDIR"], NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] };
  Object.assign(process.env, { TMPDIR: folder, NODE_COMPILE_CACHE: join(folder, "compiled") });
  return () => {
    for (const [name, value] of Object.entries(outer)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
}
