// Copies documents from one PouchDB to another in another process, over HTTP on the loopback, each on its own LevelDB, and prints how fast:
// `replicate.mjs FOLDER`, which holds pushed.json and pulled.json, arrays of documents.
import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import PouchDB from "pouchdb";

const folder = process.argv[2] ?? "";
const documents = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const [home] = await once(fork(fileURLToPath(new URL("serve.mjs", import.meta.url)), [folder]), "message");
const urlOf = (name) => home + name;

async function rateOf(replication, count) {
  const startMs = performance.now();
  const { ok, docs_written: written } = await replication();
  if (!ok || written !== count) throw new Error(`${written} of ${count} documents arrived`);
  return (count / (performance.now() - startMs)) * 1_000;
}

const pushed = documents("pushed.json");
const here = new PouchDB(join(folder, "here"));
await here.bulkDocs(pushed);
const pushedPerSecond = await rateOf(() => here.replicate.to(urlOf("pushed"), { batch_size: 500 }), pushed.length);

const pulled = documents("pulled.json");
await new PouchDB(urlOf("pulled")).bulkDocs(pulled);
const there = new PouchDB(join(folder, "there"));
const pulledPerSecond = await rateOf(() => there.replicate.from(urlOf("pulled"), { batch_size: 500 }), pulled.length);

console.log(JSON.stringify({ pushedPerSecond, pulledPerSecond }));
process.exit();
