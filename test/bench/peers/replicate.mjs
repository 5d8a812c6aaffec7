// Copies documents from one PouchDB to another over HTTP on the loopback, each on its own LevelDB, and prints how fast: `replicate.mjs FOLDER`,
// which holds pushed.json and pulled.json, arrays of documents.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import express from "express";
import expressPouchDb from "express-pouchdb";
import PouchDB from "pouchdb";

const folder = process.argv[2] ?? "";
const documents = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const Served = PouchDB.defaults({ prefix: `${join(folder, "served")}-` });
const app = express();
app.use("/db", expressPouchDb(Served, { mode: "minimumForPouchDB", inMemoryConfig: true, logPath: join(folder, "peer.log") }));
const server = app.listen(0, "127.0.0.1");
await once(server, "listening");
const urlOf = (name) => `http://127.0.0.1:${server.address().port}/db/${name}`;

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
