import { connect } from "node:net";
import type { ClientLink } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { WebSocket } from "ws";

/** A connection to the process that has the data folder open. */
export type OwnerLine = { readonly link: ClientLink<Record<never, never>>; readonly close: () => void };

/**
 * Connects to the running owner of a data folder.
 *
 * @param address from the owner's note
 * @returns undefined when nobody listens there any more
 */
export async function reachOwner(address: string): Promise<OwnerLine | undefined> {
  const socket = new WebSocket("ws://localhost/rpc", ["orpc"], { createConnection: () => connect(address), perMessageDeflate: false });
  // Every failure also closes the socket, and that ends the calls that wait for it.
  socket.on("error", () => socket.terminate());
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.once("open", () => resolve(true));
    socket.once("close", () => resolve(false));
  });
  if (!isOpen) return undefined;
  // The socket of `ws` has the standard's methods, if not its types.
  return { link: new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }), close: () => socket.close() };
}
