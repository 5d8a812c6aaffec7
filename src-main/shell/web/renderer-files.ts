import { readdir, readFile } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { Fault } from "#main/app/ports/fault.ts";

type RendererFile = { readonly type: string; readonly body: Buffer<ArrayBuffer> };
/** The built screens by the path under which a page asks for them, such as `/assets/index-4f2c.js`. */
export type RendererFiles = ReadonlyMap<string, RendererFile>;

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/**
 * Reads the built screens, some two megabytes, once. What is not in the list does not exist for a page, however its path is written,
 * and a new build under a running counter does not mix with the old one.
 *
 * @throws Fault `SCREENS_NOT_BUILT` when there is no `index.html`
 */
export async function readRendererFiles(folder: string): Promise<RendererFiles> {
  const files = new Map<string, RendererFile>();
  // Links are neither files nor folders here, so nothing outside the folder gets in.
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = file.slice(folder.length).replaceAll(sep, "/");
    files.set(path, { type: types[extname(entry.name)] ?? "application/octet-stream", body: await readFile(file) });
  }
  const index = files.get("/index.html");
  if (!index) throw new Fault("SCREENS_NOT_BUILT", { message: `There are no built screens in ${folder}. Run: npm run build` });
  return files.set("/", index);
}
