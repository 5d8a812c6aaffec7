import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/**
 * What becomes of one request. `late`: the caller is cut off and the request arrives later, behind others; `powerCutBefore` and
 * `powerCutAfter`: the caller's computer dies while it waits, before or after head office has done its part.
 */
export type Trouble = "none" | "requestLost" | "answerLost" | "twice" | "answerCut" | "late" | "powerCutBefore" | "powerCutAfter";

type Held = { readonly path: string; readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array };
type Answer = { readonly status: number; readonly type: string; readonly body: Uint8Array };

/** The cable between one station and head office: a loopback server that passes requests on, or does to them what the plan says. */
export async function openUnreliableLine(firstTarget: string) {
  let target = firstTarget;
  let isUp = false;
  let plan: Trouble[] = [];
  let onPowerCut: () => void = () => undefined;
  const late: Held[] = [];

  async function pass({ path, headers, body }: Held, gone?: AbortSignal): Promise<Answer> {
    const reply = await fetch(target + path, { method: "POST", headers, body: new Uint8Array(body), ...(gone && { signal: gone }) });
    return {
      status: reply.status,
      type: reply.headers.get("content-type") ?? "",
      body: new Uint8Array(await reply.arrayBuffer()),
    };
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { authorization } = request.headers;
    const headers = { "content-type": "application/json", ...(authorization !== undefined && { authorization }) };
    const held: Held = { path: request.url ?? "", headers, body: await buffer(request) };
    const trouble = isUp ? (plan.shift() ?? "none") : "requestLost";
    if (trouble === "late") late.push(held);
    if (trouble === "powerCutBefore") onPowerCut();
    if (trouble === "late" || trouble === "powerCutBefore" || trouble === "requestLost") return void request.socket.destroy();

    const gone = new AbortController();
    response.once("close", () => gone.abort());
    if (trouble === "twice") await pass(held, gone.signal);
    const { status, type, body } = await pass(held, gone.signal);
    if (trouble === "powerCutAfter") onPowerCut();
    if (trouble === "powerCutAfter" || trouble === "answerLost") return void request.socket.destroy();
    response.writeHead(status, { "content-type": type, "content-length": body.length });
    if (trouble !== "answerCut") return void response.end(body);
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => setImmediate(() => request.socket.destroy()));
  }

  const server = createServer((request, response) => {
    // Head office hangs up, or the caller does: either way nobody waits for this answer.
    serve(request, response).catch(() => request.socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  function down(): void {
    isUp = false;
    server.closeAllConnections();
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** @param troubles of the next requests, one each; after them all goes well */
    up(troubles: readonly Trouble[] = [], whenPowerCuts: () => void = () => undefined): void {
      isUp = true;
      plan = [...troubles];
      onPowerCut = whenPowerCuts;
    },
    down,
    /** Head office answers somewhere else from now on. */
    leadTo: (url: string): void => void (target = url),
    /** What was held on the way arrives now, and nobody waits for the answers. */
    async deliverLate(): Promise<number> {
      const arriving = late.splice(0);
      for (const held of arriving) await pass(held);
      return arriving.length;
    },
    async close(): Promise<void> {
      down();
      server.close();
      await once(server, "close");
    },
  };
}
