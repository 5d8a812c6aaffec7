import { changeKey } from "#main/change-key.ts";

/** Changes the key of a data folder: `change-key.ts FILE`. */
const [, , file = ""] = process.argv;
await changeKey(file);
