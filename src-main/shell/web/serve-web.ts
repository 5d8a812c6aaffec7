import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Fault } from "#main/app/ports/fault.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import type { ServedStation } from "#main/shell/served-station.ts";
import { refuseUpgrade } from "#main/shell/sockets/refuse-upgrade.ts";
import { closeListener, openSocketServer, type SocketLimits } from "#main/shell/sockets/socket-server.ts";
import { makeDoor, type Door } from "./door.ts";
import { pageHeaders } from "./page-headers.ts";
import { readRendererFiles, type RendererFiles } from "./renderer-files.ts";

export type WebShell = {
  /** What the browser opens, with the token of this start. */
  readonly url: string;
  readonly token: string;
  readonly close: () => Promise<void>;
};

/** A counter has one window, now and then a second one beside it; the rest is head-room for reloads that overlap. */
const usualLimits: SocketLimits = { socketsMax: 16, pingEveryMs: 30_000, unreadBytesMax: 8 * 1024 * 1024 };

/**
 * Serves the screens and the contract to a browser on this computer: on 127.0.0.1 and nowhere else.
 *
 * @param port 0 takes one that is free
 * @param rendererDir the built screens
 * @throws Fault `PORT_IN_USE`; `SCREENS_NOT_BUILT`
 */
export async function serveWeb(options: {
  readonly station: Pick<ServedStation, "router">;
  readonly port: number;
  readonly rendererDir: string;
  readonly log: Logger;
  readonly limits?: Partial<SocketLimits>;
}): Promise<WebShell> {
  const { station, rendererDir, log } = options;
  const files = readRendererFiles(rendererDir);
  const limits = { ...usualLimits, ...options.limits };
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 10_000 });
  // Connections that never say anything are bounded too, with room for the page's own requests beside its sockets.
  server.maxConnections = limits.socketsMax * 4;
  const port = await listen(server, options.port);

  const token = randomBytes(32).toString("base64url");
  const door = makeDoor({ port, token });
  const headers = pageHeaders([`ws://127.0.0.1:${port}`, `ws://localhost:${port}`]);
  const sockets = openSocketServer(station, limits);
  server.on("error", (cause: NodeJS.ErrnoException) => log.error({ code: cause.code }, "the web shell's listener failed"));
  server.on("request", (request, response) => answer(request, response, { door, files, headers }));
  server.on("upgrade", (request, socket, head) => {
    const status = door.refusesSocket(request);
    if (!status) return sockets.accept(request, socket, head);
    log.warn({ code: "SOCKET_REFUSED", status }, "a socket was turned away");
    refuseUpgrade(socket, status);
  });

  return {
    url: `http://127.0.0.1:${port}/#token=${token}`,
    token,
    close: () => closeListener(server, sockets),
  };
}

type Served = { readonly door: Door; readonly files: RendererFiles; readonly headers: Readonly<Record<string, string>> };

function answer(request: IncomingMessage, response: ServerResponse, { door, files, headers }: Served): void {
  const refuse = (status: 403 | 404 | 405): void => {
    response.writeHead(status, headers).end();
  };
  if (!door.knowsHost(request)) return refuse(403);
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(405);
  const [path = ""] = (request.url ?? "").split("?", 1);
  const file = files.get(path);
  if (!file) return refuse(404);
  response.writeHead(200, { ...headers, "content-type": file.type, "content-length": file.body.length });
  response.end(request.method === "HEAD" ? undefined : file.body);
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen({ port, host: "127.0.0.1" });
  await once(server, "listening").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== "EADDRINUSE") throw cause;
    throw new Fault("PORT_IN_USE", { cause, message: `Port ${port} is in use by another program.` });
  });
  return (server.address() as AddressInfo).port;
}
