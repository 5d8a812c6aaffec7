import { randomBytes } from "node:crypto";
import { Pool } from "pg";
import type { HeadOffice } from "#server/app/head-office.ts";
import { keyInHex } from "#server/db/sealing/database-key.ts";
import { openHeadOffice } from "#server/open-head-office.ts";
import type { Role } from "#shared/domain/staff/roles.ts";
import { makeHandClock, type HandClock } from "./hand-clock.ts";
import { enrolStation, expectOk, type SimulatedStation } from "./simulated-station.ts";

export type Company = OfficeWithBranches & {
  /** The database behind it, for what only a look into the books can show. */
  readonly database: Pool;
  /** Another process of head office on the same database. */
  readonly anotherProcess: () => Promise<HeadOffice>;
  readonly close: () => Promise<void>;
};

export type OfficeWithBranches = {
  readonly office: HeadOffice;
  readonly clock: HandClock;
  readonly administrator: string;
  /** Adds a person and says their staff id. */
  readonly hire: (userName: string, role: Role, branchCode: string | null) => Promise<string>;
  readonly branchIds: Readonly<Record<string, string>>;
  /** A station at a branch, with a clerk of its own. */
  readonly station: (branchCode: string) => Promise<SimulatedStation>;
};

/** Every process of one database has the same. */
export const testDatabaseKey = keyInHex("5e".repeat(32));

/** A company as `setUpBranches` makes it, on PostgreSQL. */
export async function openCompany(databaseUrl: string): Promise<Company> {
  const clock = makeHandClock();
  const open = () => openHeadOffice({ databaseUrl, databaseKey: testDatabaseKey, clock, random: randomBytes });
  const office = await open();
  const processes = [office];
  const database = new Pool({ connectionString: databaseUrl, max: 2 });
  return {
    ...(await setUpBranches(office, clock)),
    database,
    async anotherProcess() {
      const another = await open();
      processes.push(another);
      return another;
    },
    async close() {
      for (const each of processes) await each.close();
      await database.end();
    },
  };
}

/** Gives an empty head office branches A and B, one rule that takes effect at the counter and one that waits for a decision. */
export async function setUpBranches(office: HeadOffice, clock: HandClock): Promise<OfficeWithBranches> {
  const code = await office.firstAdministratorCode();
  const person = { userName: "admin", displayName: "管理员", password: "correct horse" };
  const { staffId: administrator } = expectOk(await office.admin.createFirstAdministrator(code ?? "", person));
  const branchIds: Record<string, string> = {};
  for (const branch of ["A", "B"]) {
    branchIds[branch] = expectOk(await office.admin.addBranch(administrator, { code: branch, name: `分店${branch}` })).branchId;
  }
  const rule = {
    version: 1,
    name: { "zh-CN": "消费", "en-US": "Spending" },
    points: 1,
    perFen: 100,
    validMonths: null,
    opensOn: "2020-01-01",
    closesOn: null,
  };
  expectOk(await office.admin.publishRule(administrator, { ...rule, ruleId: "spend", approval: "none" }));
  expectOk(await office.admin.publishRule(administrator, { ...rule, ruleId: "large", approval: "headOffice" }));

  const hire: OfficeWithBranches["hire"] = async (userName, role, branch) =>
    expectOk(await office.admin.setStaff(administrator, { userName, displayName: userName, password: "a password", role, branch })).staffId;

  let stations = 0;
  return {
    office,
    clock,
    administrator,
    hire,
    branchIds,
    async station(branchCode) {
      stations += 1;
      return enrolStation({ office, clock, branchCode, staffId: await hire(`clerk ${stations}`, "clerk", branchCode) });
    },
  };
}
