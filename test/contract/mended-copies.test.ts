import { expect, it, vi } from "vitest";
import { uuidv7 } from "uuidv7";
import { verifyFile } from "#main/db/verify/verify.ts";
import { openDatabase } from "#main/db/open-database.ts";
import { pullRequest, repairRequest, syncPath, type PullRequest } from "#shared/contracts/sync/wire.ts";
import { streams } from "#shared/contracts/sync/feed.ts";
import { dataKey, migrationsFolder, value } from "#test/support/counter.ts";
import { dayMs } from "#test/support/hand-clock.ts";
import type { Outpost } from "#test/sim/world/outpost.ts";
import { twoBranches } from "#test/situations/support/two-branches.ts";

const places = twoBranches();

/** Writes into the file of a station behind its back, as a bad disk or a curious person does. */
async function damage(station: Outpost, statement: string, ...values: readonly string[]): Promise<void> {
  station.cutPower();
  const { sqlite } = openDatabase(station.file(), dataKey, migrationsFolder);
  const { changes } = sqlite.prepare(statement).run(...values);
  sqlite.close();
  expect(changes).toBe(1);
  await station.restart();
}

const mendedAt = (station: Outpost): number => station.store().read((view) => view.exchange.mended()?.rows ?? 0);

/** What a station asks head office while `work` is done, and how many bytes the questions about its copy and their answers have. */
async function listenIn(work: () => Promise<unknown>) {
  const { host } = places.world;
  const repairs: unknown[] = [];
  const pulls: PullRequest[] = [];
  let bytes = 0;
  const handle = host.handle.bind(host);
  const heard = vi.spyOn(host, "handle").mockImplementation(async (held, gone) => {
    const answer = await handle(held, gone);
    const asked: unknown = JSON.parse(String(held.body));
    if (held.path === syncPath.pull) pulls.push(pullRequest.parse(asked));
    if (held.path === syncPath.repair) {
      repairs.push(repairRequest.parse(asked).question.ask);
      bytes += Buffer.byteLength(held.body) + answer.body.byteLength;
    }
    return answer;
  });
  await work();
  heard.mockRestore();
  return { repairs, pulls, bytes };
}

it.each([
  {
    what: "whose contents are others",
    statement: "UPDATE directory SET doc = replace(doc, '王**', '李**') WHERE member_id = ?",
  },
  { what: "that is missing", statement: "DELETE FROM directory WHERE member_id = ?" },
  { what: "of which nothing says that it was told", statement: "UPDATE directory SET hash = NULL WHERE member_id = ?" },
])("a row $what is found and mended in two questions", async ({ statement }) => {
  const { a, b, join, everybodyHears } = places;
  for (let n = 0; n < 20; n += 1) join(b);
  const { memberId } = join(b);
  await everybodyHears();
  const before = a.store().exchange((tx) => tx.sumOf(streams.directory));
  const mendedBefore = mendedAt(a);
  const shown = a.store().read((view) => view.directory.find(memberId));
  expect(shown).toMatchObject({ nameMasked: "王**" });

  await damage(a, statement, memberId);
  const { repairs, bytes } = await listenIn(() => a.exchange());

  expect(a.store().read((view) => view.directory.find(memberId))).toEqual(shown);
  expect(a.store().exchange((tx) => tx.sumOf(streams.directory))).toEqual(before);
  expect(repairs).toEqual(["buckets", "leaves"]);
  expect(bytes).toBeLessThan(16 * 1024);
  expect((await listenIn(() => a.exchange())).repairs).toEqual([]);
  expect(mendedAt(a)).toBe(mendedBefore + 1);
});

it("a row is mended at the next exchange when the line breaks between the two questions", async () => {
  const { world, a, b, join, everybodyHears } = places;
  const { memberId } = join(b);
  await everybodyHears();
  const shown = a.store().read((view) => view.directory.find(memberId));
  await damage(a, "DELETE FROM directory WHERE member_id = ?", memberId);
  const { host } = world;
  const handle = host.handle.bind(host);
  let repairs = 0;
  const cut = vi.spyOn(host, "handle").mockImplementation(async (held, gone) => {
    if (held.path === syncPath.repair && ++repairs > 1) throw new Error("the line broke");
    return handle(held, gone);
  });
  await a.exchange();
  cut.mockRestore();
  expect(repairs).toBeGreaterThan(1);
  expect(a.store().read((view) => view.directory.find(memberId))).toBeUndefined();
  await a.exchange();
  expect(a.store().read((view) => view.directory.find(memberId))).toEqual(shown);
});

it("a row that somebody changed together with its hash is found by what all rows add up to", async () => {
  const { a, b, join, everybodyHears } = places;
  const { memberId } = join(b);
  await everybodyHears();
  const shown = a.store().read((view) => view.directory.find(memberId));
  if (!shown) throw new Error("the directory has not come");
  const doc = { ...shown, nameMasked: "李**" };
  a.store().exchange((tx) => {
    tx.putRow("directory", memberId, doc, 1, 1);
    tx.told(streams.directory, { kind: "directory", id: memberId, ver: 1, doc });
  });
  expect(verifyFile(a.file(), dataKey, migrationsFolder).ok).toBe(true);

  expect((await listenIn(() => a.exchange())).repairs).toEqual(["buckets", "leaves"]);
  expect(a.store().read((view) => view.directory.find(memberId))).toEqual(shown);
});

