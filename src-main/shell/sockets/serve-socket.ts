import type { RPCHandler } from "@orpc/server/ws";
import type { MessageEvent, WebSocket } from "ws";
import { openConnection, type ApiContext } from "#main/api/context.ts";
import { isCallMessage } from "#main/shell/call-message.ts";

type Sent = Parameters<WebSocket["send"]>[0];
type Listener = (event: MessageEvent) => void;

const notACall = 1008;

/**
 * Serves one socket until it closes. The session is the socket's own: it begins signed out, and when the socket is gone, a call that
 * is still under way is nobody's.
 *
 * @param unreadBytesMax what may wait for the other side to fetch it before the socket is given up
 */
export function serveSocket(handler: RPCHandler<ApiContext>, socket: WebSocket, unreadBytesMax: number): void {
  const connection = openConnection();
  socket.on("close", () => {
    connection.operator = undefined;
  });
  // Typed as answering nothing, and yet oRPC waits for the promise before it asks a stream for the next event, so that a slow reader
  // slows the stream and fills no memory.
  const send = (data: Sent): Promise<void> =>
    new Promise((resolve) => {
      if (socket.readyState !== socket.OPEN) return resolve();
      if (socket.bufferedAmount > unreadBytesMax) {
        socket.terminate();
        return resolve();
      }
      // A failed write is followed by "close", which ends every call of this socket.
      socket.send(data, () => resolve());
    });
  const addEventListener = (type: "message" | "close", listener: Listener): void => {
    if (type === "close") return void socket.on("close", listener);
    socket.addEventListener("message", (event) => (isCallMessage(event.data) ? listener(event) : socket.close(notACall)));
  };
  const guarded = { addEventListener, send: send as WebSocket["send"] } as Pick<WebSocket, "addEventListener" | "send">;
  void handler.upgrade(guarded, { context: { connection } });
}
