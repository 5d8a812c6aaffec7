import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runStation, startStation, type Running } from "../src-main/shell/cli/station-command.ts";
import { clientOver, get, knock, outcome } from "../src-main/shell/web/browser.ts";

let data: string;
let running: Running[];

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "serve-"));
  running = [];
});

afterEach(async () => {
  for (const { child, ended } of running) {
    child.kill("SIGKILL");
    await ended;
  }
  await rm(data, { recursive: true, force: true });
});

async function serve() {
  const counter = startStation(["serve", "--data", data, "--json"]);
  running.push(counter);
  const { value } = await counter.lines.next();
  const { url, ready } = JSON.parse(value) as { url: string; ready: boolean };
  expect(ready).toBe(true);
  const { port, hash } = new URL(url);
  return { ...counter, port: Number(port), token: hash.slice("#token=".length) };
}

it("serves the built screens and the real station to the browser, and to calls beside it", async () => {
  const counter = await serve();
  expect(await get(counter.port, "/")).toMatchObject({ status: 200, body: expect.stringContaining('<div id="root">') });

  const socket = knock(counter.port, { protocols: ["orpc", counter.token] });
  expect(await outcome(socket)).toBe("open");
  expect(await clientOver(socket).setup.state()).toMatchObject({ state: "empty" });
  expect(await runStation(["call", "setup.state", "--data", data])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('"state": "empty"'),
  });

  const closed = once(socket, "close");
  counter.child.kill("SIGTERM");
  expect((await counter.ended).code).toBe(0);
  expect((await closed)[0]).toBe(1001);
});

it("opens again after kill -9, under another token", async () => {
  const killed = await serve();
  killed.child.kill("SIGKILL");
  await killed.ended;
  const counter = await serve();
  expect(counter.token).not.toBe(killed.token);
  expect(await runStation(["call", "setup.state", "--data", data])).toMatchObject({ code: 0 });
});

it("says on the error output that the key lies in a file, and keeps the standard output to its one line", async () => {
  const counter = await serve();
  counter.child.kill("SIGINT");
  const { code, stdout, stderr } = await counter.ended;
  expect(code).toBe(0);
  expect(stdout.split("\n")).toHaveLength(2);
  expect(stderr).toContain("KEY_IN_FILE");
});
