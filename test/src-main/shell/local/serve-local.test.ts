import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { reachOwner, type OwnerLine } from "#main/shell/local/reach-owner.ts";
import { serveLocal, type LocalDoor } from "#main/shell/local/serve-local.ts";
import type { stationContract } from "#shared/contracts/station-contract.ts";
import { openSmallStation, type SmallStation } from "../small-station.ts";

let folder: string;
let station: SmallStation;
let doors: LocalDoor[];
let lines: OwnerLine[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "local-"));
  station = openSmallStation();
  [doors, lines] = [[], []];
});

afterEach(async () => {
  for (const line of lines) line.close();
  for (const door of doors) await door.close();
  await rm(folder, { recursive: true, force: true });
});

async function serve(dataDir = folder): Promise<LocalDoor> {
  const door = await serveLocal({ station, dataDir });
  doors.push(door);
  return door;
}

async function call(address: string): Promise<ContractRouterClient<typeof stationContract>> {
  const line = await reachOwner(address);
  if (!line) throw new Error("nobody listens");
  lines.push(line);
  return createORPCClient(line.link);
}

it("takes calls and streams of other processes, each with a session of its own", async () => {
  const { address } = await serve();
  expect(address).toBe(join(folder, "station.sock"));
  const [first, second] = [await call(address), await call(address)];
  await first.session.signIn({ userName: "chen", password: "right" });
  expect(await first.session.current()).toMatchObject({ userName: "chen" });
  expect(await second.session.current()).toBeNull();

  const events = await second.station.watch();
  expect((await events.next()).value).toMatchObject({ type: "status" });
  station.journalChanged();
  expect((await events.next()).value).toEqual({ type: "journalChanged" });
});

it("cannot be opened by another user of this computer", async () => {
  const { address } = await serve();
  expect((await stat(address)).mode & 0o777).toBe(0o600);
});

it("works for a data folder whose path is longer than a socket's may be", async () => {
  const deep = join(folder, "a-branch-with-a-long-name".repeat(3), "and-a-station-with-a-longer-one".repeat(3));
  await mkdir(deep, { recursive: true });
  const door = await serve(deep);
  expect(await (await call(door.address)).station.status()).toMatchObject({ stationNumber: 1 });
  // In a folder of its own for its owner alone, where nobody else could have laid a socket before.
  expect((await stat(dirname(door.address))).mode & 0o777).toBe(0o700);

  await door.close();
  await expect(stat(dirname(door.address))).rejects.toMatchObject({ code: "ENOENT" });
});

it("takes the place of a socket that a killed station left", async () => {
  await writeFile(join(folder, "station.sock"), "");
  const { address } = await serve();
  expect(await (await call(address)).station.status()).toMatchObject({ stationNumber: 1 });
});

it("is gone when the station closes", async () => {
  const door = await serve();
  const client = await call(door.address);
  const events = await client.station.watch();
  await events.next();
  await door.close();
  await expect(events.next()).rejects.toBeInstanceOf(Error);
  expect(station.watchers()).toBe(0);
  expect(await readdir(folder)).toEqual([]);
  expect(await reachOwner(door.address)).toBeUndefined();
});
