import { once } from "node:events";
import { connect } from "node:net";
import { setImmediate } from "node:timers/promises";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WebSocket } from "ws";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Logger } from "#main/app/ports/logger.ts";
import type { SocketLimits } from "#main/shell/sockets/socket-server.ts";
import { serveWeb, type WebShell } from "#main/shell/web/serve-web.ts";
import { openSmallStation, type SmallStation } from "../small-station.ts";
import { clientOver, get, knock, outcome, type Knock } from "./browser.ts";

let folder: string;
let station: SmallStation;
let shells: WebShell[];
let sockets: WebSocket[];
let warnings: unknown[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "web-shell-"));
  await mkdir(join(folder, "renderer", "assets"), { recursive: true });
  await writeFile(join(folder, "renderer", "index.html"), "<title>Counterfoil</title>");
  await writeFile(join(folder, "renderer", "assets", "index-1.js"), "start();");
  await writeFile(join(folder, "station.key"), "the key");
  station = openSmallStation();
  [shells, sockets, warnings] = [[], [], []];
});

afterEach(async () => {
  for (const socket of sockets) socket.terminate();
  for (const shell of shells) await shell.close();
  await rm(folder, { recursive: true, force: true });
});

const log: Logger = { info: () => undefined, warn: (facts) => warnings.push(facts), error: (facts) => warnings.push(facts) };

async function open(limits: Partial<SocketLimits> = {}): Promise<WebShell & { readonly port: number }> {
  const shell = await serveWeb({ station, port: 0, rendererDir: join(folder, "renderer"), log, limits });
  shells.push(shell);
  return { ...shell, port: Number(new URL(shell.url).port) };
}

function socketTo(port: number, how: Knock): WebSocket {
  const socket = knock(port, how);
  socket.on("error", () => undefined);
  sockets.push(socket);
  return socket;
}

async function tab(shell: { readonly port: number; readonly token: string }) {
  const socket = socketTo(shell.port, { protocols: ["orpc", shell.token] });
  expect(await outcome(socket)).toBe("open");
  return { socket, station: clientOver(socket) };
}

describe("the address that the browser opens", () => {
  it("brings up the screens and, with its token, the station", async () => {
    const shell = await open();
    const { origin, hash } = new URL(shell.url);
    expect(origin).toBe(`http://127.0.0.1:${shell.port}`);
    expect(hash).toBe(`#token=${shell.token}`);

    const page = await get(shell.port, "/");
    expect(page).toMatchObject({
      status: 200,
      body: "<title>Counterfoil</title>",
      headers: { "content-type": "text/html; charset=utf-8" },
    });
    const script = await get(shell.port, "/assets/index-1.js");
    expect(script).toMatchObject({ status: 200, body: "start();", headers: { "content-type": "text/javascript; charset=utf-8" } });

    const { socket, station: client } = await tab(shell);
    expect(socket.protocol).toBe("orpc");
    expect(await client.station.status()).toMatchObject({ businessDate: "2026-03-02" });
  });

  it("is another one at the next start", async () => {
    const [first, second] = [await open(), await open()];
    expect(second.token).not.toBe(first.token);
    expect(await outcome(socketTo(second.port, { protocols: ["orpc", first.token] }))).toEqual({ status: 401, body: "" });
  });

  it("lets a reloaded tab in again, signed out", async () => {
    const shell = await open();
    const before = await tab(shell);
    await before.station.session.signIn({ userName: "chen", password: "right" });
    before.socket.close();
    expect(await (await tab(shell)).station.session.current()).toBeNull();
  });
});

describe("a session", () => {
  it("belongs to its socket: a second window beside a signed-in one is signed out", async () => {
    const shell = await open();
    const [counter, beside] = [await tab(shell), await tab(shell)];
    await counter.station.session.signIn({ userName: "chen", password: "right" });
    expect(await beside.station.session.current()).toBeNull();
    expect(await counter.station.session.current()).toMatchObject({ userName: "chen" });
  });

  it("refuses with the contract's code and facts", async () => {
    const { station: client } = await tab(await open());
    await expect(client.session.signIn({ userName: "chen", password: "wrong" })).rejects.toMatchObject({
      defined: true,
      code: "WRONG_CREDENTIALS",
      data: { attemptsLeft: 4 },
    });
  });
});

