import type { MessagePortMain, WebContents } from "electron";
import { RPCHandler } from "@orpc/server/message-port";
import type { Logger } from "#main/app/ports/logger.ts";
import type { ServedStation } from "#main/shell/served-station.ts";
import type { ElectronParts } from "./parts.ts";
import { pageOrigin } from "./page-address.ts";
import { helloChannel, portChannel } from "./port-channels.ts";
import { servePort } from "./serve-port.ts";

/**
 * Gives the page of one window a port to the station whenever it asks, which it does once a load: the port before it, and the session
 * on it, end there. A frame inside the page, or a page of another origin that got into the window, gets none.
 */
export function handOverPorts(
  { MessageChannelMain }: Pick<ElectronParts, "MessageChannelMain">,
  { contents, station, log }: { readonly contents: WebContents; readonly station: Pick<ServedStation, "router">; readonly log: Logger },
): void {
  const handler = new RPCHandler(station.router);
  let served: MessagePortMain | undefined;
  contents.ipc.on(helloChannel, ({ senderFrame: frame }) => {
    // Null when the frame has gone on since; a frame that is going has no origin of ours to answer to either.
    if (!frame || frame.parent !== null || frame.origin !== pageOrigin) {
      return log.warn({ code: "FRAME_REFUSED" }, "a frame that is not the counter's page asked for the station");
    }
    served?.close();
    const { port1, port2 } = new MessageChannelMain();
    served = port1;
    servePort(handler, port1);
    frame.postMessage(portChannel, null, [port2]);
  });
}
