import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A branch's line to head office: a port of this computer behind which bytes pass unchanged, until somebody pulls the cable. */
export type Cable = {
  /** What the station takes for head office's address. */
  readonly url: string;
  /** Conversations break off wherever they are, and new ones get nowhere. */
  readonly cut: () => void;
  readonly restore: () => void;
  readonly close: () => Promise<void>;
};

/**
 * Lays a cable to head office.
 *
 * @param makeTap called for each conversation; what it returns hears the station's bytes on their way
 */
export async function layCable(headOfficeUrl: string, makeTap: () => (bytes: Buffer) => void): Promise<Cable> {
  const { hostname, port } = new URL(headOfficeUrl);
  const ends = new Set<Socket>();
  let isWhole = true;

  const keep = (socket: Socket, other: () => Socket): void => {
    ends.add(socket);
    // A reset is how a cut line shows; that the other end hears of it is all that follows.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      ends.delete(socket);
      other().destroy();
    });
  };
  const cut = (): void => {
    isWhole = false;
    for (const end of ends) end.resetAndDestroy();
  };

  const server = createServer((station) => {
    if (!isWhole) {
      station.on("error", () => undefined).resetAndDestroy();
      return;
    }
    const headOffice = connect(Number(port), hostname);
    keep(station, () => headOffice);
    keep(headOffice, () => station);
    station.on("data", makeTap());
    station.pipe(headOffice).pipe(station);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    restore: () => {
      isWhole = true;
    },
    close: async () => {
      const closed = once(server, "close");
      server.close();
      cut();
      await closed;
    },
  };
}
