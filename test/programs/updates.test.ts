import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { PassThrough } from "node:stream";
import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { makeUpdates } from "#main/app/updates/updates.ts";
import { makeReleaseKey, signManifests } from "#main/shell/cli/packing/release-key.ts";
import { makeUpdateDriver } from "#main/shell/electron/updates/update-driver.ts";
import { runCommand } from "#server/cli/run-command.ts";
import { makeUpdateFeed } from "#server/http/update-feed.ts";
import { openReleases } from "#server/releases/release-folder.ts";
import { packAppImage } from "./support/app-image.ts";

const oldVersion = "1.0.0";
const newVersion = "1.1.0";
const appImage = (version: string): string => `Counterfoil-${version}.AppImage`;
const manifest = "latest-linux.yml";

let folder: string;
let oldRelease: string;
let newRelease: string;
let keyFile: string;
let releaseKey: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "updates-"));
  keyFile = join(folder, "release.key");
  releaseKey = await makeReleaseKey(keyFile, join(folder, "keys.txt"));
  oldRelease = await packAppImage(oldVersion, "The first one.");
  newRelease = await packAppImage(newVersion, "Gifts are counted anew.");
  await signManifests(newRelease, [manifest], keyFile);
}, 60_000);

let updatesDir: string;
let feed: { readonly server: Server; readonly url: string; readonly sentBytes: () => number; isBroken: boolean };

