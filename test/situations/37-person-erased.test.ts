import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { askErasureAct, eraseAct, previewErasureAct, withdrawErasureAct } from "#shared/contracts/acts/erasures.ts";
import type { ChangeMemberInput } from "#shared/contracts/members.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import type { Outpost } from "#test/sim/world/outpost.ts";
import { clearFiles } from "#test/support/clear-files.ts";
import { refusal, value } from "#test/support/counter.ts";
import { expectOk } from "#test/support/simulated-station.ts";
import { officeFor } from "./support/people.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches({ haveMirrors: true });

/** Nothing that occurs by chance. */
const person = { name: "欧阳静怡", phone: "13917263548", newPhone: "13617263549", address: "桂林路梧桐里八弄", said: "诸葛女士退货" };
const secrets = Object.values(person);
const inClear = (secret: string): readonly string[] => ["head office", "a", "b"].map((place) => `${secret} at ${place}`);

let colleagues = 0;
/** Somebody else who manages head office: it takes two. */
async function colleague(): Promise<Operator> {
  const { world } = places;
  const userName = `second ${++colleagues}`;
  const account = { userName, displayName: userName, password: "a long password", role: "administrator", branch: null } as const;
  const { staffId } = value(await world.admin().setStaff(world.company.administrator.staffId, account));
  return { staffId, userName, displayName: userName, role: "administrator", branchId: null };
}

async function erase(memberId: string) {
  const { world } = places;
  value(await world.admin().act(world.company.administrator, askErasureAct, { requestId: uuidv7(), memberId }));
  return value(await world.admin().act(await colleague(), eraseAct, { requestId: uuidv7(), memberId }));
}

/** What of the person is left anywhere at head office, and in whatever both stations have written. */
async function remains(): Promise<readonly string[]> {
  const { world, a, b } = places;
  const books = await world.disk.look(async (tx) => {
    const kinds = ["member", "directory", "review", "proposal", "request", "erasure", "card"] as const;
    const records = await Promise.all(kinds.map((kind) => tx.records.ofKind(kind)));
    const lives = await tx.audit.incarnations();
    const logs = await Promise.all(lives.map(({ replica, incarnation }) => tx.inbox.range(replica, incarnation, 1, 10_000)));
    const said = logs.flat().map(({ body, personal }) => [Buffer.from(body).toString(), Buffer.from(personal ?? []).toString()]);
    return JSON.stringify([records, said]);
  });
  const files = { a: clearFiles(a), b: clearFiles(b) };
  return secrets.flatMap((secret) => [
    ...(books.includes(secret) ? [`${secret} at head office`] : []),
    ...Object.entries(files).flatMap(([name, pages]) => (pages.includes(secret) ? [`${secret} at ${name}`] : [])),
  ]);
}

/** The counters have paused: journals and backups are written anew. */
async function everythingFollows(): Promise<void> {
  for (const station of [places.a, places.b]) await station.upkeep().forget();
}

/** As a clerk does it: what is on the screen is what was seen. */
function change(station: Outpost, memberId: string, changed: ChangeMemberInput["changed"]): void {
  const { name, phonesMasked: phones, birthday, address } = places.memberAt(station, memberId);
  const seen = { name, phones, birthday, address };
  value(station.counter().changeMember({ requestId: uuidv7(), memberId, seen, changed }, station.clerk));
}

