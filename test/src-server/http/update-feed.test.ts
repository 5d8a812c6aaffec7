import { once } from "node:events";
import { createServer, request, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeUpdateFeed } from "#server/http/update-feed.ts";
import { openReleases, writeStages } from "#server/releases/release-folder.ts";

let folder: string;
let port: number;
let incidents: string[];
let close: () => void;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "releases-"));
  for (const version of ["1.0.0", "1.1.0"]) {
    await mkdir(join(folder, "stable", version), { recursive: true });
    await writeFile(join(folder, "stable", version, "latest.yml"), `manifest of ${version}`);
    await writeFile(join(folder, "stable", version, `Counterfoil-${version}.exe`), `0123456789 ${version}`);
  }
  await writeStages(folder, "stable", [
    { version: "1.0.0", to: "everybody" },
    { version: "1.1.0", to: { branches: ["东门"] } },
  ]);
  await writeFile(join(folder, "secret"), "not for anybody");
  incidents = [];
  const reportIncident = (where: string): string => (incidents.push(where), "1");
  const server = createServer(makeUpdateFeed(openReleases(folder), { reportIncident, nowMs: () => 0, limit: { burst: 20, perSecond: 1 } }));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ({ port } = server.address() as AddressInfo);
  close = () => server.close();
});
afterEach(() => close());

/** The path goes over the line as it is written here: `fetch` would tidy it up first. */
async function get(path: string, { method = "GET", range }: { method?: string; range?: string } = {}) {
  const sent = request({ port, host: "127.0.0.1", path, method, agent: false, headers: range === undefined ? {} : { range } }).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

describe("the update feed", () => {
  it("shows each branch the manifest of the version that is staged for it", async () => {
    expect(await get("/updates/stable/A/latest.yml")).toMatchObject({ status: 200, body: "manifest of 1.0.0" });
    expect(await get(`/updates/stable/${encodeURIComponent("东门")}/latest.yml`)).toMatchObject({ body: "manifest of 1.1.0" });
    expect(await get("/updates/beta/A/latest.yml")).toMatchObject({ status: 404 });
  });

  it("serves any file that lies there, whole or a part of it, so that a download outlives a change of the stages", async () => {
    const file = "/updates/stable/A/Counterfoil-1.1.0.exe";
    expect(await get(file)).toMatchObject({ status: 200, body: "0123456789 1.1.0", headers: { "accept-ranges": "bytes" } });
    expect(await get(file, { range: "bytes=2-4" })).toMatchObject({
      status: 206,
      body: "234",
      headers: { "content-range": "bytes 2-4/16", "content-length": "3" },
    });
    expect(await get(file, { range: "bytes=11-" })).toMatchObject({ status: 206, body: "1.1.0" });
    expect(await get(file, { range: "bytes=11-99" })).toMatchObject({ status: 206, body: "1.1.0" });
    expect(await get(file, { range: "bytes=16-" })).toMatchObject({ status: 416, headers: { "content-range": "bytes */16" } });
    expect(await get(file, { range: "bytes=0-1,4-5" })).toMatchObject({ status: 200 });
    expect(await get(file, { method: "HEAD" })).toMatchObject({ status: 200, body: "", headers: { "content-length": "16" } });
  });

  it("leads nowhere else, however the path is written", async () => {
    const ways = ["..%2Fsecret", "%2e%2e%2f%2e%2e%2fsecret", "..%5C..%5Csecret", "", "%00", "%zz", ".", "stages.json"];
    for (const way of ways) expect(await get(`/updates/stable/A/${way}`)).toMatchObject({ status: 404 });
    expect(await get("/updates/../A/secret")).toMatchObject({ status: 404 });
    expect(await get("/updates/stable/A/1.0.0/latest.yml")).toMatchObject({ status: 404 });
    expect(incidents).toEqual([]);
  });

  it("takes nothing, and not from everybody at once", async () => {
    expect(await get("/updates/stable/A/latest.yml", { method: "PUT" })).toMatchObject({ status: 405 });
    for (let i = 0; i < 19; i++) await get("/updates/stable/A/nothing");
    expect(await get("/updates/stable/A/latest.yml")).toMatchObject({ status: 429, headers: { "retry-after": "1" } });
  });

  it("says that it is in trouble when somebody has broken the stages by hand", async () => {
    await writeFile(join(folder, "stable", "stages.json"), "{");
    expect(await get("/updates/stable/A/latest.yml")).toMatchObject({ status: 500 });
    expect(incidents).toEqual(["updates"]);
  });
});
