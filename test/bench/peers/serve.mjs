// Serves PouchDB databases over HTTP on the loopback, each on a LevelDB of its own, and tells whoever forked it where: `serve.mjs FOLDER`.
import { join } from "node:path";
import express from "express";
import expressPouchDb from "express-pouchdb";
import PouchDB from "pouchdb";

const folder = process.argv[2] ?? "";
const Served = PouchDB.defaults({ prefix: `${join(folder, "served")}-` });
const app = express();
app.use("/db", expressPouchDb(Served, { mode: "minimumForPouchDB", inMemoryConfig: true, logPath: join(folder, "peer.log") }));
const server = app.listen(0, "127.0.0.1", () => process.send(`http://127.0.0.1:${server.address().port}/db/`));
process.once("disconnect", () => process.exit());
