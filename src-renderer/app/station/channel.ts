/**
 * How this page reaches its station: over a port that the Electron preload hands in, or over a socket to the host
 * that served the page. Nothing here knows what is said over it.
 */
export type Address =
  | { readonly kind: "port" }
  | { readonly kind: "socket"; readonly url: string; readonly token: string }
  | { readonly kind: "none" };

export type Channel = { readonly transport: WebSocket | MessagePort; readonly closed: Promise<void> };

const tokenKey = "counterfoil.token";

type Page = {
  readonly location: Pick<Location, "protocol" | "host" | "pathname" | "search" | "hash">;
  readonly history: Pick<History, "replaceState">;
  readonly storage: Pick<Storage, "getItem" | "setItem">;
};

/**
 * Reads the address out of the page. The token leaves the address bar at once, so that it is in no history and no
 * screenshot; the session storage keeps it, so that a reload does not lock the clerk out.
 */
export function findStation({ location, history, storage }: Page): Address {
  if (!location.protocol.startsWith("http")) return { kind: "port" };
  const handedIn = new URLSearchParams(location.hash.slice(1)).get("token");
  if (handedIn) {
    storage.setItem(tokenKey, handedIn);
    history.replaceState(null, "", location.pathname + location.search);
  }
  const token = handedIn ?? storage.getItem(tokenKey);
  if (!token) return { kind: "none" };
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return { kind: "socket", url: `${scheme}://${location.host}/rpc`, token };
}

/** @returns an open channel; rejects when the station refuses or is not there */
export function openChannel(address: Exclude<Address, { kind: "none" }>): Promise<Channel> {
  return address.kind === "port" ? receivePort() : openSocket(address.url, address.token);
}

function openSocket(url: string, token: string): Promise<Channel> {
  const socket = new WebSocket(url, ["orpc", token]);
  const closed = new Promise<void>((resolve) => {
    socket.addEventListener("close", () => resolve(), { once: true });
  });
  return new Promise((resolve, reject) => {
    socket.addEventListener("open", () => resolve({ transport: socket, closed }), { once: true });
    socket.addEventListener("error", () => reject(new Error("the station did not open the socket")), { once: true });
  });
}

/** The preload answers "counterfoil:hello" with a fresh port each time, also after the old one closed. */
function receivePort(): Promise<Channel> {
  return new Promise((resolve) => {
    const onMessage = (event: MessageEvent<unknown>): void => {
      const port = event.ports[0];
      if (event.source !== window || !port || !isPortMessage(event.data)) return;
      window.removeEventListener("message", onMessage);
      const closed = new Promise<void>((close) => {
        port.addEventListener("close", () => close(), { once: true });
      });
      port.start();
      resolve({ transport: port, closed });
    };
    window.addEventListener("message", onMessage);
    window.postMessage("counterfoil:hello", window.origin);
  });
}

const isPortMessage = (data: unknown): boolean =>
  typeof data === "object" && data !== null && "type" in data && data.type === "counterfoil:port";