it("37. what a branch wrote about a person before it heard that they were erased is kept without what was personal", async () => {
  const { world, a, b, join, award, redeem, balanceAt, memberAt, everybodyHears, lastVerdict } = places;
  const { memberId, memberNumber } = join(a, person);
  value(award(a, memberId, 300));
  await everybodyHears();
  value(award(b, memberId, 20));
  await everybodyHears();
  await a.upkeep().backUp();
  expect(await remains()).toEqual([...inClear(person.name), ...inClear(person.phone)]);

  const preview = value(await world.admin().act(world.company.administrator, previewErasureAct, { memberNumber }));
  expect(preview).toMatchObject({ goes: { name: person.name, phones: 1, entries: 1, cards: 1 }, stays: { balance: 320, debt: 0 } });
  // Both are apart: at A the person gives an address, at B somebody asks A to undo a redemption, and says why.
  const { opId } = value(redeem(a, memberId, 1));
  change(a, memberId, { address: person.address });
  const slip = `${a.replica}-${a.log().length - 1}-${opId.slice(-4)}`;
  value(b.counter().askVoid({ requestId: uuidv7(), slip, memberId, reason: person.said }, b.clerk));
  expect(await erase(memberId)).toMatchObject({ entries: 1 });
  await everybodyHears();
  await everythingFollows();

  expect(lastVerdict(a)).toBe("flagged PERSON_ERASED");
  expect(await remains()).toEqual([]);
  for (const at of [a, b]) {
    expect(memberAt(at, memberId)).toMatchObject({ name: "", phonesMasked: [], address: "", state: "frozen", memberNumber });
    expect(memberAt(at, memberId).erasedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(memberAt(at, memberId).card).toMatchObject({ state: "blocked" });
    expect(balanceAt(at, memberId).balance).toBe(280);
  }
  expect(await a.upkeep().verify()).toEqual({ ok: true, damaged: [] });
  expect((await world.admin().verify()).damaged).toEqual([]);
});

/** The slip of the last that a counter wrote. */
const lastSlip = (station: Outpost): string => {
  const { seq, opId } = station.log().at(-1) ?? { seq: 0, opId: "" };
  return `${station.replica}-${seq}-${opId.slice(-4)}`;
};

it("37. what was said in a request that came to nothing goes with the person whose entry it named", async () => {
  const { a, b, join, award, everybodyHears } = places;
  const { memberId } = join(a, { ...person, phone: "13917263553" });
  // Its points wait for a decision: there is nothing to undo.
  value(award(a, memberId, 300, { ruleId: "large" }));
  const slip = lastSlip(a);
  await everybodyHears();
  const requestId = uuidv7();
  value(b.counter().askVoid({ requestId, slip, memberId: null, reason: person.said }, b.clerk));
  await everybodyHears();
  const refused = b
    .counter()
    .listRequests()
    .mine.find(({ id }) => id === requestId);
  expect(refused).toMatchObject({ state: "refused", code: "NOT_VOIDABLE" });
  await erase(memberId);
  await everybodyHears();
  await everythingFollows();
  expect(await remains()).toEqual([]);
});

it("37. what is said in a request after the person was forgotten goes when head office says whose slip it names", async () => {
  const { a, b, join, award, everybodyHears } = places;
  const { memberId } = join(a, { ...person, phone: "13917263554" });
  value(award(a, memberId, 40));
  const slip = lastSlip(a);
  await everybodyHears();
  await erase(memberId);
  await everybodyHears();
  await everythingFollows();
  value(b.counter().askVoid({ requestId: uuidv7(), slip, memberId: null, reason: person.said }, b.clerk));
  await b.upkeep().backUp();
  expect(await remains()).toEqual([`${person.said} at b`]);
  await everybodyHears();
  await everythingFollows();
  expect(await remains()).toEqual([]);
});

it("37. nothing is written anew about a person who was forgotten", async () => {
  const { a, join, everybodyHears, memberAt } = places;
  const { memberId } = join(a, { ...person, phone: "13917263555" });
  await everybodyHears();
  await erase(memberId);
  await everybodyHears();
  expect(memberAt(a, memberId).erasedOn).not.toBeNull();
  const ask = { requestId: uuidv7(), memberId, seen: { address: "" }, changed: { address: person.address } };
  expect(refusal(a.counter().changeMember(ask, a.clerk))).toEqual({ code: "ALREADY_ERASED" });
  await everythingFollows();
  expect(await remains()).toEqual([]);
});

it("37. whoever asked for an erasure does not do it, and one that was not asked for is not done", async () => {
  const { world, a, join } = places;
  const { memberId } = join(a);
  await a.exchange();
  const asker = world.company.administrator;
  expect(refusal(await world.admin().act(asker, eraseAct, { requestId: uuidv7(), memberId })).code).toBe("ERASURE_NOT_ASKED");
  value(await world.admin().act(asker, askErasureAct, { requestId: uuidv7(), memberId }));
  expect(refusal(await world.admin().act(asker, askErasureAct, { requestId: uuidv7(), memberId })).code).toBe("ERASURE_ASKED");
  expect(refusal(await world.admin().act(asker, eraseAct, { requestId: uuidv7(), memberId })).code).toBe("OWN_ERASURE");
  value(await world.admin().act(asker, withdrawErasureAct, { requestId: uuidv7(), memberId }));
  expect(refusal(await world.admin().act(await colleague(), eraseAct, { requestId: uuidv7(), memberId })).code).toBe("ERASURE_NOT_ASKED");
  await a.exchange();
  expect(places.memberAt(a, memberId)).toMatchObject({ name: "王小明", erasedOn: null });
});

it("37. a station whose database is put back from a copy forgets the person again at first contact", async () => {
  const { world, a, join, award, everybodyHears, memberAt } = places;
  const { memberId } = join(a, { ...person, phone: person.newPhone });
  value(award(a, memberId, 50));
  await everybodyHears();
  const copy = a.backUp();
  await erase(memberId);
  await everybodyHears();
  await a.putBack(copy, true);
  expect(memberAt(a, memberId).name).toBe(person.name);
  await a.exchange();
  await a.exchange();
  await everythingFollows();
  expect(memberAt(a, memberId)).toMatchObject({ name: "" });
  expect(await remains()).toEqual([]);
  expect(await a.upkeep().verify()).toEqual({ ok: true, damaged: [] });
  expect((await world.admin().verify()).damaged).toEqual([]);
});

it("37. a head office that is put back from a copy forgets the person again when a station that heard of it comes", async () => {
  const { world, a, b, join, award, everybodyHears, memberAt } = places;
  const { memberId } = join(b, { ...person, phone: "13917263550" });
  value(award(b, memberId, 50));
  await everybodyHears();
  await world.disk.backup();
  await erase(memberId);
  await everybodyHears();
  await everythingFollows();

  await world.putBackHeadOffice();
  expect(await remains()).toContain(`${person.name} at head office`);
  await a.exchange();
  expect(await remains()).toEqual([]);
  await everybodyHears();
  expect(memberAt(b, memberId)).toMatchObject({ name: "" });
  expect((await world.admin().verify()).damaged).toEqual([]);
});

it("37. whoever joined twice and is one member now is forgotten under both names", async () => {
  const { world, a, b, join, award, everybodyHears, memberAt } = places;
  const first = join(a, { ...person, phone: "13917263551" });
  const second = join(b, { ...person, phone: "13917263552" });
  value(award(b, second.memberId, 70));
  await everybodyHears();
  expectOk(await officeFor(() => world).merge(first, second));
  await everybodyHears();
  expect(await erase(first.memberId)).toMatchObject({ entries: 2 });
  await everybodyHears();
  await everythingFollows();

  expect(await remains()).toEqual([]);
  for (const at of [a, b])
    expect(memberAt(at, second.memberId)).toMatchObject({ name: "", memberNumber: first.memberNumber, balance: { balance: 70 } });
  expect((await world.admin().verify()).damaged).toEqual([]);
});
