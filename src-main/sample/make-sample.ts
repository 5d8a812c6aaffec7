import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SetupState } from "#shared/contracts/setup.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { addDays } from "#shared/domain/time/calendar.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { openCore, type CoreOptions, type StationCore } from "#main/station-core.ts";
import { companyCalls, sampleBranches, sampleStaff, type SampleBranch } from "./company.ts";
import { applyCalls, startHeadOfficeProcess, type HeadOfficeProcess } from "./head-office-process.ts";
import type { HeadOfficeProgram } from "./head-office-program.ts";
import { endShift, enterMembers, enterNewcomers, makeVisit, openingTime, type SampleMember, type SampleStation } from "./history.ts";
import { makeDraw, type Draw } from "./people.ts";
import { makeSampleClock } from "./sample-clock.ts";
import { giveStaffCards } from "./staff-cards.ts";
import { membersOf, receiveStock, stockCalls } from "./stock.ts";

/** Where the parts of a sample lie. */
export type SampleFolder = {
  readonly root: string;
  readonly headOffice: string;
  readonly stationFile: (branch: SampleBranch) => string;
  /** Written last: a folder without it is half made and is made again. */
  readonly note: string;
};

/** @param dataDir of the station that is tried; a sample lies in a folder of its own there */
export const sampleFolder = (dataDir: string): SampleFolder => {
  const root = join(dataDir, "sample");
  return {
    root,
    headOffice: join(root, "head-office"),
    stationFile: (branch) => join(root, `station-${branch.toLowerCase()}`, "station.db"),
    note: join(root, "sample.json"),
  };
};

/** How many people there are, and how often they come in all. */
export type SampleSize = { readonly members: number; readonly visits: number };
/** What *Try it* makes, unless it is told otherwise. */
const membersOfSample = 2_000;
const visitsPerMember = 4.5;

/** @param asked how many members somebody wants instead; a suite is content with few. What is no number of them counts as not asked. */
export function sampleSizeOf(asked: string | undefined): SampleSize {
  const members = asked !== undefined && /^[1-9]\d{0,4}$/.test(asked) ? Number(asked) : membersOfSample;
  return { members, visits: Math.round(members * visitsPerMember) };
}

const dayMs = 24 * 60 * 60 * 1000;
/** Before the first visit of the sample's own morning, and after all of its past. */
const eveningBeforeMs = 14 * 60 * 60 * 1000;
/** The first 60 days are taken by the members who join, the rest by their visits. */
const historyDays = 365;
const seed = 20_260;

export type SampleOptions = {
  readonly folder: SampleFolder;
  readonly size: SampleSize;
  readonly program: HeadOfficeProgram;
  readonly core: Omit<CoreOptions, "file" | "makeClock" | "devices" | "practiceReader">;
  readonly nowMs: number;
  readonly onProgress: (progress: NonNullable<SetupState["progress"]>) => void;
  /** Lets the screen breathe between two pieces of work. */
  readonly breathe: () => Promise<void>;
};

/**
 * Makes the sample: a head office of its own, three enrolled stations, members and their visits, all of it through operations, so that
 * what one tries is what one would have. The same seed makes the same company.
 *
 * @returns the running head office of the sample
 */
export async function makeSample(options: SampleOptions): Promise<HeadOfficeProcess> {
  const { folder, program, onProgress, nowMs } = options;
  rmSync(folder.root, { recursive: true, force: true });
  mkdirSync(folder.root, { recursive: true, mode: 0o700 });
  onProgress({ step: "headOffice", done: 0 });
  const headOffice = await startHeadOfficeProcess(program, folder.headOffice, 0);
  try {
    const opensOn = addDays(businessDateOf(nowMs), -historyDays - 30);
    const answers = await applyCalls(
      program,
      folder.headOffice,
      companyCalls(opensOn, addDays(opensOn, 3650), stockCalls(options.size.members)),
    );
    const codes = answers.slice(-sampleBranches.length).map((answer) => (answer as { code: string }).code);
    onProgress({ step: "headOffice", done: 1 });
    await fillStations(options, headOffice.url, codes);
    const port = Number(new URL(headOffice.url).port);
    writeFileSync(`${folder.note}.new`, JSON.stringify({ port, madeAtMs: nowMs }));
    renameSync(`${folder.note}.new`, folder.note);
    return headOffice;
  } catch (cause) {
    await headOffice.stop();
    throw cause;
  }
}