beforeEach(async () => {
  updatesDir = await mkdtemp(join(folder, "head-office-"));
  feed = await serveFeed();
  return () => {
    vi.unstubAllEnvs();
    feed.server.closeAllConnections();
    feed.server.close();
  };
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Head office's own feed, with a look at what goes over the line and a way to break it. */
async function serveFeed(): Promise<typeof feed> {
  const answer = makeUpdateFeed(openReleases(updatesDir), { reportIncident: () => "1", nowMs: () => 0 });
  const server = createServer((request, response) => {
    if (made.isBroken && request.url?.endsWith(".AppImage")) setImmediate(() => response.destroy());
    answer(request, response);
  });
  const sockets: Socket[] = [];
  server.on("connection", (socket) => sockets.push(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const made = {
    server,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sentBytes: () => sockets.reduce((sum, socket) => sum + socket.bytesWritten, 0),
    isBroken: false,
  };
  return made;
}

/** Gives a command to head office. @returns its document */
async function hq(...args: readonly string[]): Promise<unknown> {
  let printed = "";
  const stdout = { write: (text: string) => (printed += text) };
  await runCommand([...args, "--updates", updatesDir, "--json"], { env: {}, stdin: new PassThrough(), stdout });
  return JSON.parse(printed);
}

async function offer(to = "everybody"): Promise<void> {
  expect(await hq("updates", "add", "--from", newRelease)).toEqual({ version: newVersion, channel: "stable" });
  await hq("updates", "stage", "--version", newVersion, "--to", to);
}

/** Where a file of the new release lies at head office. */
const atHeadOffice = (name: string): string => join(updatesDir, "stable", newVersion, name);

/** A counter with an AppImage of its own. */
async function openCounter({ version = oldVersion, branch = "A", keys = [releaseKey], file = "counterfoil.AppImage" } = {}) {
  const home = await mkdtemp(join(folder, "counter-"));
  const installed = join(home, file);
  await cp(join(oldRelease, appImage(oldVersion)), installed);
  const configFile = join(home, "app-update.yml");
  await writeFile(configFile, "provider: generic\nurl: http://127.0.0.1/updates\nupdaterCacheDirName: counterfoil-updater\n");
  vi.stubEnv("APPIMAGE", installed);
  const driver = makeUpdateDriver({
    app: { version, name: "counterfoil", isPackaged: true },
    configFile,
    cacheDir: join(home, "cache"),
    channel: "stable",
    releaseKeys: keys,
    quit: () => undefined,
  });
  const percents: number[] = [];
  const updates = makeUpdates({
    driver,
    version,
    place: () => ({ url: feed.url, branch }),
    nowMs: () => 1_000,
    onChange: () => {
      const { now } = updates.state();
      if (now.phase === "downloading") percents.push(now.percent);
    },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  const check = async () => {
    const checked = await updates.check();
    if (!checked.ok) throw new Error(checked.error.code);
    return checked.value;
  };
  /** With nothing of the old file to build upon, a download is of the whole. */
  const forgetOldFile = () => writeFile(installed, "somebody's own program");
  return { driver, updates, check, installed, percents, forgetOldFile };
}

const startedVersion = (file: string): string => execFileSync(file, { encoding: "utf8" }).trim();

describe("an update", () => {
  it("is fetched, waits until the counter closes, and is what starts from then on", async () => {
    await offer();
    const { check, updates, driver, installed, percents, forgetOldFile } = await openCounter();
    await forgetOldFile();
    expect(await check()).toEqual({
      version: oldVersion,
      now: { phase: "ready", offer: { version: newVersion, notes: "Gifts are counted anew." } },
      checkedAtMs: 1_000,
      trouble: null,
    });
    expect(percents.at(-1)).toBe(100);
    expect(feed.sentBytes()).toBeGreaterThan(3_000_000);
    expect(await readFile(installed, "utf8")).toBe("somebody's own program");

    await driver.finish();
    expect(startedVersion(installed)).toBe(`"version":"${newVersion}"`);
    expect(updates.install()).toMatchObject({ ok: true });
  });

  it("fetches only what changed since the version that runs", async () => {
    await offer();
    const { check, driver, installed } = await openCounter();
    expect((await check()).now.phase).toBe("ready");
    expect(feed.sentBytes()).toBeLessThan(300_000);
    await driver.finish();
    expect(startedVersion(installed)).toBe(`"version":"${newVersion}"`);
  });

  it("keeps the name of the file, so that what starts the counter goes on doing so", async () => {
    await offer();
    const { check, driver, installed } = await openCounter({ file: appImage(oldVersion) });
    await check();
    await driver.finish();
    expect(startedVersion(installed)).toBe(`"version":"${newVersion}"`);
    expect((await stat(installed)).mode & 0o111).toBe(0o111);
  });

  it("starts the new version when somebody said so", async () => {
    await offer();
    const { check, updates, driver } = await openCounter();
    const started = join(folder, "started");
    vi.stubEnv("STARTED_VERSIONS", started);
    await check();
    expect(updates.install()).toMatchObject({ ok: true, value: { now: { phase: "installing" } } });
    await driver.finish();
    await vi.waitFor(async () => expect(await readFile(started, "utf8")).toContain(newVersion), 10_000);
  });
});

describe("staging", () => {
  it("gives a version to the named branches alone, and to everybody when it has proved itself", async () => {
    await offer("B,C");
    expect((await (await openCounter({ branch: "A" })).check()).now).toEqual({ phase: "idle" });
    expect((await (await openCounter({ branch: "B" })).check()).now.phase).toBe("ready");
    await hq("updates", "stage", "--version", newVersion, "--to", "everybody");
    expect((await (await openCounter({ branch: "A" })).check()).now.phase).toBe("ready");
    expect(await hq("updates", "list")).toEqual({ channel: "stable", releases: [{ version: newVersion, to: "everybody" }] });
  });

  it("takes a version back, and a counter that runs a newer one stays with it", async () => {
    await offer();
    expect(await (await openCounter({ version: "1.2.0" })).check()).toMatchObject({ now: { phase: "idle" }, trouble: null });
    await hq("updates", "stage", "--version", newVersion, "--to", "nobody");
    expect(await (await openCounter()).check()).toMatchObject({ now: { phase: "idle" }, trouble: null });
  });

  it("refuses a release that no counter would take", async () => {
    const copy = await mkdtemp(join(folder, "release-"));
    await cp(newRelease, copy, { recursive: true });
    const add = () => hq("updates", "add", "--from", copy);
    await rename(join(copy, `${manifest}.sig`), join(copy, "kept"));
    expect(await add()).toMatchObject({ error: { code: "RELEASE_UNSIGNED" } });
    await rename(join(copy, "kept"), join(copy, `${manifest}.sig`));
    await writeFile(join(copy, appImage(newVersion)), "half of i");
    expect(await add()).toMatchObject({ error: { code: "RELEASE_DAMAGED", data: { file: appImage(newVersion) } } });
    await rm(join(copy, appImage(newVersion)));
    expect(await add()).toMatchObject({ error: { code: "RELEASE_INCOMPLETE", data: { missing: appImage(newVersion) } } });
    await rm(join(copy, manifest));
    expect(await add()).toMatchObject({ error: { code: "RELEASE_INCOMPLETE" } });
    expect(await hq("updates", "list")).toMatchObject({ releases: [] });
    expect(await hq("updates", "stage", "--version", "9.9.9", "--to", "A")).toMatchObject({ error: { code: "RELEASE_NOT_FOUND" } });
    await offer();
    expect(await hq("updates", "add", "--from", newRelease)).toMatchObject({ error: { code: "RELEASE_EXISTS" } });
  });
});

describe("an update that cannot be trusted", () => {
  /** Looks for it, and closes the counter, which is left as it was. @returns why it was not taken */
  async function refusal({ fetchesAll = false } = {}): Promise<string | null> {
    const counter = await openCounter();
    if (fetchesAll) await counter.forgetOldFile();
    const before = await readFile(counter.installed);
    const { now, trouble } = await counter.check();
    expect(now).toEqual({ phase: "idle" });
    await counter.driver.finish();
    expect((await readFile(counter.installed)).equals(before)).toBe(true);
    expect(counter.updates.install()).toEqual({ ok: false, error: { code: "NO_UPDATE_READY" } });
    return trouble;
  }

  it("has no signature", async () => {
    await offer();
    await rm(atHeadOffice(`${manifest}.sig`));
    expect(await refusal()).toBe("MANIFEST_UNSIGNED");
  });

  it("is signed by somebody else: head office itself, say, in the hands of a thief", async () => {
    await offer();
    const otherKey = await makeReleaseKey(join(updatesDir, "other.key"), join(updatesDir, "other.txt"));
    await signManifests(join(updatesDir, "stable", newVersion), [manifest], join(updatesDir, "other.key"));
    expect(await refusal()).toBe("MANIFEST_FORGED");
    const counter = await openCounter({ keys: [releaseKey, otherKey] });
    expect((await counter.check()).now.phase).toBe("ready");
  });

  it("has another manifest than was signed, though every digest in it is right", async () => {
    await offer();
    await writeFile(atHeadOffice(manifest), (await readFile(atHeadOffice(manifest), "utf8")).replace(newVersion, "9.9.9"));
    expect(await refusal()).toBe("MANIFEST_FORGED");
  });

  it("was changed by one bit", async () => {
    await offer();
    const bytes = await readFile(atHeadOffice(appImage(newVersion)));
    bytes.writeUInt8(bytes.readUInt8(1_000_000) ^ 1, 1_000_000);
    await writeFile(atHeadOffice(appImage(newVersion)), bytes);
    expect(await refusal({ fetchesAll: true })).toBe("UPDATE_DAMAGED");
  });

  it("is too short", async () => {
    await offer();
    await truncate(atHeadOffice(appImage(newVersion)), 1_000_000);
    expect(await refusal({ fetchesAll: true })).toBe("UPDATE_DAMAGED");
  });

  it("says nothing that a counter understands", async () => {
    await offer();
    await writeFile(atHeadOffice(manifest), "version: 9.9.9\n");
    await signManifests(join(updatesDir, "stable", newVersion), [manifest], keyFile);
    expect(await refusal()).toBe("MANIFEST_UNREADABLE");
  });

  it("was changed on the counter's own disk, between the download and the end of the day", async () => {
    await offer();
    const { check, driver, installed } = await openCounter();
    await check();
    const fetched = join(installed, "../cache/counterfoil-updater/pending", appImage(newVersion));
    expect(existsSync(fetched)).toBe(true);
    await writeFile(fetched, "#!/bin/sh\necho mine\n");
    const before = await readFile(installed);
    await expect(driver.finish()).rejects.toMatchObject({ code: "UPDATE_DAMAGED" });
    expect((await readFile(installed)).equals(before)).toBe(true);
  });
});

describe("a line that fails", () => {
  it("in the middle of the download leaves what is installed, and the next look brings the update", async () => {
    await offer();
    const { check, forgetOldFile, installed } = await openCounter();
    await forgetOldFile();
    feed.isBroken = true;
    expect(await check()).toMatchObject({ now: { phase: "idle" }, trouble: "UPDATE_NOT_FETCHED" });
    expect(await readFile(installed, "utf8")).toBe("somebody's own program");
    feed.isBroken = false;
    expect(await check()).toMatchObject({ now: { phase: "ready" }, trouble: null });
  });

  it("altogether is said, and asked again later", async () => {
    const { check } = await openCounter();
    feed.server.close();
    feed.server.closeAllConnections();
    expect(await check()).toMatchObject({ now: { phase: "idle" }, trouble: "FEED_UNREACHABLE", checkedAtMs: null });
  });
});

it("comes to no counter that believes no key, was installed by the system, or runs from its sources", async () => {
  expect((await openCounter({ keys: [] })).updates.state().now).toEqual({ phase: "off", reason: "NO_RELEASE_KEY" });
  vi.stubEnv("APPIMAGE", undefined);
  const options = { configFile: "", cacheDir: "", channel: "stable", releaseKeys: [releaseKey], quit: () => undefined };
  const app = { version: oldVersion, name: "counterfoil", isPackaged: true };
  expect(makeUpdateDriver({ app, ...options }).offReason).toBe("SYSTEM_PACKAGE");
  expect(makeUpdateDriver({ app: { ...app, isPackaged: false }, ...options }).offReason).toBe("FROM_SOURCES");
});
