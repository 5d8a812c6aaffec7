import { gunzipSync } from "node:zlib";
import type { PushRequest } from "#shared/contracts/sync/wire.ts";
import type { Network } from "#main/sync/http-line.ts";
import type { Dice } from "./dice.ts";
import type { Answer, Held, HeadOfficeHost } from "./head-office-host.ts";
import type { Timeline } from "./timeline.ts";

/**
 * What becomes of one request. `late`: the caller is cut off and the request arrives later, behind others; `swallowed`: nobody ever
 * answers, and the caller gives up by itself; `powerCutBefore` and `powerCutAfter`: the caller's computer dies while it waits.
 */
export type Trouble =
  | "none"
  | "slow"
  | "busy"
  | "requestLost"
  | "requestSwallowed"
  | "answerLost"
  | "answerSwallowed"
  | "answerCut"
  | "twice"
  | "late"
  | "powerCutBefore"
  | "powerCutAfter";

export type Weather = Readonly<Partial<Record<Trouble, number>>>;

const fair: Weather = { none: 1 };

type Surroundings = {
  readonly host: HeadOfficeHost;
  readonly timeline: Timeline;
  readonly dice: Dice;
  /** Is told of each trouble as it happens. */
  readonly befell: (trouble: Trouble | "batch too large") => void;
  /** Something on the way takes no batch of more operations, in any weather. */
  readonly batchMax?: number | undefined;
};

/** The cable between one station and head office. */
export function openLine({ host: home, timeline, dice, befell, batchMax = Number.MAX_SAFE_INTEGER }: Surroundings) {
  let isUp = false;
  /** Whose door it leads to. */
  let host = home;
  let plan: Trouble[] = [];
  let weather = fair;
  /** On average, one way. */
  let latencyMs = 0;
  let onPowerCut: () => void = () => undefined;
  const late = new Set<Held>();
  const underWay = new Set<() => void>();

  const travelMs = (): number => (latencyMs === 0 ? 0 : Math.ceil(latencyMs * (0.5 + dice.fraction())));
  const nextTrouble = (): Trouble => plan.shift() ?? dice.weighted(weather);

  async function deliver(held: Held): Promise<void> {
    if (!late.delete(held)) return;
    await host.handle(held, new AbortController().signal).catch(() => undefined);
  }

  function ask(held: Held, signal: AbortSignal | undefined): Promise<Response> {
    return new Promise((resolve, reject) => {
      const gone = new AbortController();
      const hangUp = (): void => {
        underWay.delete(hangUp);
        gone.abort();
        reject(new TypeError("fetch failed"));
      };
      if (!isUp || signal?.aborted) return hangUp();
      underWay.add(hangUp);
      signal?.addEventListener("abort", hangUp, { once: true });
      const trouble = nextTrouble();
      if (trouble !== "none") befell(trouble);
      timeline.at(travelMs() + (trouble === "slow" ? dice.between(1_000, 15_000) : 0), () => {
        if (gone.signal.aborted) return;
        void arrive(held, trouble, { hangUp, gone: gone.signal, resolve });
      });
    });
  }

  type Waiting = { readonly hangUp: () => void; readonly gone: AbortSignal; readonly resolve: (response: Response) => void };

  async function arrive(held: Held, trouble: Trouble, { hangUp, gone, resolve }: Waiting): Promise<void> {
    if (trouble === "requestSwallowed") return;
    if (trouble === "late") {
      late.add(held);
      timeline.at(dice.between(100, 3_600_000), () => void deliver(held));
    }
    if (trouble === "powerCutBefore") onPowerCut();
    if (trouble === "late" || trouble === "powerCutBefore" || trouble === "requestLost") return hangUp();
    if (trouble === "twice") await host.handle(held, gone).catch(() => undefined);
    const answer = refusalOf(held, trouble) ?? (await host.handle(held, gone).catch(() => undefined));
    if (!answer || gone.aborted) return hangUp();
    timeline.at(travelMs(), () => {
      if (gone.aborted || trouble === "answerSwallowed") return;
      if (trouble === "powerCutAfter") onPowerCut();
      if (trouble === "powerCutAfter" || trouble === "answerLost") return hangUp();
      underWay.delete(hangUp);
      resolve(responseOf(answer, trouble === "answerCut"));
    });
  }

  /** What a proxy between the two says by itself, if it says anything. */
  function refusalOf({ body }: Held, trouble: Trouble): Answer | undefined {
    if (trouble === "busy") return { status: 503, headers: new Headers(), body: Buffer.from("<html>Service Unavailable</html>") };
    if (operationsIn(body) <= batchMax) return undefined;
    befell("batch too large");
    const refused = { error: { code: "BODY_TOO_LARGE", message: "too large", data: {} } };
    return { status: 413, headers: new Headers({ "content-type": "application/json" }), body: Buffer.from(JSON.stringify(refused)) };
  }

  function down(): void {
    isUp = false;
    for (const hangUp of underWay) hangUp();
  }

  const network: Network = {
    fetch: (input, init) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      const headers = new Headers(init?.headers);
      const body = init?.body as string | Uint8Array<ArrayBuffer>;
      return ask({ path: pathname, ...unpacked(headers, body) }, init?.signal ?? undefined);
    },
    deadline: (ms) => timeline.deadline(ms),
    breathe: () => Promise.resolve(),
  };
  return {
    network,
    isUp: (): boolean => isUp,
    /** @param troubles of the next requests, one each; after them it is as the weather is */
    up(troubles: readonly Trouble[] = []): void {
      isUp = true;
      plan = [...troubles];
    },
    down,
    /** Somebody answers at head office's address who is not our head office; ours again when nobody is named. */
    leadTo: (other: HeadOfficeHost = home): void => void (host = other),
    whenPowerCuts: (cut: () => void): void => void (onPowerCut = cut),
    /** @param averageMs how long a message travels */
    setWeather(next: Weather, averageMs = latencyMs): void {
      weather = next;
      latencyMs = averageMs;
    },
    clearUp: (): void => void ((weather = fair), (plan = [])),
    /** What was held on the way arrives now, and nobody waits for the answers. */
    async deliverLate(): Promise<number> {
      const arriving = [...late];
      for (const held of arriving) await timeline.until(deliver(held));
      return arriving.length;
    },
  };
}

/** Unpacked on the way: head office does so in a thread, whose end the timeline does not wait for. */
function unpacked(headers: Headers, body: string | Uint8Array<ArrayBuffer>): Pick<Held, "headers" | "body"> {
  if (headers.get("content-encoding") !== "gzip") return { headers, body };
  headers.delete("content-encoding");
  return { headers, body: gunzipSync(body).toString("utf8") };
}

/** In a batch; what one act wrote counts once, since nobody can send it in parts. */
function operationsIn(body: Held["body"]): number {
  const { ops = [] } = JSON.parse(typeof body === "string" ? body : Buffer.from(body).toString()) as Partial<PushRequest>;
  return new Set(ops.map(({ id, tx }) => tx?.id ?? id)).size;
}

/** A body that breaks off in its middle gives what had come, and then fails. */
function responseOf({ status, headers, body }: Answer, isCut: boolean): Response {
  if (!isCut) return new Response(body, { status, headers });
  let hasGiven = false;
  const broken = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (hasGiven) controller.error(new TypeError("terminated"));
      else controller.enqueue(body.subarray(0, Math.floor(body.length / 2)));
      hasGiven = true;
    },
  });
  return new Response(broken, { status, headers });
}
