import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { subprotocol } from "#main/shell/sockets/socket-server.ts";

/** What the door looks at: the raw path and the headers, as they came. */
type Caller = { readonly url?: string | undefined; readonly headers: IncomingHttpHeaders };

export type Door = {
  /** A page of another site can point its own name at 127.0.0.1, but it cannot make the browser send our name as the host. */
  readonly knowsHost: (caller: Caller) => boolean;
  /** @returns undefined for a page that we served and that holds the token, else the status to turn it away with */
  readonly refusesSocket: (caller: Caller) => 401 | 403 | 404 | undefined;
};

/**
 * Decides who may come in from the browser's side.
 *
 * The token is made anew at each start and travels in the fragment of the address, which a browser sends to nobody. The page takes it
 * out of the address bar and keeps it in the storage of its tab, so that a reload does not lock the clerk out; a second tab, another
 * browser or the next start needs the address again. It opens the door and nobody's account: every socket still begins signed out.
 */
export function makeDoor({ port, token }: { readonly port: number; readonly token: string }): Door {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  const expected = digest(token);
  const knowsHost = ({ headers }: Caller): boolean => hosts.has(headers.host ?? "");
  return {
    knowsHost,
    refusesSocket: (caller) => {
      const { url, headers } = caller;
      if (!knowsHost(caller) || headers.origin !== `http://${headers.host}`) return 403;
      if (url !== "/rpc") return 404;
      const [protocol, shown, ...more] = (headers["sec-websocket-protocol"] ?? "").split(",").map((part) => part.trim());
      const isOurs = protocol === subprotocol && shown !== undefined && more.length === 0;
      // Digests are of one length, so that the comparison tells by its duration neither a right beginning nor the right length.
      return isOurs && timingSafeEqual(digest(shown), expected) ? undefined : 401;
    },
  };
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
