import { once } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { RPCHandler } from "@orpc/server/ws";
import { WebSocketServer, type WebSocket } from "ws";
import type { ServedStation } from "#main/shell/served-station.ts";
import { keepAlive } from "./heartbeat.ts";
import { refuseUpgrade } from "./refuse-upgrade.ts";
import { serveSocket } from "./serve-socket.ts";

/** Far above the largest call of the contract; a bigger message is nobody's honest work. */
const messageBytesMax = 1024 * 1024;
/** The sub-protocol that both sides name; a token that travels beside it is never sent back. */
export const subprotocol = "orpc";

export type SocketServer = {
  /** Completes the upgrade of a request that the shell has let in. */
  readonly accept: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Says good-bye to every socket and waits until they are gone. */
  readonly close: () => Promise<void>;
};

export type SocketLimits = {
  /** How many may be open at once. */
  readonly socketsMax: number;
  /** How often each is asked for a sign of life, in milliseconds. */
  readonly pingEveryMs: number;
  /** Answers that a caller asked for and does not fetch are kept up to here; then the caller is given up. */
  readonly unreadBytesMax: number;
};

/** Serves the station's contract over WebSockets. Who may connect is decided by the shell in front of it. */
export function openSocketServer(
  station: Pick<ServedStation, "router">,
  { socketsMax, pingEveryMs, unreadBytesMax }: SocketLimits,
): SocketServer {
  const handler = new RPCHandler(station.router);
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: messageBytesMax,
    perMessageDeflate: false,
    handleProtocols: () => subprotocol,
  });
  return {
    accept: (request, socket, head) => {
      if (server.clients.size >= socketsMax) return refuseUpgrade(socket, 503);
      server.handleUpgrade(request, socket, head, (accepted) => {
        // What is wrong with a socket, such as a message that is too long, also closes it.
        accepted.on("error", () => accepted.terminate());
        keepAlive(accepted, pingEveryMs);
        serveSocket(handler, accepted, unreadBytesMax);
      });
    },
    close: async () => {
      await Promise.all([...server.clients].map(sayGoodbye));
    },
  };
}

/** Takes no more connections, says good-bye to every socket, and waits until both are over. */
export async function closeListener(server: Server, sockets: SocketServer): Promise<void> {
  const closed = once(server, "close");
  server.close();
  await sockets.close();
  server.closeAllConnections();
  await closed;
}

const goingAway = 1001;
/** A browser answers at once; one that hangs does not keep the station from closing. */
const goodbyeMs = 1_000;

function sayGoodbye(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState === socket.CLOSED) return resolve();
    const giveUp = setTimeout(() => socket.terminate(), goodbyeMs);
    socket.on("close", () => {
      clearTimeout(giveUp);
      resolve();
    });
    socket.close(goingAway);
  });
}
