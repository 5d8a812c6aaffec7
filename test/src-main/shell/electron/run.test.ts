import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Logger } from "#main/app/ports/logger.ts";
import { setMenu } from "#main/shell/electron/menu.ts";
import { runElectronShell } from "#main/shell/electron/run.ts";
import { reachOwner } from "#main/shell/local/reach-owner.ts";
import { takeOwnership } from "#main/shell/owner-lock.ts";
import { readOwner } from "#main/shell/owner-note.ts";
import type { stationContract } from "#shared/contracts/station-contract.ts";
import { clientOver, loadPage, type PageDouble } from "#test/support/electron-double-page.ts";
import { electronDouble, type ElectronDouble, type Frame } from "#test/support/electron-double.ts";
import { openSmallStation, type SmallStation } from "../small-station.ts";

let folder: string;
let dataDir: string;
let station: SmallStation;
let electron: ElectronDouble;
let warnings: unknown[];
/** What stood when a new version was to take the place of this one. */
let atTheEnd: unknown[];
let isRestarting: boolean;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "electron-shell-"));
  dataDir = join(folder, "data");
  await mkdir(join(folder, "renderer", "assets"), { recursive: true });
  await writeFile(join(folder, "renderer", "index.html"), "<title>Counterfoil</title>");
  await writeFile(join(folder, "renderer", "assets", "index-1.js"), "start();");
  station = openSmallStation();
  electron = electronDouble({ loadPage });
  warnings = [];
  atTheEnd = [];
  isRestarting = false;
});

afterEach(async () => {
  electron.app.quit();
  await electron.app.exited;
  vi.unstubAllGlobals();
  vi.doUnmock("electron");
  await rm(folder, { recursive: true, force: true });
});

const log: Logger = { info: () => undefined, warn: (facts) => warnings.push(facts), error: (facts) => warnings.push(facts) };

const run = (open: () => Promise<SmallStation> = async () => station): Promise<void> =>
  runElectronShell(electron.parts, {
    dataDir,
    rendererDir: join(folder, "renderer"),
    preload: "/out/preload/preload.cjs",
    log,
    open,
    updates: {
      isRestarting: () => isRestarting,
      finish: async () => {
        atTheEnd.push({ stationIsClosed: station.isClosed(), hasLock: electron.app.hasLock });
      },
    },
  });

async function openCounter() {
  await run();
  const window = await electron.window();
  return { window, contents: window.webContents, page: pageOf(window) };
}

function pageOf({ webContents }: ElectronDouble["windows"][number]): PageDouble {
  if (!webContents.page) throw new Error("the window has no page");
  return webContents.page;
}

describe("the window", () => {
  it("is one, shown when its page is ready, and gives the page nothing of Node or Electron", async () => {
    const { window } = await openCounter();
    expect(electron.windows).toHaveLength(1);
    expect(window.seen).toEqual(["load app://counterfoil/index.html", "show"]);
    expect(electron.app.isSandboxed).toBe(true);
    expect(window.options).toMatchObject({
      show: false,
      webPreferences: {
        preload: "/out/preload/preload.cjs",
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        devTools: false,
        spellcheck: false,
      },
    });
  });

  it("shows the built screens under an origin and a policy of their own", async () => {
    await openCounter();
    expect(electron.privileged).toEqual([{ scheme: "app", privileges: { standard: true, secure: true } }]);
    const page = electron.fetch("app://counterfoil/index.html");
    expect(await page?.text()).toBe("<title>Counterfoil</title>");
    expect(page?.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page?.headers.get("content-security-policy")).toContain("default-src 'self'; ");
    expect(page?.headers.get("content-security-policy")).toContain("connect-src 'self';");
    expect(await electron.fetch("app://counterfoil/assets/index-1.js")?.text()).toBe("start();");
  });

  it("comes to the front when the counter is started a second time", async () => {
    const { window } = await openCounter();
    window.minimize();
    electron.startAgain();
    expect(window.seen.slice(-3)).toEqual(["restore", "show", "focus"]);
    expect(window.isMinimized()).toBe(false);
  });
});

