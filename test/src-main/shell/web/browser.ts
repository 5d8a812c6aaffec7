import { once } from "node:events";
import { request as httpRequest, type OutgoingHttpHeaders } from "node:http";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import { WebSocket } from "ws";
import type { stationContract } from "#shared/contracts/station-contract.ts";

export type Answer = { readonly status: number; readonly headers: Readonly<Record<string, unknown>>; readonly body: string };

/** Asks for a path exactly as written: what a browser would tidy up, an attacker's program sends as it is. */
export async function get(port: number, path: string, headers: OutgoingHttpHeaders = {}, method = "GET"): Promise<Answer> {
  const request = httpRequest({ host: "127.0.0.1", port, path, method, headers: { host: `127.0.0.1:${port}`, ...headers } });
  request.end();
  const [response] = await once(request, "response");
  let body = "";
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
}

export type Knock = {
  readonly host?: string;
  readonly origin?: string;
  readonly path?: string;
  readonly protocols?: readonly string[];
  readonly autoPong?: boolean;
};

/** Opens a socket as a page would, and with every part of it forged on request. */
export function knock(port: number, { host, origin, path = "/rpc", protocols = [], autoPong = true }: Knock): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${port}${path}`, [...protocols], {
    autoPong,
    headers: { host: host ?? `127.0.0.1:${port}`, ...(origin === "none" ? {} : { origin: origin ?? `http://127.0.0.1:${port}` }) },
  });
}

/** @returns "open", or the status with which the socket was turned away and what was said about it */
export async function outcome(socket: WebSocket): Promise<"open" | { readonly status: number; readonly body: string }> {
  const refused = once(socket, "unexpected-response").then(async ([, response]) => {
    let body = "";
    for await (const chunk of response) body += chunk;
    return { status: response.statusCode as number, body };
  });
  return Promise.race([once(socket, "open").then(() => "open" as const), refused]);
}

export type Client = ContractRouterClient<typeof stationContract>;

export function clientOver(socket: WebSocket): Client {
  return createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
}
