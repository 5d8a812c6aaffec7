// Serves PouchDB databases over HTTP on the loopback, each on a LevelDB of its own, and tells whoever forked it where: `serve.mjs FOLDER`.
// It answers for what it says it has, as head office does: a batch is on the disk before it is acknowledged. LevelDB leaves that to the
// system unless it is asked, and PouchDB does not ask.
import { join } from "node:path";
import express from "express";
import expressPouchDb from "express-pouchdb";
import leveldown from "leveldown";
import PouchDB from "pouchdb";

function durable(location) {
  const level = leveldown(location);
  const batch = level._batch.bind(level);
  level._batch = (operations, options, done) => batch(operations, { ...options, sync: true }, done);
  return level;
}
durable.destroy = leveldown.destroy;

const folder = process.argv[2] ?? "";
const Served = PouchDB.defaults({ prefix: `${join(folder, "served")}-`, db: durable });
const app = express();
app.use("/db", expressPouchDb(Served, { mode: "minimumForPouchDB", inMemoryConfig: true, logPath: join(folder, "peer.log") }));
const server = app.listen(0, "127.0.0.1", () => process.send(`http://127.0.0.1:${server.address().port}/db/`));
process.once("disconnect", () => process.exit());
