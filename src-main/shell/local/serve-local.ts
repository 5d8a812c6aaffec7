import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { randomUUID } from "node:crypto";
import type { ServedStation } from "#main/shell/served-station.ts";
import { refuseUpgrade } from "#main/shell/sockets/refuse-upgrade.ts";
import { closeListener, openSocketServer, type SocketLimits } from "#main/shell/sockets/socket-server.ts";

export type LocalDoor = {
  /** For the owner's note, where `station call` finds it. */
  readonly address: string;
  readonly close: () => Promise<void>;
};

/** Scripts may call in parallel; each of them holds a socket for one call. */
const limits: SocketLimits = { socketsMax: 64, pingEveryMs: 30_000, unreadBytesMax: 8 * 1024 * 1024 };

/**
 * Serves the contract to other processes of the same person, such as `station call`. The file system decides who may connect: nobody
 * else may open the socket, and a browser cannot. Signing in is still asked for.
 *
 * @param dataDir owned by this process, so that a socket that lies there was left by a dead one
 */
export async function serveLocal(options: {
  readonly station: Pick<ServedStation, "router">;
  readonly dataDir: string;
}): Promise<LocalDoor> {
  const place = process.platform === "win32" ? pipe() : socketFile(options.dataDir);
  const sockets = openSocketServer(options.station, limits);
  const server = createServer((_request, response) => response.writeHead(404).end());
  server.on("upgrade", (request, socket, head) => {
    if (request.url === "/rpc") sockets.accept(request, socket, head);
    else refuseUpgrade(socket, 404);
  });
  server.listen(place.address);
  await once(server, "listening");
  place.protect();
  return {
    address: place.address,
    close: async () => {
      await closeListener(server, sockets);
      place.remove();
    },
  };
}

type Place = { readonly address: string; readonly protect: () => void; readonly remove: () => void };

/** A socket's path has room for 108 bytes with the closing zero on Linux, 104 on macOS; a longer one is cut off without a word. */
const socketPathBytesMax = 100;

function socketFile(dataDir: string): Place {
  const wanted = join(dataDir, "station.sock");
  const isShort = Buffer.byteLength(wanted) <= socketPathBytesMax;
  // Made with a random name and for its owner alone, so that nobody can lay a socket there before us and collect passwords.
  const address = isShort ? wanted : join(mkdtempSync(join(tmpdir(), "counterfoil-")), "station.sock");
  rmSync(address, { force: true });
  return {
    address,
    protect: () => chmodSync(address, 0o600),
    remove: () => rmSync(isShort ? address : dirname(address), { recursive: true, force: true }),
  };
}

/** Windows gives a pipe to its maker and to administrators; nobody can guess the name to make it first. */
function pipe(): Place {
  return { address: `\\\\.\\pipe\\counterfoil-${randomUUID()}`, protect: () => undefined, remove: () => undefined };
}
