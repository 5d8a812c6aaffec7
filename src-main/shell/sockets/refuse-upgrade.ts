import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

/** Turns a socket away without a word of why: who may come in knows, and who may not need not learn. */
export function refuseUpgrade(socket: Duplex, status: 401 | 403 | 404 | 503): void {
  socket.on("error", () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
