import { afterAll, beforeAll, describe } from "vitest";
import type { Store } from "#server/app/ports/store.ts";
import { openStore } from "#server/db/open-store.ts";
import { makeMemoryDatabase } from "#test/sim/memory-store/memory-database.ts";
import { openMemoryStore } from "#test/sim/memory-store/open-memory-store.ts";
import { testDatabaseKey } from "#test/support/company.ts";
import { withDatabase } from "#test/support/postgres.ts";
import { describeAccess } from "./head-office-store/access.ts";
import { describeAudit } from "./head-office-store/audit.ts";
import { describeFeed } from "./head-office-store/feed.ts";
import { describeInbox } from "./head-office-store/inbox.ts";
import { describeLapses } from "./head-office-store/lapses.ts";
import { describeLedger } from "./head-office-store/ledger.ts";
import { describeRecords } from "./head-office-store/records.ts";
import type { StoreOf } from "./head-office-store/samples.ts";
import { describeRecovery } from "./head-office-store/recovery.ts";
import { describeSnapshots } from "./head-office-store/snapshots.ts";
import { describeStations } from "./head-office-store/stations.ts";
import { describeTiers } from "./head-office-store/tiers.ts";
import { describeTransactions } from "./head-office-store/transactions.ts";

/** What head office's use cases may rely on, whichever store they are given. */
function describeStore(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());
  const storeOf: StoreOf = () => store;
  describeTransactions(storeOf);
  describeAccess(storeOf);
  describeStations(storeOf);
  describeInbox(storeOf);
  describeLedger(storeOf);
  describeLapses(storeOf);
  describeTiers(storeOf);
  describeRecords(storeOf);
  describeFeed(storeOf);
  describeSnapshots(storeOf);
  describeAudit(storeOf);
  describeRecovery(storeOf);
}

describe("head office's store on PostgreSQL", () => {
  const database = withDatabase();
  describeStore(() => openStore(database.url, testDatabaseKey, () => undefined));
});

describe("head office's store in memory", () => {
  describeStore(async () => openMemoryStore(makeMemoryDatabase()));
});
