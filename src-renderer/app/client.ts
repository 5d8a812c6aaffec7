import { createORPCClient, DynamicLink, ORPCError, type ClientLink } from "@orpc/client";
import { RPCLink as PortLink } from "@orpc/client/message-port";
import { RPCLink as SocketLink } from "@orpc/client/websocket";
import type { ContractRouterClient, ErrorMap, InferContractRouterErrorMap, ORPCErrorFromErrorMap } from "@orpc/contract";
import { createTanstackQueryUtils } from "@orpc/tanstack-query";
import type { stationContract } from "#shared/contracts/station-contract.ts";
import { findStation, openChannel, type Channel } from "./station/channel.ts";
import { keepConnected } from "./station/keep-connected.ts";

const address = findStation({ location: window.location, history: window.history, storage: window.sessionStorage });

export const connection = keepConnected(address.kind === "none" ? undefined : () => openChannel(address), (ms) => {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
});

type NoContext = Record<never, never>;
const links = new WeakMap<Channel, ClientLink<NoContext>>();

/** A call made while the station is away waits for the next channel instead of failing: nothing was sent yet. */
const link = new DynamicLink<NoContext>(async () => {
  const channel = await connection.channel();
  const known = links.get(channel);
  if (known) return known;
  const { transport } = channel;
  const made = transport instanceof MessagePort ? new PortLink({ port: transport }) : new SocketLink({ websocket: transport });
  links.set(channel, made);
  return made;
});

/** The station, as the contract describes it. */
export const station: ContractRouterClient<typeof stationContract> = createORPCClient(link);
/** The same as options for TanStack Query. */
export const queries = createTanstackQueryUtils(station);

type EachError<M> = M extends ErrorMap ? ORPCErrorFromErrorMap<M> : never;
type CodeAndFacts<E> = E extends { code: infer C extends string; data: infer D } ? { readonly code: C; readonly data: D } : never;

/** Any refusal or fault that the contract names, with its facts. */
export type Refusal = CodeAndFacts<EachError<InferContractRouterErrorMap<typeof stationContract>>>;
export type Code = Refusal["code"];
export type RefusalOf<C extends Code> = Extract<Refusal, { code: C }>;

/** @returns the typed refusal, or undefined when the call failed in another way, such as a closed channel */
export function refusalOf(error: unknown): Refusal | undefined {
  // `defined` is set only by the contract's own errors, so the code is one of ours.
  return error instanceof ORPCError && error.defined ? (error as Refusal) : undefined;
}
