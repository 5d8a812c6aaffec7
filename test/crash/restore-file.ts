import { restoreFile } from "#main/db/upkeep/restore.ts";
import { dataKey } from "./crash-station.ts";

/** Puts a copy in the place of a station's file: `restore-file.ts FROM TO`. */
const [, , from = "", to = ""] = process.argv;
restoreFile({ from, to, key: dataKey, atMs: 0 });
