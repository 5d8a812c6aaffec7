import { EventEmitter } from "node:events";
import { join } from "node:path";
import { syncPath } from "#shared/contracts/sync/wire.ts";
import { makeDraw, type Draw } from "#main/sample/people.ts";
import { readRequests, type RecordedRequest } from "#main/shell/cli/demo/recorded-requests.ts";
import { startHeadOffice } from "#server/start-head-office.ts";
import { openCrashStation } from "./crash-station.ts";
import { enterMembers, foundCompany, must } from "./found-company.ts";
import { startMortalHeadOffice, type MortalHeadOffice } from "./mortal-head-office.ts";
import { layRoughLine, type RoughLine } from "./rough-line.ts";

/** A company of its own: a head office, and the file of an enrolled station with some members, with a line between the two that breaks when told to. */
export type CrashGround = {
  readonly folder: string;
  readonly file: string;
  readonly databaseUrl: string;
  readonly draw: Draw;
  readonly line: RoughLine;
  readonly headOffice: MortalHeadOffice;
  /** Every push that a station said, whether or not it arrived. */
  readonly pushes: readonly RecordedRequest[];
  /** Emits `push` at each of them. */
  readonly onLine: EventEmitter;
  readonly close: () => Promise<void>;
};

const memberCount = 5;

/**
 * @param databaseUrl of an empty database
 * @param folder an empty one
 */
export async function layCrashGround(databaseUrl: string, folder: string, seed: number): Promise<CrashGround> {
  await using stack = new AsyncDisposableStack();
  const file = join(folder, "station.db");
  const code = await found(databaseUrl, folder);
  const headOffice = await startMortalHeadOffice(databaseUrl, folder);
  stack.defer(headOffice.close);
  const pushes: RecordedRequest[] = [];
  const onLine = new EventEmitter();
  const line = await layRoughLine(headOffice.url(), () =>
    readRequests((request) => {
      if (request.path !== syncPath.push) return;
      pushes.push(request);
      onLine.emit("push");
    }),
  );
  stack.defer(line.close);
  const joining = openCrashStation(file);
  must(await joining.enrol({ url: line.url, code }));
  await joining.exchangeNow();
  enterMembers(joining, memberCount);
  await joining.close();
  const laid = stack.move();
  return {
    folder,
    file,
    databaseUrl,
    draw: makeDraw(seed),
    line,
    headOffice,
    pushes,
    onLine,
    close: () => laid.disposeAsync(),
  };
}

/** An empty head office with a branch, a clerk and a rule. @returns the enrolment code of its station */
async function found(databaseUrl: string, dataDir: string): Promise<string> {
  const started = await startHeadOffice({ dataDir, databaseUrl });
  try {
    return await foundCompany(started.headOffice);
  } finally {
    await started.close();
  }
}
