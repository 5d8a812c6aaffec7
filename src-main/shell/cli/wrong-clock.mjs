import { readFileSync } from "node:fs";

/**
 * Loaded before a counter's program by `--import`, and plain JavaScript as the program's first file is: its wall clock is wrong by as many milliseconds as stand in the file that
 * `COUNTERFOIL_WRONG_CLOCK` names, and right while there is none.
 */
const right = Date.now.bind(Date);
const file = process.env["COUNTERFOIL_WRONG_CLOCK"] ?? "";

function wrongByMs() {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return 0;
  }
}

Date.now = () => right() + wrongByMs();
