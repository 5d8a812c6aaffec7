import type Database from "better-sqlite3";

/**
 * Gives a connection the key of its file; comes before any other statement, on every connection.
 *
 * @param key 32 bytes
 */
export function unlock(sqlite: Database.Database, key: Uint8Array): void {
  sqlite.pragma("cipher='sqlcipher'");
  sqlite.pragma(`key="x'${Buffer.from(key).toString("hex")}'"`);
  // Sorting must not spill names into a file that is not encrypted.
  sqlite.pragma("temp_store = MEMORY");
}