it("a row that is no document any more, and a damaged one that was deleted so long ago that nobody tells of it, are mended", async () => {
  const { a, b, join, knownAtBoth, everybodyHears, memberAt, world } = places;
  const { memberId: broken } = join(b);
  await everybodyHears();
  const shown = a.store().read((view) => view.directory.find(broken));
  await damage(a, "UPDATE directory SET doc = '{' WHERE member_id = ?", broken);
  await a.exchange();
  expect(a.store().read((view) => view.directory.find(broken))).toEqual(shown);

  const { memberId } = await knownAtBoth(10);
  world.timeline.sleepThrough(800 * dayMs);
  await a.exchange();
  await world.host.office().runJobs();
  world.timeline.sleepThrough(401 * dayMs);
  await world.host.office().runJobs();
  await damage(b, "UPDATE member SET name = '李大明' WHERE member_id = ?", memberId);
  b.store().hear((tx) => tx.checkTold({ kind: "", id: "", stream: "" }, 1_000));
  await b.exchange();
  expect(memberAt(b, memberId)).toMatchObject({ knownAs: "directory" });
});

it("a row whose deletion never came is taken away, in two questions", async () => {
  const { a, join, everybodyHears } = places;
  const { memberId } = join(a);
  await everybodyHears();
  const before = a.store().exchange((tx) => tx.sumOf(streams.directory));
  const known = a.store().read((view) => view.directory.find(memberId));
  if (!known) throw new Error("the directory has not come");
  const gone = { ...known, memberId: uuidv7(), memberNumber: "gone", phone: null, cards: [] };
  a.store().hear((tx) => {
    tx.putRow("directory", gone.memberId, gone, 1, 1);
    tx.told(streams.directory, { kind: "directory", id: gone.memberId, ver: 1, doc: gone });
  });
  expect(a.store().read((view) => view.directory.find(gone.memberId))).toBeDefined();

  expect((await listenIn(() => a.exchange())).repairs).toEqual(["buckets", "leaves"]);
  expect(a.store().read((view) => view.directory.find(gone.memberId))).toBeUndefined();
  expect(a.store().exchange((tx) => tx.sumOf(streams.directory))).toEqual(before);
});

it("a purchase that comes to its counter and to its branch counts in both, and stays when one takes it back", async () => {
  const { a, world } = places;
  const [rule] = a.counter().listRules();
  if (!rule) throw new Error("no rule has arrived");
  const purchase = { receiptNumber: "K-1", amountFen: 6_000 };
  const bought = { card: { number: world.newCardNumber() }, purchase, ruleId: rule.ruleId, ruleVersion: rule.version };
  value(a.counter().keepPurchase({ requestId: uuidv7(), ...bought }, a.clerk));
  await a.exchange();
  world.timeline.sleepThrough(31 * dayMs);
  await world.host.office().runJobs();
  await a.exchange();

  const kept = a.store().read((view) => view.keptPurchases.all());
  const id = kept[0]?.purchaseId ?? "";
  const told = [streams.me(a.replica), streams.profile(a.branchId)];
  expect(
    a
      .store()
      .exchange((tx) => tx.toldIn({ kind: "keptPurchase", id }))
      .toSorted(),
  ).toEqual(told.toSorted());
  const sums = await world.books.sums(told);
  for (const stream of told) expect(a.store().exchange((tx) => tx.sumOf(stream))).toEqual(sums.get(stream));

  a.store().hear((tx) => tx.told(streams.config, { kind: "keptPurchase", id, ver: 1, doc: kept[0] }));
  expect((await listenIn(() => a.exchange())).repairs).toEqual(["buckets", "leaves"]);
  expect(a.store().read((view) => view.keptPurchases.all())).toEqual(kept);
});

it("what is typed on a row that is damaged counts, and the rest of the row is mended", async () => {
  const { a, knownAtBoth, memberAt } = places;
  const { memberId, name, phonesMasked: phones, birthday, address } = await knownAtBoth(10);
  const seen = { name, phones, birthday, address };
  await damage(a, "UPDATE member SET name = '李大明' WHERE member_id = ?", memberId);
  const changed = { address: "解放路 8 号" };
  value(a.counter().changeMember({ requestId: uuidv7(), memberId, seen: { ...seen, name: "李大明" }, changed }, a.manager));
  await a.exchange();
  expect(memberAt(a, memberId)).toMatchObject({ name: "王小明", address: "解放路 8 号" });
});

it("a branch that was away when deletions were forgotten reads its stream again, once, and keeps nobody it should not", async () => {
  const { a, b, world, knownAtBoth, memberAt } = places;
  const { memberId } = await knownAtBoth(10);
  world.timeline.sleepThrough(800 * dayMs);
  await a.exchange();
  await world.host.office().runJobs();
  world.timeline.sleepThrough(401 * dayMs);
  await world.host.office().runJobs();
  expect(memberAt(b, memberId)).toMatchObject({ knownAs: "workingSet" });

  await b.exchange();
  expect(memberAt(b, memberId)).toMatchObject({ knownAs: "directory" });
  const profile = streams.profile(b.branchId);
  const { pulls } = await listenIn(() => b.exchange());
  expect(pulls.length).toBeGreaterThan(0);
  for (const { cursors, floors } of pulls) expect([cursors[profile], floors?.[profile]].every((g) => g !== undefined && g > 0)).toBe(true);
});
