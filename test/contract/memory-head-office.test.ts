import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { startMemoryHeadOffice, type MemoryHeadOffice } from "#test/sim/memory-store/memory-head-office.ts";
import { LostRace } from "#test/sim/memory-store/open-memory-store.ts";
import { setUpBranches, type OfficeWithBranches } from "#test/support/company.ts";
import { makeHandClock } from "#test/support/hand-clock.ts";

describe("head office in memory", () => {
  let running: MemoryHeadOffice;
  let company: OfficeWithBranches;
  /** What happens at each moment of the process; nothing unless a test says so. */
  let atMoment: (moment: string) => void = () => undefined;
  beforeAll(async () => {
    const clock = makeHandClock();
    running = await startMemoryHeadOffice({ clock, random: randomBytes, log: () => undefined }, (moment) => atMoment(moment));
    company = await setUpBranches(running.office, clock);
  });

  /** A station with a member who has 100 points here, all of it exchanged. */
  async function stationWithMember() {
    const station = await company.station("A");
    const member = station.createMember(`${80_000_000_000 + station.replica}`);
    station.award(member, 100);
    await station.push();
    return { station, member };
  }

  it("has a batch once and whole, at whichever moment of it the process was killed", async () => {
    const { station, member } = await stationWithMember();
    const moments: string[] = [];
    const told: string[] = [];
    for (let killAt = 1, isOver = false; !isOver; killAt++) {
      station.award(member, 10);
      station.redeem(member, 10);
      moments.length = 0;
      atMoment = (moment) => {
        if (moments.push(moment) === killAt) running.kill();
      };
      told.push(
        await station.push().then(
          () => "answered",
          (cause: Error) => cause.name,
        ),
      );
      atMoment = () => undefined;
      isOver = moments.length < killAt;
      if (!isOver) await running.start();
      if (!isOver) await station.push();
      await station.pull();
      expect(station.row("balance", member)).toMatchObject({ balance: 100 });
    }
    expect(new Set(told.slice(0, -1))).toEqual(new Set(["StoreUnavailable"]));
    expect(told.at(-1)).toBe("answered");
    expect(moments).toEqual(expect.arrayContaining(["begin", "ledger.save", "feed.advance", "inbox.insert", "commit", "committed"]));
    expect(await running.office.admin.verify()).toEqual({ ok: true, damaged: [] });
    const inbox = running.database.tables.inbox.all().filter(({ replica }) => replica === station.replica);
    expect(inbox.map(({ opId, verdict }) => [opId, verdict])).toEqual(station.operations.map(({ opId }) => [opId, "applied"]));
  });

  it("starts a batch again that lost a race, and has it once", async () => {
    const { station, member } = await stationWithMember();
    station.redeem(member, 30);
    let races = 3;
    atMoment = (moment) => {
      if (moment === "inbox.insert" && races-- > 0) throw new LostRace();
    };
    const { results } = await station.push();
    atMoment = () => undefined;
    expect(results.map(({ verdict }) => verdict)).toEqual(["applied"]);
    await station.pull();
    expect(station.row("balance", member)).toMatchObject({ balance: 70 });
  });

  it("is as it was when a backup was taken, as often as it is put back", async () => {
    const { station, member } = await stationWithMember();
    const { database, office } = running;
    const backup = database.backup();
    const figures = () => office.admin.balances(undefined);
    const atBackup = await figures();
    for (const round of [1, 2]) {
      station.redeem(member, round);
      await station.push();
      running.kill();
      database.restore(backup);
      await running.start();
      expect(await figures()).toEqual(atBackup);
      expect(await office.admin.verify()).toEqual({ ok: true, damaged: [] });
      // The tail is sent again: the hash at the number that head office still has is the one that the station says.
      const again = await office.sync.push(station.token(), station.pushRequest(2, station.operations.length));
      expect(again).toMatchObject({ ok: true, value: { ackSeq: station.operations.length } });
    }
  });
});