async function fillStations(options: SampleOptions, url: string, codes: readonly string[]): Promise<void> {
  const { size, onProgress, nowMs, breathe } = options;
  const draw = makeDraw(seed);
  const startMs = nowMs - historyDays * dayMs;
  const opened: { readonly core: StationCore; readonly station: SampleStation; readonly manager: Operator }[] = [];
  try {
    for (const [i, { code: branch }] of sampleBranches.entries())
      opened.push(await openStation(options, branch, url, codes[i] ?? "", startMs));
    const exchangeAll = async (): Promise<void> => {
      for (const { core } of opened) await core.exchangeNow();
    };
    const stations = opened.map(({ station }) => station);
    if (opened[0]) await giveStaffCards(opened[0].core);
    for (const { station, manager } of opened) receiveStock(station, manager, size.members);
    const members: SampleMember[] = [];
    for (const [i, station] of stations.entries()) {
      const count = membersOf(i, size.members);
      members.push(...enterMembers(station, draw, { count, firstIndex: members.length, startMs }));
      onProgress({ step: "members", done: (i + 1) / stations.length });
      await breathe();
    }
    // Twice: what the first station hears must contain what the last one said.
    await exchangeAll();
    await exchangeAll();
    for (let visit = 0; visit < size.visits; visit++) {
      const member = draw.oneOf(members);
      const station = draw.chance(0.8) ? member.home : draw.oneOf(stations);
      const day = Math.floor((startMs + (70 + ((historyDays - 75) * visit) / size.visits) * dayMs) / dayMs) * dayMs;
      makeVisit(station, member, draw, { atMs: day + openingTime(draw), receipt: visit + 1 });
      if (visit % 50 === 49) {
        onProgress({ step: "history", done: visit / size.visits });
        await breathe();
      }
    }
    for (const station of stations) endShift(station, nowMs - eveningBeforeMs);
    openToday(stations, members, draw, options);
    // What is told of a counter's clock is what it showed at the last exchange: by now the year has passed.
    for (const station of stations) station.setClock(nowMs);
    onProgress({ step: "exchange", done: 0 });
    await exchangeAll();
    onProgress({ step: "exchange", done: 0.5 });
    await exchangeAll();
    onProgress({ step: "opening", done: 0.9 });
  } finally {
    for (const { core } of opened) await core.close();
  }
}

/** Enough to issue a few cards in a row. */
const newcomersToday = 3;

/** The morning of the day on which the sample is opened: the counter that one sits down at has been busy. */
function openToday(stations: readonly SampleStation[], members: readonly SampleMember[], draw: Draw, { size, nowMs }: SampleOptions): void {
  const [counter] = stations;
  if (!counter) return;
  enterNewcomers(counter, draw, { count: newcomersToday, firstIndex: size.members, atMs: nowMs - 2 * 60 * 60 * 1000 });
  const ours = members.filter(({ home }) => home === counter);
  const visitsToday = 6;
  for (let i = 0; i < visitsToday; i++) {
    const atMs = nowMs - (visitsToday - i) * 17 * 60 * 1000;
    if (businessDateOf(atMs) === businessDateOf(nowMs)) makeVisit(counter, draw.oneOf(ours), draw, { atMs, receipt: size.visits + 1 + i });
  }
}

async function openStation(options: SampleOptions, branch: SampleBranch, url: string, code: string, startMs: number) {
  const file = options.folder.stationFile(branch);
  mkdirSync(join(file, ".."), { recursive: true, mode: 0o700 });
  const clock = makeSampleClock(startMs);
  // A power cut while the sample is made leaves no note, and it is made again: no visit of its past needs the disk's word.
  const core = openCore({ ...options.core, file, makeClock: () => clock, writtenThrough: "atCheckpoints" });
  const enrolled = await core.enrol({ url, code });
  if (!enrolled.ok) throw new Error(`the sample cannot be enrolled: ${enrolled.error.code}`);
  await core.exchangeNow();
  const who = (role: "clerk" | "manager"): Operator => {
    const staff = sampleStaff.find((person) => person.branch === branch && person.role === role);
    const record = core.ports.store.read((view) => view.staff.findByUserName(staff?.userName ?? ""));
    if (!record) throw new Error(`the ${role} of branch ${branch} did not arrive`);
    const { staffId, userName, displayName, branchId } = record;
    return { staffId, userName, displayName, role, branchId };
  };
  const station: SampleStation = {
    branch,
    counter: core.counter,
    clerk: who("clerk"),
    setClock: clock.set,
    uuid: options.core.random.uuid,
  };
  return { core, station, manager: who("manager") };
}
