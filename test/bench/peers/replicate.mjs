// Copies documents from one PouchDB to another in another process, over HTTP on the loopback, each on its own LevelDB: `replicate.mjs FOLDER`.
// Forked; for each message `{ way: "push" | "pull", file }`, the file an array of documents, it answers how many arrived a second. Each time
// from and to databases of their own, in the same two processes, so that only the first time is their code not warm.
import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import PouchDB from "pouchdb";

const folder = process.argv[2] ?? "";
// As many at once as a station hands over when all goes well.
const batches = { batch_size: 1_000 };
const served = fork(fileURLToPath(new URL("serve.mjs", import.meta.url)), [folder]);
const [home] = await once(served, "message");
let times = 0;

async function rateOf(replication, count) {
  const startMs = performance.now();
  const { ok, docs_written: written } = await replication();
  if (!ok || written !== count) throw new Error(`${written} of ${count} documents arrived`);
  return (count / (performance.now() - startMs)) * 1_000;
}

async function measure({ way, file }) {
  const documents = JSON.parse(readFileSync(file, "utf8"));
  times += 1;
  const here = new PouchDB(join(folder, `here-${times}`));
  const there = new PouchDB(`${home}there-${times}`);
  await (way === "push" ? here : there).bulkDocs(documents);
  const rate = await rateOf(
    () => (way === "push" ? here.replicate.to(there, batches) : here.replicate.from(there, batches)),
    documents.length,
  );
  await here.close();
  return rate;
}

process.on("message", (asked) => void measure(asked).then((rate) => process.send(rate)));
process.once("disconnect", () => {
  served.disconnect();
  process.exit();
});
process.send("ready");
