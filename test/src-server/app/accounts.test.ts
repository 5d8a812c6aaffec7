import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeVerifier } from "#server/app/admin/passwords.ts";
import { newId } from "#server/app/ids.ts";
import { sampleCardKind } from "#main/sample/company.ts";
import { cardNumberOf } from "#shared/domain/cards/card-number.ts";
import { listAccountsAct, type AccountView } from "#shared/contracts/acts/accounts.ts";
import { openCompany, type Company } from "#test/support/company.ts";
import { withDatabase } from "#test/support/postgres.ts";
import { expectOk, type SimulatedStation } from "#test/support/simulated-station.ts";

describe("accounts, looked after from a station", () => {
  const database = withDatabase();
  let company: Company;
  let a: SimulatedStation;
  let b: SimulatedStation;
  let people = 0;
  const refused = (code: string) => ({ ok: false, error: { code } });
  const id = () => newId({ clock: company.clock, random: randomBytes });
  const act = (type: string, body: Record<string, unknown>, by = company.administrator, actId = id()) => a.act(by, body, actId, type);
  const reply = async <T>(acted: ReturnType<typeof act>): Promise<T> => expectOk(await acted).reply as T;
  type Created = { staffId: string; temporaryPassword: string };
  const create = (fields: Record<string, unknown> = {}) =>
    reply<Created>(act("account.create", { userName: `person ${++people}`, displayName: "王芳", role: "clerk", branch: "A", ...fields }));
  const change = (staffId: string, fields: Record<string, unknown>, by?: string) => act("account.change", { staffId, ...fields }, by);

  beforeAll(async () => {
    company = await openCompany(database.url);
    await company.office.admin.setCardKind(company.administrator, sampleCardKind);
    a = await company.station("A");
    b = await company.station("B");
  });
  afterAll(() => company.close());

  it("lets a new person sign in with the temporary password that the administrator was shown (U-01)", async () => {
    const { staffId, temporaryPassword } = await create({ userName: "wang.fang" });
    expect(temporaryPassword).toMatch(/^[0-9a-z]{4}(-[0-9a-z]{4}){2}$/);
    expect(await company.office.admin.signIn("Wang.Fang", temporaryPassword)).toMatchObject({
      ok: true,
      value: { staffId, role: "clerk" },
    });
    await a.pull();
    expect(a.row("staff", staffId)).toMatchObject({ displayName: "王芳", isActive: true });
    await b.pull();
    expect(b.row("staff", staffId)).toBeUndefined();
  });

  it("shows a temporary password once: a repetition is answered without it, and nothing keeps it", async () => {
    // The answer was lost on the line; the account is there, and a reset gives another password.
    const actId = id();
    const body = { userName: "lost.answer", displayName: "李", role: "clerk", branch: null };
    const first = await reply<Created>(act("account.create", body, company.administrator, actId));
    const again = await act("account.create", body, company.administrator, actId);
    expect(again).toEqual({ ok: true, value: { verdict: "duplicate", reply: { staffId: first.staffId, temporaryPassword: null } } });
    const { rows } = await company.database.query<{ all: string }>(`select string_agg(act::text, '') as all from act`);
    expect(rows[0]?.all).not.toContain(first.temporaryPassword);
    const { temporaryPassword } = await reply<Created>(act("account.resetPassword", { staffId: first.staffId }));
    expect(await company.office.admin.signIn("lost.answer", first.temporaryPassword)).toMatchObject(refused("WRONG_CREDENTIALS"));
    expect(await company.office.admin.signIn("lost.answer", temporaryPassword)).toMatchObject({ ok: true });
  });

  it("refuses a user name that somebody has, in whatever spelling, and a branch that is none", async () => {
    await create({ userName: "Taken" });
    const person = { displayName: "x", role: "clerk", branch: "A" };
    expect(await act("account.create", { ...person, userName: " ｔaken " })).toMatchObject(refused("USER_NAME_TAKEN"));
    expect(await act("account.create", { ...person, userName: "other", branch: "NOWHERE" })).toMatchObject(refused("BRANCH_NOT_FOUND"));
  });

  it("changes what is named and leaves the rest", async () => {
    const { staffId } = await create({ displayName: "王芳" });
    expect(await reply<AccountView>(change(staffId, { role: "manager" }))).toMatchObject({
      displayName: "王芳",
      role: "manager",
      branch: "A",
    });
    expect(await reply<AccountView>(change(staffId, { displayName: "王小芳" }))).toMatchObject({
      displayName: "王小芳",
      role: "manager",
      isActive: true,
    });
  });

  it("takes whoever moves to another branch out of the feed of the old one", async () => {
    const { staffId } = await create();
    await a.pull();
    await b.pull();
    expectOk(await change(staffId, { branch: "B" }));
    await a.pull();
    await b.pull();
    expect(a.row("staff", staffId)).toBeUndefined();
    expect(b.row("staff", staffId)).toMatchObject({ branchId: company.branchIds["B"] });

    expectOk(await change(staffId, { branch: null }));
    await a.pull();
    expect(a.row("staff", staffId)).toMatchObject({ branchId: null });
    expectOk(await change(staffId, { branch: "A" }));
    await b.pull();
    expect(b.row("staff", staffId)).toBeUndefined();
  });

  it("tells the stations of somebody who was switched off, and keeps what they did under their name", async () => {
    const { staffId, temporaryPassword } = await create({ userName: "leaver" });
    expectOk(await change(staffId, { isActive: false }));
    await a.pull();
    expect(a.row("staff", staffId)).toMatchObject({ isActive: false, displayName: "王芳" });
    expect(await company.office.admin.signIn("leaver", temporaryPassword)).toMatchObject(refused("WRONG_CREDENTIALS"));
    expectOk(await change(staffId, { isActive: true }));
    expect(await company.office.admin.signIn("leaver", temporaryPassword)).toMatchObject({ ok: true });
  });

  it("takes a lock off at once, at head office and for every station that hears of it (U-04)", async () => {
    const { staffId, temporaryPassword } = await create({ userName: "locked" });
    for (let i = 0; i < 5; i++) await company.office.admin.signIn("locked", "guess");
    expect(await company.office.admin.signIn("locked", temporaryPassword)).toMatchObject(refused("ACCOUNT_LOCKED"));
    expectOk(await act("account.unlock", { staffId }));
    expect(await company.office.admin.signIn("locked", temporaryPassword)).toMatchObject({ ok: true });
    await a.pull();
    expect(a.row("staff", staffId)?.unlockedAtMs).toBe(company.clock.nowMs());
  });

  it("never lets people raise, move or switch off themselves", async () => {
    const { staffId: second } = await create({ role: "administrator", branch: null });
    for (const fields of [{ role: "manager" }, { branch: "A" }, { isActive: false }]) {
      expect(await change(second, fields, second)).toMatchObject(refused("OWN_ACCOUNT"));
    }
    expect(await change(second, { displayName: "新名字" }, second)).toMatchObject({ ok: true });
    expectOk(await change(second, { isActive: false }));
  });

  it("keeps one of two administrators who dismiss each other at the same moment", async () => {
    const { staffId: second } = await create({ role: "administrator", branch: null });
    const both = await Promise.all([
      change(second, { isActive: false }, company.administrator),
      change(company.administrator, { isActive: false }, second),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    // The one who came second was no administrator any more, or was the last one.
    const loser = both.find(({ ok }) => !ok);
    expect(["FORBIDDEN", "LAST_ADMINISTRATOR"]).toContain(loser && !loser.ok && loser.error.code);
    const { accounts } = expectOk(
      await company.office.admin.act(
        { staffId: second, userName: "", displayName: "", role: "administrator", branchId: null },
        listAccountsAct,
        {},
      ),
    );
    const left = accounts.filter(({ role, isActive }) => role === "administrator" && isActive).map(({ staffId }) => staffId);
    expect(left).toHaveLength(1);
    const [last = ""] = left;
    const gone = last === second ? company.administrator : second;
    expectOk(await change(gone, { isActive: true }, last));
    if (last === second) expectOk(await change(second, { isActive: false }, company.administrator));
  });

  it("changes nothing for a manager, for a stranger, or at a station where the administrator does not belong", async () => {
    const manager = await company.hire("a manager", "manager", "A");
    const { staffId: ofB } = await create({ role: "administrator", branch: "B" });
    const { staffId } = await create();
    for (const by of [manager, ofB, id()]) expect(await change(staffId, { role: "manager" }, by)).toMatchObject(refused("FORBIDDEN"));
    expect(await change(id(), { isActive: false })).toMatchObject(refused("STAFF_NOT_FOUND"));
    await a.pull();
    expect(a.row("staff", staffId)).toMatchObject({ role: "clerk" });
    expectOk(await change(ofB, { isActive: false }));
  });

  it("gives a person a staff card, which the branch knows without its number, and takes it away", async () => {
    const { staffId } = await create();
    const number = cardNumberOf(sampleCardKind, 70_001);
    expect(await reply<AccountView>(act("account.setCard", { staffId, card: { number } }))).toMatchObject({
      cardLast4: number.slice(-4),
      pin: "none",
    });
    await a.pull();
    expect(a.row("staff", staffId)?.card).toMatchObject({ last4: number.slice(-4) });
    expect(JSON.stringify(a.row("staff", staffId))).not.toContain(number);
    expect(await reply<AccountView>(act("account.setCard", { staffId, card: null }))).toMatchObject({ cardLast4: null });
  });

  it("refuses as a staff card what is no card of ours, and a colleague's", async () => {
    const [mine, theirs] = [await create(), await create()];
    const card = { number: cardNumberOf(sampleCardKind, 70_002) };
    await reply(act("account.setCard", { staffId: theirs.staffId, card }));
    expect(await act("account.setCard", { staffId: mine.staffId, card })).toMatchObject(refused("CARD_TAKEN"));
    const foreign = { number: "6000123456789015" };
    expect(await act("account.setCard", { staffId: mine.staffId, card: foreign })).toMatchObject(refused("CARD_NOT_RECOGNISED"));
    expect(await act("account.setCard", { staffId: mine.staffId, card: { handle: "h" } })).toMatchObject(refused("HANDLE_EXPIRED"));
    expect(await act("account.setCard", { staffId: mine.staffId, card: null }, theirs.staffId)).toMatchObject(refused("FORBIDDEN"));
  });

  it("lets everybody choose their own PIN and nobody else's; an administrator clears it", async () => {
    const { staffId } = await create();
    const verifier = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA";
    await reply(act("account.setPin", { verifier }, staffId));
    await a.pull();
    expect(a.row("staff", staffId)?.pin).toBe(verifier);
    expect(await reply<AccountView>(act("account.clearPin", { staffId }))).toMatchObject({ pin: "none" });
    await a.pull();
    expect(a.row("staff", staffId)?.pin).toBeNull();
  });

  it("lets everybody change their own password, which signs them in from then on where the old one does not", async () => {
    const { staffId, temporaryPassword } = await create({ userName: "changes.it" });
    await a.pull();
    const replaces = a.row("staff", staffId)?.verifier;
    const verifier = await makeVerifier("a longer password");
    await reply(act("account.changePassword", { verifier, replaces }, staffId));
    expect(await company.office.admin.signIn("changes.it", temporaryPassword)).toMatchObject(refused("WRONG_CREDENTIALS"));
    expect(await company.office.admin.signIn("changes.it", "a longer password")).toMatchObject({ ok: true });
    await a.pull();
    expect(a.row("staff", staffId)?.verifier).toBe(verifier);
  });

  // The attack: somebody knows a password that was reset, and finds a counter that has not heard of it.
  it("does not let an old password that a silent station still takes replace the one of the reset", async () => {
    const { staffId } = await create({ userName: "was.reset" });
    await a.pull();
    const replaces = a.row("staff", staffId)?.verifier;
    const { temporaryPassword } = await reply<Created>(act("account.resetPassword", { staffId }));
    const verifier = await makeVerifier("the thief's own");
    expect(await act("account.changePassword", { verifier, replaces }, staffId)).toMatchObject(refused("PASSWORD_REPLACED"));
    expect(await company.office.admin.signIn("was.reset", temporaryPassword)).toMatchObject({ ok: true });
  });

  it("lets a manager give staff cards and clear PINs among the people of the own branch, and nobody else's (U-06)", async () => {
    const manager = await company.hire("manager of A", "manager", "A");
    const ofNoBranch = await company.hire("manager of none", "manager", null);
    const [own, other, ofHeadOffice] = [await create(), await create({ branch: "B" }), await create({ branch: null })];
    const verifier = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA";
    await reply(act("account.setPin", { verifier }, own.staffId));
    const card = { number: cardNumberOf(sampleCardKind, 70_003) };
    expect(await reply<AccountView>(act("account.setCard", { staffId: own.staffId, card }, manager))).toMatchObject({ pin: "set" });
    expect(await reply<AccountView>(act("account.clearPin", { staffId: own.staffId }, manager))).toMatchObject({ pin: "none" });
    for (const { staffId } of [other, ofHeadOffice]) {
      expect(await act("account.setCard", { staffId, card: null }, manager)).toMatchObject(refused("OUT_OF_SCOPE"));
      expect(await act("account.clearPin", { staffId }, manager)).toMatchObject(refused("OUT_OF_SCOPE"));
    }
    expect(await act("account.clearPin", { staffId: ofHeadOffice.staffId }, ofNoBranch)).toMatchObject(refused("OUT_OF_SCOPE"));
    for (const type of ["account.resetPassword", "account.unlock"])
      expect(await act(type, { staffId: own.staffId }, manager)).toMatchObject(refused("FORBIDDEN"));

    const list = await a.act(manager, {}, id(), "account.list");
    const { accounts, branches } = expectOk(list).reply as { accounts: AccountView[]; branches: { code: string }[] };
    expect(new Set(accounts.map(({ branch }) => branch))).toEqual(new Set(["A"]));
    expect(branches.map(({ code }) => code)).toEqual(["A"]);
  });
});
