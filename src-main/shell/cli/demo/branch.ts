import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { syncPath } from "#shared/contracts/sync/wire.ts";
import type { stationContract } from "#shared/contracts/station-contract.ts";
import type { StationStatus } from "#shared/contracts/station.ts";
import { makeMsrSimulator } from "#main/devices/simulator/msr-serial.ts";
import { openPseudoTerminal } from "#main/devices/simulator/pseudo-terminal.ts";
import { reachOwner } from "#main/shell/local/reach-owner.ts";
import { readOwner } from "#main/shell/owner-note.ts";
import { CommandFailure, exitCodes } from "../command-failure.ts";
import { layCable, type Cable } from "./cable.ts";
import type { Account, BranchName } from "./company.ts";
import type { Programs } from "./programs.ts";
import { readRequests, type RecordedRequest } from "./recorded-requests.ts";
import { watchCards, type CardEvent } from "./watch-cards.ts";

/** All that may be asked of a station, typed by its contract. */
export type StationClient = ContractRouterClient<typeof stationContract>;

/** A branch of the demo: a station in a process of its own, a reader on a pseudo-terminal, and a cable to head office. */
export type Branch = {
  readonly name: BranchName;
  readonly dataDir: string;
  /** Of the counter in a browser. */
  readonly counterUrl: string;
  readonly clerk: Account;
  readonly manager: Account;
  readonly cable: Cable;
  /** The station, as the clerk. */
  readonly station: StationClient;
  /** The station over a connection of its own, as somebody else. */
  readonly as: (account: Account) => Promise<StationClient>;
  readonly stationNumber: number;
  /** Draws a card through the reader. @returns what the screens are told about it */
  readonly swipe: (cardNumber: string) => Promise<CardEvent>;
  /** Every push that went over the cable, in order. */
  readonly pushes: readonly RecordedRequest[];
};

export type BranchOptions = {
  readonly name: BranchName;
  readonly folder: string;
  readonly clerk: Account;
  readonly manager: Account;
  readonly headOfficeUrl: string;
  readonly enrolmentCode: string;
};

/** Opens a branch: starts its station, enrols it, signs the clerk in, and waits until the reader is there. */
export async function openBranch(stack: AsyncDisposableStack, programs: Programs, options: BranchOptions): Promise<Branch> {
  const { name, clerk, manager, headOfficeUrl, enrolmentCode } = options;
  const dataDir = join(options.folder, `station-${name.toLowerCase()}`);
  const pushes: RecordedRequest[] = [];
  const tap = () => readRequests((request) => void (request.path === syncPath.push && pushes.push(request)));
  const cable = await layCable(headOfficeUrl, tap);
  stack.defer(cable.close);
  const terminal = await openPseudoTerminal();
  stack.defer(() => terminal.unplug());
  const reader = makeMsrSimulator(terminal);

  const ready = await programs.start("station", ["serve", "--data", dataDir, "--reader", terminal.path]);
  const connect = () => connectTo(stack, dataDir);
  const station = await connect();
  const cards = watchCards(await station.station.watch());
  await station.setup.enrol({ url: cable.url, code: enrolmentCode });
  await station.session.signIn(clerk);
  const status = await untilStatus(station, ({ reader: { state } }) => state === "ready");

  return {
    name,
    dataDir,
    counterUrl: (ready as { readonly url: string }).url,
    clerk,
    manager,
    cable,
    station,
    as: async (account) => {
      const client = await connect();
      await client.session.signIn(account);
      return client;
    },
    stationNumber: status.stationNumber ?? 0,
    swipe: async (cardNumber) => {
      const [shown] = await Promise.all([cards.next(), reader.swipe({ track2: cardNumber })]);
      return shown;
    },
    pushes,
  };
}

async function connectTo(stack: AsyncDisposableStack, dataDir: string): Promise<StationClient> {
  const line = await reachOwner(readOwner(dataDir)?.address ?? "");
  if (!line) throw new CommandFailure(exitCodes.failed, "DEMO_PART_FAILED", `The station in ${dataDir} takes no calls.`);
  stack.defer(line.close);
  return createORPCClient(line.link);
}

const patienceMs = 20_000;
const betweenLooksMs = 20;

/** Waits for a station to come into a state. @throws CommandFailure `DEMO_PART_FAILED` when it does not */
export async function untilStatus(station: StationClient, holds: (status: StationStatus) => boolean): Promise<StationStatus> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += betweenLooksMs) {
    const status = await station.station.status();
    if (holds(status)) return status;
    await sleep(betweenLooksMs);
  }
  throw new CommandFailure(exitCodes.failed, "DEMO_PART_FAILED", "A station did not come into the state that was waited for.");
}
