import { setTimeout as sleep } from "node:timers/promises";
import { reachOwner, type OwnerLine } from "#main/shell/local/reach-owner.ts";
import { readOwner } from "#main/shell/owner-note.ts";
import { CommandFailure, exitCodes } from "./command-failure.ts";
import { asRefusal } from "./refusal.ts";

/** A connection to a station for the length of one command. */
export type StationLine = {
  /**
   * @param procedure dotted, such as `points.award`
   * @returns the answer; for a stream, an async iterable that ends when `signal` is given
   * @throws CommandFailure with the contract's code when the station refuses
   */
  readonly ask: (procedure: string, input: unknown, signal?: AbortSignal) => Promise<unknown>;
  readonly close: () => Promise<void>;
};

/** Long enough for an owner that is just starting, or for another command that has the folder open for its one call. */
const tries = 100;
const betweenTriesMs = 100;

/**
 * Connects to the process that has the data folder open, or opens the station here when nobody has.
 *
 * @param procedures what will be asked; a misspelt name opens nothing
 * @throws OwnedByAnother when the owner takes no calls
 */
export async function openLine(dataDir: string, procedures: readonly string[]): Promise<StationLine> {
  for (let left = tries; ; left -= 1) {
    const address = readOwner(dataDir)?.address;
    const owner = address === undefined ? undefined : await reachOwner(address);
    if (owner) return lineTo(owner);
    // Loaded only where it is needed: a call to a running station answers in a tenth of a second without it.
    const { openOwnLine, isOwnedByAnother } = await import("./own-line.ts");
    try {
      return await openOwnLine(dataDir, procedures);
    } catch (error) {
      if (left === 0 || !isOwnedByAnother(error)) throw error;
      await sleep(betweenTriesMs);
    }
  }
}

function lineTo({ link, close }: OwnerLine): StationLine {
  return {
    ask: async (procedure, input, signal) => {
      try {
        const answer = await link.call(procedure.split("."), input, { context: {}, ...(signal ? { signal } : {}) });
        return isStream(answer) ? events(answer, procedure) : answer;
      } catch (error) {
        throw await failureOf(error, procedure);
      }
    },
    close: async () => close(),
  };
}

async function* events(stream: AsyncIterable<unknown>, procedure: string): AsyncGenerator {
  try {
    yield* stream;
  } catch (error) {
    throw await failureOf(error, procedure);
  }
}

/** Over a socket, what is not an answer of the station is the end of the socket. */
async function failureOf(error: unknown, procedure: string): Promise<unknown> {
  const refusal = await asRefusal(error, procedure);
  return refusal === error ? new CommandFailure(exitCodes.failed, "STATION_GONE", "The station closed before it answered.") : refusal;
}

export const isStream = (answer: unknown): answer is AsyncIterable<unknown> =>
  typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer;