describe("the port to the station", () => {
  it("carries a call, a refusal with its facts, and a stream that ends when the screen turns away", async () => {
    const { page } = await openCounter();
    const client = clientOver(await page.hello());
    expect(await client.station.status()).toMatchObject({ businessDate: "2026-03-02" });
    await expect(client.session.signIn({ userName: "chen", password: "wrong" })).rejects.toMatchObject({
      defined: true,
      code: "WRONG_CREDENTIALS",
      data: { attemptsLeft: 4 },
    });

    const events = await client.station.watch();
    expect((await events.next()).value).toMatchObject({ type: "status" });
    station.journalChanged();
    expect((await events.next()).value).toEqual({ type: "journalChanged" });
    await events.return?.(undefined);
    await station.watchedBy(0);
  });

  it("takes the session with it when the page is reloaded", async () => {
    const { window, page } = await openCounter();
    const before = clientOver(await page.hello());
    await before.session.signIn({ userName: "chen", password: "right" });
    await (await before.station.watch()).next();

    await window.reload();
    await station.watchedBy(0);
    const reloaded = pageOf(window);
    expect(await clientOver(await reloaded.hello()).session.current()).toBeNull();
  });

  it("is one at a time: asking again closes the one before", async () => {
    const { page } = await openCounter();
    const first = await page.hello();
    await clientOver(first).session.signIn({ userName: "chen", password: "right" });
    const second = await page.hello();
    await first.isClosed;
    expect(await clientOver(second).session.current()).toBeNull();
  });

  it("is closed on a page that sends something that is no call, and the counter goes on", async () => {
    const { page } = await openCounter();
    for (const garbage of [
      42,
      null,
      "",
      "{",
      "null",
      "[]",
      '{"i":"1","p":{"u":7}}',
      new Uint8Array([123, 255]),
      { i: "1", p: { u: "/station/status" } },
    ]) {
      const port = await page.hello();
      port.postMessage(garbage);
      await port.isClosed;
      expect(await clientOver(await page.hello()).station.status()).toMatchObject({ stationNumber: 1 });
    }
  });
});

describe("attacks", () => {
  it("a frame inside the page, or a foreign page in the window, asks for the station", async () => {
    const { contents } = await openCounter();
    const reached: string[] = [];
    const frame = (origin: string, parent: Frame | null): Frame => ({ origin, parent, postMessage: () => reached.push(origin) });
    contents.helloFrom(frame("app://counterfoil", contents.mainFrame));
    contents.helloFrom(frame("https://shop.example", contents.mainFrame));
    contents.helloFrom(frame("https://shop.example", null));
    contents.helloFrom(frame("app://counterfoil.example", null));
    contents.helloFrom(frame("null", null));
    contents.helloFrom(null);
    expect(reached).toEqual([]);
    expect(warnings.filter((facts) => JSON.stringify(facts) === '{"code":"FRAME_REFUSED"}')).toHaveLength(6);
  });

  it("a frame posts the page's hello to the page's window", async () => {
    const { page } = await openCounter();
    page.post("counterfoil:hello", "frame");
    page.post({ type: "counterfoil:hello" });
    page.post("counterfoil:port");
    await page.hello();
    expect(page.hellos()).toBe(1);
  });

  it("a link, a script or a redirect leads the window away", async () => {
    const { contents } = await openCounter();
    for (const url of [
      "https://shop.example/",
      "file:///etc/passwd",
      "app://counterfoil/other.html",
      "app://other/index.html",
      "javascript:alert(1)",
    ]) {
      expect(contents.navigates("will-frame-navigate", { url })).toBe(false);
    }
    expect(contents.navigates("will-frame-navigate", { url: "app://counterfoil/index.html", isMainFrame: false })).toBe(false);
    expect(contents.navigates("will-redirect", { url: "app://counterfoil/index.html" })).toBe(false);
    expect(contents.navigates("will-attach-webview")).toBe(false);
    // A reload goes to where the page is already.
    expect(contents.navigates("will-frame-navigate", { url: "app://counterfoil/index.html" })).toBe(true);
  });

  it("a server with a certificate that nobody vouches for", async () => {
    await openCounter();
    expect(electron.trustsCertificate()).toBe(false);
  });

  it("the page opens another window", async () => {
    const { contents } = await openCounter();
    expect(contents.opensWindow("https://shop.example/")).toBe(false);
    expect(contents.opensWindow("app://counterfoil/index.html")).toBe(false);
  });

  it("the page asks for the camera, the clipboard, the browser's own serial ports", async () => {
    await openCounter();
    for (const permission of ["media", "clipboard-read", "serial", "geolocation", "notifications"]) {
      expect(await electron.session.grants(permission)).toBe(false);
    }
  });

  it("the page asks for files beside the screens", async () => {
    await openCounter();
    await writeFile(join(folder, "station.key"), "the key");
    const urls = [
      "app://counterfoil/../station.key",
      "app://counterfoil/%2e%2e/station.key",
      "app://counterfoil/..%2fstation.key",
      "app://other/index.html",
    ];
    for (const url of urls) expect(electron.fetch(url)?.status).toBe(404);
    expect(electron.fetch("app://counterfoil/index.html", { method: "POST" })?.status).toBe(404);
  });
});

