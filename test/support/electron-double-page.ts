import { EventEmitter } from "node:events";
import { fileURLToPath } from "node:url";
import type { MessagePort } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import type { ContractRouterClient } from "@orpc/contract";
import { vi } from "vitest";
import type { stationContract } from "#shared/contracts/station-contract.ts";

const preload = fileURLToPath(new URL("../../src-main/shell/electron/preload.ts", import.meta.url));

type Port = MessagePort & { readonly isClosed: Promise<void> };

/** A loaded page: its window, the preload's end of the wire to the main process, and what the screens would do with them. */
export type PageDouble = {
  /** Brings a message of the main process to the preload. */
  readonly receive: (channel: string, message: unknown, ports: readonly MessagePort[]) => void;
  /** Posts to the page's own window, as a script of the page or of a frame in it would. */
  readonly post: (data: unknown, from?: "page" | "frame") => void;
  /** Asks for the station as the screens do. */
  readonly hello: () => Promise<Port>;
  /** Hellos that reached the main process. */
  readonly hellos: () => number;
  readonly tearDown: () => void;
};

/**
 * Loads a page and runs the real preload in it.
 *
 * @param toMain what the preload sends to the main process
 */
export async function loadPage(toMain: (channel: string, message: unknown) => void): Promise<PageDouble> {
  const origin = "app://counterfoil";
  const window = new EventTarget();
  const frame = new EventTarget();
  const ports: MessagePort[] = [];
  let hellos = 0;
  const deliver = (data: unknown, source: EventTarget, transferred: readonly MessagePort[] = []): void => {
    setImmediate(() => window.dispatchEvent(Object.assign(new Event("message"), { data, origin, source, ports: transferred })));
  };
  const postMessage = (data: unknown, target: string, transfer: readonly MessagePort[] = []): void => {
    if (target === origin) deliver(data, window, transfer);
  };
  const ipcRenderer = Object.assign(new EventEmitter(), {
    postMessage: (channel: string, message: unknown) => {
      hellos += 1;
      setImmediate(() => toMain(channel, message));
    },
  });

  vi.stubGlobal("window", Object.assign(window, { origin, postMessage }));
  vi.doMock("electron", () => ({ ipcRenderer }));
  vi.resetModules();
  await import(/* @vite-ignore */ preload);

  return {
    receive: (channel, message, transferred) => {
      ports.push(...transferred);
      setImmediate(() => ipcRenderer.emit(channel, { ports: transferred }, message));
    },
    post: (data, from = "page") => deliver(data, from === "page" ? window : frame),
    hello: async () => {
      const handedOver = new Promise<MessagePort>((resolve) => {
        const onMessage = (event: Event): void => {
          const [port] = portsOf(event);
          if (!port) return;
          window.removeEventListener("message", onMessage);
          resolve(port);
        };
        window.addEventListener("message", onMessage);
      });
      postMessage("counterfoil:hello", origin);
      const port = await handedOver;
      const isClosed = new Promise<void>((resolve) => {
        port.once("close", resolve);
      });
      return Object.assign(port, { isClosed });
    },
    hellos: () => hellos,
    tearDown: () => {
      for (const port of ports) port.close();
    },
  };
}

/** The ports that came with the preload's answer; none for any other message. */
function portsOf(event: Event): readonly MessagePort[] {
  const { data, ports } = event as Event & { readonly data: unknown; readonly ports: readonly MessagePort[] };
  return typeof data === "object" && data !== null && "type" in data && data.type === "counterfoil:port" ? ports : [];
}

/** The screens' client over a port. */
export function clientOver(port: MessagePort): ContractRouterClient<typeof stationContract> {
  return createORPCClient(new RPCLink({ port }));
}
