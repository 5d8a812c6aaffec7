import type { MessagePortMain } from "electron";
import type { RPCHandler } from "@orpc/server/message-port";
import { openConnection, type ApiContext } from "#main/api/context.ts";
import { isCallMessage } from "#main/shell/call-message.ts";

type Listener = (event?: { readonly data: unknown }) => void;

/** Serves the contract over one port until either side closes it. The session is the port's own and ends with it. */
export function servePort(handler: RPCHandler<ApiContext>, port: MessagePortMain): void {
  const connection = openConnection();
  port.on("close", () => {
    connection.operator = undefined;
  });
  const on = (type: string, listener: Listener): void => {
    if (type === "close") return void port.on("close", () => listener());
    port.on("message", (event) => (isCallMessage(event.data) ? listener(event) : port.close()));
  };
  handler.upgrade({ on, postMessage: (message: unknown) => port.postMessage(message) }, { context: { connection } });
  port.start();
}
