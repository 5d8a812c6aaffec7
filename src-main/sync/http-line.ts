import { setImmediate as immediate } from "node:timers/promises";
import { constants, gzipSync } from "node:zlib";
import type { z } from "zod";
import { err, ok, type Result } from "#shared/std/result.ts";
import { syncError, type syncPath } from "#shared/contracts/sync/wire.ts";
import { Fault } from "#main/app/ports/fault.ts";

export type WireRefusal = { readonly code: string; readonly status: number; readonly data: Readonly<Record<string, unknown>> };
type Path = (typeof syncPath)[keyof typeof syncPath];
type Options = { readonly token?: string; readonly timeoutMs?: number; readonly signal?: AbortSignal };

const timeoutMs = 10_000;
/** Whoever answers for head office may ask for patience, but not for a day of it. */
const patienceMaxMs = 10 * 60_000;
/** What is shorter fits into one packet of the network as it is. */
const packFromLength = 1024;

/** What a conversation needs of the computer that it is held on. */
export type Network = {
  readonly fetch: typeof fetch;
  /** Aborts after so many milliseconds. */
  readonly deadline: (ms: number) => AbortSignal;
  /** Lets what was just asked go out, and the counter be served, before a long piece of work. */
  readonly breathe: () => Promise<void>;
};

/** Turns of the event loop until what `fetch` was asked stands on the line: it takes two, and one of them may be somebody else's. */
const turnsToLeave = 4;

export const systemNetwork: Network = {
  fetch: (...asked) => fetch(...asked),
  deadline: (ms) => AbortSignal.timeout(ms),
  breathe: async () => {
    for (let turn = 0; turn < turnsToLeave; turn += 1) await immediate();
  },
};

/**
 * Speaks to head office over HTTP.
 *
 * @param hangUp ends every request at once
 *
 * `post` checks the answer by its schema; `postLines` leaves NDJSON to the caller, as far as it came, and `postBytes` what is no text.
 * @throws Fault `NO_LINE` when nobody answers in time, or head office has too much to do (`retryAfterMs`: it says for how long), `BAD_ANSWER` when the answer is not of this protocol
 */
export function makeHttpLine(network: Network, baseUrl: string, hangUp?: AbortSignal) {
  async function send(path: Path, body: unknown, options: Options): Promise<Response> {
    const text = JSON.stringify(body);
    // Level 1: most of the gain for the least of the processor, some milliseconds for the largest batch.
    const packed = text.length < packFromLength ? undefined : gzipSync(text, { level: constants.Z_BEST_SPEED });
    const limit = network.deadline(options.timeoutMs ?? timeoutMs);
    const ends = [limit, options.signal, hangUp].filter((signal) => signal !== undefined);
    try {
      return await network.fetch(new URL(path, baseUrl), {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(packed && { "content-encoding": "gzip" }),
          ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
        },
        body: packed ?? text,
        redirect: "error",
        signal: AbortSignal.any(ends),
      });
    } catch (cause) {
      throw new Fault("NO_LINE", { cause });
    }
  }

  async function textOf(response: Response): Promise<string> {
    try {
      return await response.text();
    } catch (cause) {
      throw new Fault("NO_LINE", { cause });
    }
  }

  /** As much of an answer as arrived: on a bad line the beginning of a long one is worth having. */
  async function textThatCame(response: Response): Promise<string> {
    const decoder = new TextDecoder();
    let text = "";
    try {
      for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
    } catch (cause) {
      if (text === "") throw new Fault("NO_LINE", { cause });
    }
    return text;
  }

  function refusalOf({ status, headers }: Response, text: string): WireRefusal {
    const refusal = syncError.safeParse(parseJson(text));
    // A proxy's page, a server in trouble or one with too much to do: the line is as good as down, and the next try waits longer.
    if (!refusal.success || status >= 500 || status === 429) {
      const seconds = Number(headers.get("retry-after") ?? 0);
      const data = seconds > 0 ? { retryAfterMs: Math.min(seconds * 1000, patienceMaxMs) } : {};
      throw new Fault("NO_LINE", { message: `head office answered ${status}`, data });
    }
    return { code: refusal.data.error.code, status, data: refusal.data.error.data };
  }

  async function bytesOf(response: Response): Promise<Uint8Array> {
    try {
      return new Uint8Array(await response.arrayBuffer());
    } catch (cause) {
      throw new Fault("NO_LINE", { cause });
    }
  }

  return {
    post: async <T>(path: Path, body: unknown, schema: z.ZodType<T>, options: Options = {}): Promise<Result<T, WireRefusal>> => {
      const response = await send(path, body, options);
      const text = await textOf(response);
      if (!response.ok) return err(refusalOf(response, text));
      const answer = schema.safeParse(parseJson(text));
      if (!answer.success) throw new Fault("BAD_ANSWER", { cause: answer.error });
      return ok(answer.data);
    },
    postLines: async (path: Path, body: unknown, options: Options): Promise<Result<readonly unknown[], WireRefusal>> => {
      const response = await send(path, body, options);
      if (!response.ok) return err(refusalOf(response, await textOf(response)));
      return ok((await textThatCame(response)).split("\n").filter(Boolean).map(parseJson));
    },
    postBytes: async (path: Path, body: unknown, options: Options): Promise<Result<Uint8Array, WireRefusal>> => {
      const response = await send(path, body, options);
      return response.ok ? ok(await bytesOf(response)) : err(refusalOf(response, await textOf(response)));
    },
  };
}

/** JSON, or undefined when it is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Plain HTTP is for the same machine only; everything else is TLS. */
export function isSecureAddress(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || (protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname));
}

export type HttpLine = ReturnType<typeof makeHttpLine>;
