// The two stories of correctness.ts, lived by PouchDB with express-pouchdb: `correctness.mjs FOLDER`. Prints what each ends with, both for a
// balance that is a document and for one that is the sum of documents.
import { once } from "node:events";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import express from "express";
import expressPouchDb from "express-pouchdb";
import PouchDB from "pouchdb";

const folder = process.argv[2] ?? "";
const Served = PouchDB.defaults({ prefix: `${join(folder, "served")}-` });
const app = express();
app.use("/db", expressPouchDb(Served, { mode: "minimumForPouchDB", inMemoryConfig: true, logPath: join(folder, "peer.log") }));
const server = app.listen(0, "127.0.0.1");
await once(server, "listening");

const open = (name) => new PouchDB(join(folder, name));
const headOffice = (story) => new PouchDB(`http://127.0.0.1:${server.address().port}/db/${story}`);
const exchange = (counter, office) => counter.sync(office);
const sum = async (database) => (await database.allDocs({ include_docs: true })).rows.reduce((all, { doc }) => all + (doc.points ?? 0), 0);
const balance = async (database) => (await database.get("balance")).left;
const write = (database, id, points) => database.put({ _id: id, points });

async function change(database, points) {
  const doc = await database.get("balance");
  await database.put({ ...doc, left: doc.left + points, changedBy: database.name });
}

/** Two counters that are apart serve the same member of 1,000 points with 800 each; each asks for what it sees. */
async function spentTwice() {
  const office = headOffice("spent-twice");
  const [a, b] = [open("twice-a"), open("twice-b")];
  await a.put({ _id: "balance", left: 1_000 });
  await write(a, "award", 1_000);
  await exchange(a, office);
  await exchange(b, office);
  let spent = 0;
  for (const counter of [a, b]) {
    if ((await balance(counter)) < 800 || (await sum(counter)) < 800) continue;
    await change(counter, -800);
    await write(counter, `redemption at ${counter.name}`, -800);
    spent += 800;
  }
  for (const counter of [a, b, a]) await exchange(counter, office);
  return { spent, balanceAsDocument: await balance(office), balanceAsSum: await sum(office) };
}

/** A counter's disk is put back to what it was three awards ago, and the counter goes on: 100 and 3 x 10 before, 2 x 10 after. */
async function restored() {
  const office = headOffice("restored");
  const counter = open("restored");
  await counter.put({ _id: "balance", left: 100 });
  await write(counter, "receipt 1", 100);
  await exchange(counter, office);
  await counter.close();
  cpSync(join(folder, "restored"), join(folder, "restored-copy"), { recursive: true });
  const later = open("restored");
  for (const receipt of [2, 3, 4]) {
    await change(later, 10);
    await write(later, `receipt ${receipt}`, 10);
  }
  await exchange(later, office);
  await later.close();
  rmSync(join(folder, "restored"), { recursive: true });
  cpSync(join(folder, "restored-copy"), join(folder, "restored"), { recursive: true });
  const again = open("restored");
  for (const receipt of [5, 6]) {
    await change(again, 10);
    await write(again, `receipt ${receipt}`, 10);
  }
  await exchange(again, office);
  return { balanceAsDocument: await balance(office), balanceAsSum: await sum(office) };
}

console.log(JSON.stringify({ spentTwice: await spentTwice(), restored: await restored() }));
process.exit();
