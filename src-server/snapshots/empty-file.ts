import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import Database from "better-sqlite3";
import { pageBytes, pageReserve } from "#shared/contracts/sync/snapshot.ts";

/** Where the header of a file, and then that of its first page, say how much of each page is used. */
const reserveAt = 20;
const contentStartAt = 105;

/**
 * Makes an empty database, for its owner alone, that leaves the end of each page free. SQLite reads how much from the header and keeps it for good, and
 * has no statement to say it: the one page of an empty file is written with it.
 *
 * @see https://www.sqlite.org/fileformat2.html#the_database_header
 */
export function makeEmptyFile(file: string): void {
  closeSync(openSync(file, "wx", 0o600));
  const sqlite = new Database(file);
  try {
    sqlite.pragma(`page_size = ${pageBytes}`);
    // Writes the first page.
    sqlite.exec("VACUUM");
  } finally {
    sqlite.close();
  }
  const page = readFileSync(file);
  page[reserveAt] = pageReserve;
  page.writeUInt16BE(pageBytes - pageReserve, contentStartAt);
  const opened = openSync(file, "r+");
  try {
    writeSync(opened, page);
  } finally {
    closeSync(opened);
  }
  rmSync(`${file}-journal`, { force: true });
}
