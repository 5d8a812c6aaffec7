import type { WebSocket } from "ws";

/**
 * Asks the other side for a sign of life and drops the socket when a whole interval brought none. A browser that was killed, or a
 * computer that was put to sleep, leaves a socket that looks open for hours, and with it somebody's session.
 *
 * @param everyMs between two questions, in milliseconds
 */
export function keepAlive(socket: WebSocket, everyMs: number): void {
  let answered = true;
  socket.on("pong", () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, everyMs);
  socket.on("close", () => clearInterval(timer));
}