describe("a window of its own", () => {
  it("opens where it was closed, and in the middle when that screen is gone", async () => {
    await mkdir(dataDir);
    const remember = (bounds: object) => writeFile(join(dataDir, "window.json"), JSON.stringify({ bounds, isMaximized: true }));
    await remember({ x: 200, y: 100, width: 1280, height: 800 });
    const { window } = await openCounter();
    expect(window.options).toMatchObject({ x: 200, y: 100, width: 1280, height: 800 });
    expect(window.seen).toContain("maximize");
    electron.closeWindow();
    await electron.app.exited;

    electron = electronDouble({ loadPage });
    expect((await openCounter()).window.options).toMatchObject({ x: 200, y: 100 });
    electron.closeWindow();
    await electron.app.exited;

    for (const gone of [{ x: 4000, y: 100, width: 1280, height: 800 }, { x: 0, y: 0, width: 1, height: 1 }, "nonsense"]) {
      electron = electronDouble({ loadPage });
      await remember(gone as object);
      expect((await openCounter()).window.options).not.toHaveProperty("x");
      electron.closeWindow();
      await electron.app.exited;
    }
  });

  it("has no menu that would take Alt and F10 from the counter, and zooms by the usual keys", async () => {
    const { contents } = await openCounter();
    expect(electron.menus).toEqual([null]);
    for (const key of ["F1", "F4", "F6", "F10", "F11", "p"]) expect(contents.presses(key, { alt: key === "p" })).toBe(true);
    for (const key of ["=", "+", "+"]) expect(contents.presses(key, { control: true })).toBe(false);
    expect(contents.getZoomLevel()).toBe(3);
    for (let i = 0; i < 10; i++) contents.presses("-", { control: true });
    expect(contents.getZoomLevel()).toBe(-3);
    contents.presses("0", { control: true });
    expect(contents.getZoomLevel()).toBe(0);
    expect(contents.presses("=", { control: true, alt: true })).toBe(true);
  });

  it.each([
    ["zh-CN", "编辑"],
    ["en-GB", "Edit"],
  ])("has a menu on macOS, where the clipboard comes from it, in the system's language: %s", (locale, edit) => {
    electron.app.getLocale = () => locale;
    setMenu(electron.parts, "darwin");
    expect(electron.menus).toEqual([expect.arrayContaining([expect.objectContaining({ label: edit })])]);
    expect(JSON.stringify(electron.menus)).not.toContain("accelerator");
    electron.app.quit();
  });

  it("asks before it closes on entries that head office has not got, and closes for whoever says so", async () => {
    await openCounter();
    station.waits(3);
    electron.closeWindow();
    expect(electron.warnings).toEqual([expect.stringMatching(/还有 3 条记录没有传到总部[^]*3 entries have not reached head office/)]);
    expect(station.isClosed()).toBe(false);

    electron.answers.push(1);
    electron.closeWindow();
    expect(await electron.app.exited).toBe(0);
    expect(station.isClosed()).toBe(true);
    expect(electron.warnings).toHaveLength(2);
  });

  it("does not ask when it closes to come back with a new version, which finds everything closed and the place free", async () => {
    await openCounter();
    station.waits(3);
    isRestarting = true;
    electron.closeWindow();
    expect(await electron.app.exited).toBe(0);
    expect(electron.warnings).toEqual([]);
    expect(atTheEnd).toEqual([{ stationIsClosed: true, hasLock: false }]);
  });

  it("exchanges as soon as the computer wakes up", async () => {
    await openCounter();
    electron.resume();
    expect(station.wakes()).toBe(1);
  });
});

