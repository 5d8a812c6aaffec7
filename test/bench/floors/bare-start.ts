import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Database from "better-sqlite3";

// `bare-start.ts FILE`, the key on the standard input: opens an encrypted database, answers over HTTP how many tables it has.
const [, , file = ""] = process.argv;
const key = readFileSync(0, "utf8").trim();
const sqlite = new Database(file, { readonly: true });
sqlite.pragma("cipher='sqlcipher'");
sqlite.pragma(`key="x'${key}'"`);
const tables = sqlite.prepare("SELECT count(*) FROM sqlite_master").pluck();
const server = createServer((_request, response) => response.end(String(tables.get())));
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
