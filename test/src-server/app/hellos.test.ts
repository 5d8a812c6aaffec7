import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HeadOffice } from "#server/app/head-office.ts";
import { openHeadOfficeOn } from "#server/open-head-office.ts";
import { makeMemoryDatabase } from "#test/sim/memory-store/memory-database.ts";
import { openMemoryStore } from "#test/sim/memory-store/open-memory-store.ts";
import { setUpBranches, type OfficeWithBranches } from "#test/support/company.ts";
import { makeHandClock } from "#test/support/hand-clock.ts";
import { expectOk } from "#test/support/simulated-station.ts";

const hellos = 1000;

describe("what a station says it may spend, and what head office has booked", () => {
  let office: HeadOffice;
  let company: OfficeWithBranches;
  beforeAll(async () => {
    const clock = makeHandClock();
    office = await openHeadOfficeOn(openMemoryStore(makeMemoryDatabase()), { clock, random: randomBytes, log: () => undefined });
    company = await setUpBranches(office, clock);
  });
  afterAll(() => office.close());

  it("agree at each of a thousand hellos, however many grants and redemptions are under way", async () => {
    const a = await company.station("A");
    const b = await company.station("B");
    const members = Array.from({ length: 5 }, (_, i) => b.createMember(String(30_000_000_000 + i), a.branchId));
    await b.push();
    for (let n = 0; n < hellos; n += 1) {
      const member = members[n % members.length] ?? "";
      // Grants to A leave head office with what B earns; some A asks for, some it has read, some it has not.
      if (n % 4 === 0) b.award(member, 40, { toRight: 0 });
      if (n % 4 === 1) await b.push();
      if (n % 7 === 2) expectOk(await a.draw(member, 30));
      if (n % 5 === 3) await a.pull();
      if (n % 3 === 0) a.redeem(member, 10);
      if (n % 6 === 5) await a.push();
      expect((await a.hello()).verdict).toBe("ok");
      const state = (await office.admin.stations()).find(({ replica }) => replica === a.replica)?.state;
      if (state !== "active") throw new Error(`a false alarm at hello ${n}: ${state}`);
    }
    expect(a.operations.some(({ type }) => type === "points.redeem")).toBe(true);
    expect([...a.rows.keys()].filter((key) => key.startsWith("grant/")).length).toBeGreaterThan(50);
  });
});