describe("a page in trouble", () => {
  it("is loaded again when its process dies, and the station knows nothing of it", async () => {
    const { window, contents } = await openCounter();
    contents.dies("crashed");
    expect(window.seen.filter((what) => what.startsWith("load"))).toHaveLength(2);
    expect(warnings).toEqual([{ code: "PAGE_GONE", reason: "crashed", exitCode: 5 }]);
    expect(station.isClosed()).toBe(false);
    expect(electron.errors).toEqual([]);
  });

  it("that dies again and again is left alone, with words", async () => {
    const { window, contents } = await openCounter();
    for (let i = 0; i < 4; i++) contents.dies("oom");
    expect(window.seen.filter((what) => what.startsWith("load"))).toHaveLength(4);
    expect(electron.errors).toEqual([expect.stringMatching(/画面反复出错[^]*keeps failing/)]);
  });

  it("that hangs is waited for or loaded again, as the person likes", async () => {
    const { window } = await openCounter();
    window.emit("unresponsive");
    await vi.waitFor(() => expect(electron.warnings).toEqual([expect.stringMatching(/没有响应[^]*does not respond/)]));
    expect(window.seen.filter((what) => what.startsWith("load"))).toHaveLength(1);
    electron.answers.push(1);
    window.emit("unresponsive");
    await vi.waitFor(() => expect(window.seen.filter((what) => what.startsWith("load"))).toHaveLength(2));
  });
});

describe("the start and the end", () => {
  it("hands the station over to nobody when the counter runs already", async () => {
    electron = electronDouble({ isFirst: false, loadPage });
    await run();
    expect(await electron.app.exited).toBe(0);
    expect(electron.windows).toEqual([]);
    await expect(readdir(dataDir)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("keeps the key in the system's safe storage, and in a file, saying so, where there is none", async () => {
    await openCounter();
    expect(await readdir(dataDir)).toContain("station.key.sealed");
    expect(await readdir(dataDir)).not.toContain("station.key");
    expect(warnings).toEqual([]);
    electron.app.quit();
    await electron.app.exited;

    electron = electronDouble({ hasKeychain: false, loadPage });
    dataDir = join(folder, "another");
    await openCounter();
    expect(await readdir(dataDir)).toContain("station.key");
    expect(warnings).toEqual([{ code: "KEY_IN_FILE" }]);
  });

  it("answers `station call` while the window is open", async () => {
    await openCounter();
    const line = await reachOwner(readOwner(dataDir)?.address ?? "");
    if (!line) throw new Error("nobody listens");
    const client: ContractRouterClient<typeof stationContract> = createORPCClient(line.link);
    expect(await client.station.status()).toMatchObject({ stationNumber: 1 });
    line.close();
  });

  it("closes the station and leaves the folder free when the window is closed", async () => {
    await openCounter();
    electron.closeWindow();
    expect(await electron.app.exited).toBe(0);
    expect(station.isClosed()).toBe(true);
    takeOwnership(dataDir, 1).release();
  });

  it("says why, in both languages, when the folder is open in another process, and opens no window", async () => {
    await mkdir(dataDir);
    const other = takeOwnership(dataDir, 1);
    await run();
    expect(await electron.app.exited).toBe(1);
    expect(electron.errors).toEqual([
      expect.stringMatching(`柜台已经在另一个窗口或程序里打开（进程 ${process.pid}）。[^]*process ${process.pid}`),
    ]);
    expect(electron.windows).toEqual([]);
    other.release();
  });

  it("warns of a folder that a cloud drive keeps in step, and opens all the same", async () => {
    dataDir = join(folder, "Dropbox", "counter");
    const { window } = await openCounter();
    expect(window.seen).toContain("show");
    expect(electron.warnings).toEqual([expect.stringMatching(/同步网盘[^]*cloud drive/)]);
    expect(warnings).toContainEqual({ code: "FOLDER_SYNCED" });
  });

  it("lets go of the folder when the station does not open", async () => {
    await run(async () => {
      throw new Error("the database is of a newer version");
    });
    expect(await electron.app.exited).toBe(1);
    expect(electron.errors).toEqual([expect.stringContaining("the database is of a newer version")]);
    takeOwnership(dataDir, 1).release();
  });
});
