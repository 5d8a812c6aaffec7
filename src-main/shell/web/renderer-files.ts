import { readdirSync, readFileSync, type Dirent } from "node:fs";
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
 * Reads the built screens, some two megabytes, once, and before anybody is served: one file after the other is done in a tenth of the time
 * that handing each to another thread takes. What is not in the list does not exist for a page, however its path is written,
 * and a new build under a running counter does not mix with the old one.
 *
 * @throws Fault `SCREENS_NOT_BUILT` when there is no `index.html`
 */
export function readRendererFiles(folder: string): RendererFiles {
  const files = new Map<string, RendererFile>();
  // Links are neither files nor folders here, so nothing outside the folder gets in.
  for (const entry of entriesOf(folder)) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = file.slice(folder.length).replaceAll(sep, "/");
    files.set(path, { type: types[extname(entry.name)] ?? "application/octet-stream", body: readFileSync(file) });
  }
  const index = files.get("/index.html");
  if (!index) throw new Fault("SCREENS_NOT_BUILT", { message: `There are no built screens in ${folder}. Run: npm run build` });
  return files.set("/", index);
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    return [];
  }
}
