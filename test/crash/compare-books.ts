import { Pool } from "pg";
import { tellAgain } from "#main/shell/cli/demo/tell-again.ts";
import { startHeadOffice } from "#server/start-head-office.ts";
import { faultsOf, readFileBooks } from "./books-of-file.ts";
import type { CrashGround } from "./crash-ground.ts";
import { openCrashStation, readMirrorOf } from "./crash-station.ts";

export type Compared = {
  /** Of the awards that were answered, how many are missing in the log, the mirror journal or head office's inbox. */
  readonly lost: number;
  /** Operations that stand twice in the log or at head office. */
  readonly doubled: number;
  /** Whatever else is not as it should be, in words. */
  readonly faults: readonly string[];
};

/** When everybody has heard everything: the station's log, its ledger, its mirror journal and head office say the same. */
export async function compareBooks(ground: CrashGround, acknowledged: readonly string[]): Promise<Compared> {
  const { file, folder, databaseUrl, pushes, headOffice } = ground;
  const station = openCrashStation(file);
  for (let turn = 0; turn < 3; turn += 1) await station.exchangeNow();
  const books = readFileBooks(station, file);
  const { line, waitingOperations, quarantinedOperations } = station.status().sync;
  const inbox = await readInbox(databaseUrl);
  await tellAgain({ name: "A", pushes }, headOffice.url());
  const inboxAgain = await readInbox(databaseUrl);
  const started = await startHeadOffice({ dataDir: folder, databaseUrl });
  const agreed = await started.headOffice.admin.balances(undefined);
  const verified = await started.headOffice.admin.verify();
  await started.close();
  const balances = station.counter.balances({});
  await station.close();

  const logged = books.operations.map(({ opId }) => opId);
  const received = inbox.map(({ opId }) => opId);
  const copied = readMirrorOf(file).operations.map(({ opId }) => opId);
  const everywhere = [new Set(logged), new Set(received), new Set(copied)];
  const faults = [
    ...faultsOf(books),
    ...(line === "online" && waitingOperations === 0 && quarantinedOperations === 0
      ? []
      : [`${line}, ${waitingOperations} waiting, ${quarantinedOperations} held back`]),
    ...inbox.filter(({ verdict }) => verdict !== "applied").map(({ opId, verdict }) => `head office: ${opId} is ${verdict}`),
    ...(logged.join() === received.join() ? [] : ["head office has other operations than the log, or in another order"]),
    ...(JSON.stringify(inbox) === JSON.stringify(inboxAgain) ? [] : ["pushes that were told again changed the inbox"]),
    ...(JSON.stringify(balances) === JSON.stringify(agreed) ? [] : ["the balances differ"]),
    ...verified.damaged.map(({ table, id }) => `head office: ${table} ${id} is damaged`),
  ];
  return {
    lost: acknowledged.filter((opId) => !everywhere.every((place) => place.has(opId))).length,
    doubled: logged.length - new Set(logged).size + (received.length - new Set(received).size),
    faults,
  };
}

async function readInbox(databaseUrl: string): Promise<readonly { readonly opId: string; readonly verdict: string }[]> {
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  try {
    const { rows } = await pool.query<{ opId: string; verdict: string }>(
      `select op_id as "opId", verdict from op_inbox where replica <> 0 order by seq`,
    );
    return rows;
  } finally {
    await pool.end();
  }
}