describe("a stream", () => {
  it("carries events as they happen and ends at the station when the screen turns away", async () => {
    const { station: client } = await tab(await open());
    const events = await client.station.watch();
    expect((await events.next()).value).toMatchObject({ type: "status" });
    station.journalChanged();
    expect((await events.next()).value).toEqual({ type: "journalChanged" });
    await events.return?.(undefined);
    await station.watchedBy(0);
    expect(station.watchers()).toBe(0);
  });

  it("ends at the station when the browser is gone", async () => {
    const { socket, station: client } = await tab(await open());
    const events = await client.station.watch();
    await events.next();
    expect(station.watchers()).toBe(1);
    socket.terminate();
    await station.watchedBy(0);
    expect(station.watchers()).toBe(0);
  });

  it("is broken off when the station closes, so that the page knows", async () => {
    const shell = await open();
    const { socket, station: client } = await tab(shell);
    const events = await client.station.watch();
    await events.next();
    const [[code]] = await Promise.all([once(socket, "close"), shell.close()]);
    expect(code).toBe(1001);
    await expect(events.next()).rejects.toBeInstanceOf(Error);
  });
});

describe("attacks", () => {
  it("DNS rebinding: a foreign site points its name at 127.0.0.1 to read the screens as its own", async () => {
    const { port, token } = await open();
    for (const host of [
      `rebound.example:${port}`,
      `rebound.example`,
      `127.0.0.1:${port + 1}`,
      `127.0.0.1`,
      `localhost.rebound.example:${port}`,
    ]) {
      expect(await get(port, "/", { host })).toMatchObject({ status: 403, body: "" });
      // Even with the token, and with an origin that agrees with the host, as a browser would send it.
      const socket = socketTo(port, { host, origin: `http://${host}`, protocols: ["orpc", token] });
      expect(await outcome(socket)).toEqual({ status: 403, body: "" });
    }
  });

  it("a page of another site, or of another program on this computer, opens the socket from the clerk's browser", async () => {
    const { port, token } = await open();
    for (const origin of [
      "https://shop.example",
      "null",
      "none",
      `http://127.0.0.1:${port + 1}`,
      `https://127.0.0.1:${port}`,
      `http://localhost:${port}`,
    ]) {
      expect(await outcome(socketTo(port, { origin, protocols: ["orpc", token] }))).toEqual({ status: 403, body: "" });
    }
    expect(warnings).toContainEqual({ code: "SOCKET_REFUSED", status: 403 });
  });

  it("another program guesses at the token", async () => {
    const { port, token } = await open();
    const guesses = [
      [],
      ["orpc"],
      ["orpc", ""],
      ["orpc", token.slice(0, -1)],
      ["orpc", `${token}A`],
      ["orpc", token.toLowerCase()],
      [token],
      [token, "orpc"],
    ];
    for (const protocols of [...guesses, ["orpc", token, "more"]]) {
      const offered = protocols.filter((protocol) => protocol !== "");
      expect(await outcome(socketTo(port, { protocols: offered }))).toEqual({ status: 401, body: "" });
    }
    expect(JSON.stringify(warnings)).not.toContain(token);
  });

  it("a program asks for the socket at another path", async () => {
    const { port, token } = await open();
    for (const path of ["/", "/rpc/", "/rpc?token=1", "/RPC", "/%72pc"]) {
      expect(await outcome(socketTo(port, { path, protocols: ["orpc", token] }))).toEqual({ status: 404, body: "" });
    }
  });

  it("path traversal: the key beside the screens is asked for in every spelling", async () => {
    await symlink(join(folder, "station.key"), join(folder, "renderer", "linked.txt"));
    const { port } = await open();
    const spellings = [
      "/../station.key",
      "/assets/../../station.key",
      "/..%2fstation.key",
      "/%2e%2e/station.key",
      "/%2e%2e%2fstation.key",
      "/..%5cstation.key",
      "/..\\station.key",
      "/%252e%252e/station.key",
      "/..%c0%afstation.key",
      "/....//station.key",
      "//station.key",
      "/./../station.key",
      `/${join(folder, "station.key")}`,
      `file://${join(folder, "station.key")}`,
      "/assets/index-1.js%00../../station.key",
      "/linked.txt",
      "/assets/",
      "/assets",
      "/index.html/",
    ];
    for (const path of spellings) expect({ path, ...(await get(port, path)) }).toMatchObject({ path, status: 404, body: "" });
  });

  it("a page that is shown a script, a frame or a form of somebody else is told to use none", async () => {
    const { port } = await open();
    for (const path of ["/", "/assets/index-1.js", "/nowhere"]) {
      const { headers } = await get(port, path);
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "content-security-policy":
          "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
          `connect-src 'self' ws://127.0.0.1:${port} ws://localhost:${port}; ` +
          "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
      });
      expect(headers).not.toHaveProperty("access-control-allow-origin");
    }
  });

  it("a foreign page posts to the station", async () => {
    const { port } = await open();
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"])
      expect(await get(port, "/rpc", {}, method)).toMatchObject({ status: 405, body: "" });
    expect(await get(port, "/", {}, "HEAD")).toMatchObject({ status: 200, body: "" });
  });

  it("a neighbour in the shop's network knocks: nothing listens there", async () => {
    const { port } = await open();
    // Linux routes all of 127/8 to this computer, so another address of it stands for another network card.
    const neighbour = connect({ port, host: "127.0.0.2" });
    const [error] = await once(neighbour, "error");
    expect(error).toMatchObject({ code: "ECONNREFUSED" });
  });

  it("a page opens sockets without end: the counter's stays served, the flood is bounded", async () => {
    const shell = await open({ socketsMax: 3 });
    const counter = await tab(shell);
    const flood = await Promise.all(Array.from({ length: 8 }, () => outcome(socketTo(shell.port, { protocols: ["orpc", shell.token] }))));
    expect(flood.filter((each) => each === "open")).toHaveLength(2);
    expect(flood.filter((each) => each !== "open")).toEqual(Array.from({ length: 6 }, () => ({ status: 503, body: "" })));
    expect(await counter.station.station.status()).toMatchObject({ stationNumber: 1 });

    const room = sockets.find((socket) => socket !== counter.socket && socket.readyState === socket.OPEN);
    const left = once(room as WebSocket, "close");
    room?.close();
    await left;
    await tab(shell);
  });

  it("a message of many megabytes is to fill the memory: its socket is closed, others go on", async () => {
    const shell = await open();
    const [attacker, counter] = [await tab(shell), await tab(shell)];
    attacker.socket.send(Buffer.alloc(2 * 1024 * 1024, 0x20).toString());
    const [code] = await once(attacker.socket, "close");
    expect([1006, 1009]).toContain(code);
    expect(await counter.station.session.current()).toBeNull();
  });

  it("a program sends what is no call: its socket is closed, and nothing of it is printed", async () => {
    const printed = vi.spyOn(console, "error");
    const shell = await open();
    const counter = await tab(shell);
    const form = { i: "1", p: { u: "/session/current", h: { "content-type": "multipart/form-data; boundary=x" } } };
    for (const garbage of [
      "",
      "secret",
      "null",
      "[]",
      '{"i":"1"}',
      '{"i":"1","p":{"u":7}}',
      JSON.stringify(form),
      Buffer.from([123, 255]),
    ]) {
      const attacker = await tab(shell);
      attacker.socket.send(garbage);
      const [code] = await once(attacker.socket, "close");
      expect({ garbage, code }).toEqual({ garbage, code: 1008 });
    }
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
    expect(await counter.station.session.current()).toBeNull();
  });

  it("somebody asks and asks and never reads: the socket is given up before its answers fill the memory", async () => {
    const shell = await open({ unreadBytesMax: 64 * 1024 });
    const { socket, station: client } = await tab(shell);
    await (await client.station.watch()).next();
    socket.pause();
    // First the system's own buffers fill, some megabytes; what comes after waits in the station.
    const ask = (): unknown => client.station.status().catch(() => undefined);
    while (station.watchers() > 0) {
      Array.from({ length: 500 }, ask);
      await setImmediate();
    }
    expect(await (await tab(shell)).station.session.current()).toBeNull();
  });
});

describe("a browser that hangs", () => {
  it("is dropped with its session when it gives no sign of life", async () => {
    const shell = await open({ pingEveryMs: 20 });
    const socket = socketTo(shell.port, { protocols: ["orpc", shell.token], autoPong: false });
    await once(socket, "close");
    expect(socket.readyState).toBe(socket.CLOSED);
  });

  it("is kept while it answers", async () => {
    const shell = await open({ pingEveryMs: 20 });
    const { socket, station: client } = await tab(shell);
    for (let pings = 0; pings < 5; pings += 1) await once(socket, "ping");
    expect(await client.station.status()).toMatchObject({ stationNumber: 1 });
  });
});

describe("a start that cannot succeed", () => {
  it("says that the port is taken", async () => {
    const { port } = await open();
    await expect(serveWeb({ station, port, rendererDir: join(folder, "renderer"), log })).rejects.toMatchObject({ code: "PORT_IN_USE" });
  });

  it("says that the screens are not built", async () => {
    await expect(serveWeb({ station, port: 0, rendererDir: join(folder, "nowhere"), log })).rejects.toMatchObject({
      code: "SCREENS_NOT_BUILT",
    });
  });
});
