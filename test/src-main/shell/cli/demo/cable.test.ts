import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { layCable, type Cable } from "#main/shell/cli/demo/cable.ts";

let headOffice: Server;
let cable: Cable;
let heard: string;

beforeEach(async () => {
  heard = "";
  headOffice = createServer((request, response) => {
    // Like a long poll: this one is never answered.
    if (request.url !== "/wait") response.end("here");
    headOffice.emit("asked");
  }).listen(0, "127.0.0.1");
  await once(headOffice, "listening");
  const url = `http://127.0.0.1:${(headOffice.address() as AddressInfo).port}`;
  cable = await layCable(url, () => (bytes) => {
    heard += bytes.toString("latin1");
  });
});
afterEach(async () => {
  await cable.close();
  headOffice.closeAllConnections();
  headOffice.close();
});

const ask = async (path: string): Promise<string> => (await fetch(cable.url + path)).text();

it("carries what is said both ways, and lets it be overheard", async () => {
  expect(await ask("/")).toBe("here");
  expect(heard).toContain("GET / HTTP/1.1");
});

it("breaks off what is being said when it is cut, and lets nothing through until it is restored", async () => {
  const asked = once(headOffice, "asked");
  const waiting = ask("/wait");
  await asked;
  cable.cut();
  await expect(waiting).rejects.toThrow("fetch failed");
  await expect(ask("/")).rejects.toThrow("fetch failed");
  cable.restore();
  expect(await ask("/")).toBe("here");
});
