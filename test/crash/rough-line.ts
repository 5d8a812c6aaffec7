import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { setImmediate as otherWork } from "node:timers/promises";
import type { Cable } from "#main/shell/cli/demo/cable.ts";

/** Where the line breaks, once: after so many bytes from now on, all conversations together. */
export type Break = {
  /** What the station says, or what it is answered. */
  readonly way: "up" | "down";
  readonly afterBytes: number;
  /** `reset` ends the conversation at once; `close` says to the one who listens that nothing more comes, and the other way stays open. */
  readonly how: "reset" | "close";
};

/** A cable whose bytes come in small pieces, and which breaks in the middle of one when it is told to. */
export type RoughLine = Cable & {
  readonly breakOnce: (where: Break) => void;
  /** New conversations lead there. */
  readonly leadTo: (headOfficeUrl: string) => void;
  /** Forgets a break that has not come. @returns whether it had come */
  readonly mend: () => boolean;
};

/** No piece is as long as a head of HTTP or a line of an answer. */
const pieceBytes = 61;

/**
 * Lays a line to head office.
 *
 * @param makeTap called for each conversation; what it returns hears what the station says, whether or not it arrives
 */
export async function layRoughLine(headOfficeUrl: string, makeTap?: () => (bytes: Buffer) => void): Promise<RoughLine> {
  let target = new URL(headOfficeUrl);
  const ends = new Set<Socket>();
  let isWhole = true;
  let next: Break | undefined;
  let bytesLeft = 0;

  const cut = (): void => {
    isWhole = false;
    for (const end of ends) end.resetAndDestroy();
  };

  /** @returns whether all of the piece went through */
  function pass(way: Break["way"], piece: Buffer, from: Socket, to: Socket): boolean {
    if (next?.way !== way || bytesLeft >= piece.length) {
      if (next?.way === way) bytesLeft -= piece.length;
      to.write(piece);
      return true;
    }
    to.write(piece.subarray(0, bytesLeft));
    if (next.how === "close") to.end();
    else for (const end of [from, to]) end.resetAndDestroy();
    next = undefined;
    return false;
  }

  async function carry(way: Break["way"], from: Socket, to: Socket, hear: (bytes: Buffer) => void): Promise<void> {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      hear(chunk);
      for (let at = 0; at < chunk.length && to.writable; at += pieceBytes) {
        if (!pass(way, chunk.subarray(at, at + pieceBytes), from, to)) return;
        await otherWork();
      }
    }
    to.end();
  }

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (station) => {
    const headOffice = connect({ port: Number(target.port), host: target.hostname, allowHalfOpen: true, noDelay: true });
    for (const [end, other] of [
      [station, headOffice],
      [headOffice, station],
    ] as const) {
      ends.add(end);
      // A reset is how a broken line shows; that the other end hears of it is all that follows.
      end.on("error", () => other.destroy());
      end.on("close", () => ends.delete(end));
    }
    if (!isWhole) return void station.resetAndDestroy();
    const broken = (): void => {
      station.destroy();
      headOffice.destroy();
    };
    carry("up", station, headOffice, makeTap?.() ?? (() => undefined)).catch(broken);
    carry("down", headOffice, station, () => undefined).catch(broken);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    breakOnce(where) {
      next = where;
      bytesLeft = where.afterBytes;
    },
    leadTo: (url) => {
      target = new URL(url);
    },
    mend() {
      const hasCome = next === undefined;
      next = undefined;
      return hasCome;
    },
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
