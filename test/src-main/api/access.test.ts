import { call, isProcedure, type AnyProcedure } from "@orpc/server";
import { describe, expect, it } from "vitest";
import { access } from "#main/api/access.ts";
import { openConnection } from "#main/api/context.ts";
import { stationContract } from "#shared/contracts/station-contract.ts";
import { permissionsOf } from "#shared/domain/staff/roles.ts";
import { clerk, manager } from "#test/support/counter.ts";
import { openApi, refused } from "./open-api.ts";

/** Who may, and where it is decided. A new procedure, or one that moves, is written here by hand: that is the point. */
const table = {
  "session.signIn": "anybody, station",
  "session.signInByCard": "anybody, station",
  "session.setPin": "signedIn, headOffice",
  "session.changePassword": "signedIn, headOffice",
  "session.signOut": "anybody, station",
  "session.current": "anybody, station",
  "session.authorise": "signedIn, station",
  "session.lock": "signedIn, station",
  "session.heldSwipe": "signedIn, station",
  "setup.state": "anybody, station",
  "setup.tryIt": "anybody, station",
  "setup.enrol": "anybody, station",
  "station.status": "anybody, station",
  "station.watch": "anybody, station",
  "members.find": "member.read, station",
  "members.findAtHeadOffice": "member.read, headOffice",
  "members.similar": "member.create, station",
  "members.get": "member.read, station",
  "members.create": "member.create, station",
  "recovery.state": "headOffice.read, headOffice",
  "recovery.goOn": "headOffice.manage, headOffice",
  "recovery.close": "headOffice.manage, headOffice",
  "erasures.list": "headOffice.manage, headOffice",
  "erasures.preview": "headOffice.manage, headOffice",
  "erasures.ask": "headOffice.manage, headOffice",
  "erasures.withdraw": "headOffice.manage, headOffice",
  "erasures.confirm": "headOffice.manage, headOffice",
  "members.change": "member.change, station",
  "members.edits": "member.change, station",
  "members.sendAgain": "member.change, station",
  "members.reviews": "member.review, station",
  "members.decideReview": "member.review, station",
  "cards.identify": "member.read, station",
  "encoding.state": "card.issue, station",
  "encoding.write": "card.issue, station",
  "encoding.check": "card.issue, station",
  "cards.waiting": "card.issue, station",
  "cards.undoIssue": "card.issue, station",
  "cards.issue": "card.issue, station",
  "cards.block": "card.block, station",
  "points.rules": "signedIn, station",
  "points.award": "points.award, station",
  "points.keepPurchase": "points.award, station",
  "points.keptPurchases": "member.read, station",
  "points.void": "points.void, station",
  "points.balance": "member.read, station",
  "points.balances": "member.read, station",
  "points.explain": "member.read, station",
  "points.journal": "member.read, station",
  "points.proposals": "proposal.read, station",
  "points.decideProposal": "proposal.decide, headOffice",
  "points.handOverProposal": "proposal.decide, station",
  "points.restore": "points.restore, headOffice",
  "points.draw": "points.redeem, headOffice",
  "requests.list": "points.void, station",
  "requests.refund": "points.void, station",
  "requests.void": "points.void, station",
  "requests.accept": "points.void_others, station",
  "requests.decline": "points.void_others, station",
  "redemption.plans": "signedIn, station",
  "redemption.redeem": "points.redeem, station",
  "redemption.hold": "points.redeem, station",
  "redemption.confirm": "points.redeem, station",
  "redemption.cancel": "points.redeem, station",
  "redemption.held": "points.redeem, station",
  "stock.list": "stock.read, station",
  "stock.moves": "stock.read, station",
  "stock.today": "stock.read, station",
  "stock.ranges": "headOffice.manage, station",
  "stock.gifts": "stock.read, station",
  "stock.branches": "stock.read, station",
  "stock.assignCards": "headOffice.manage, headOffice",
  "stock.setGift": "headOffice.manage, headOffice",
  "stock.receive": "stock.manage, station",
  "stock.takeOut": "stock.manage, station",
  "stock.send": "stock.manage, station",
  "stock.takeIn": "stock.manage, station",
  "stock.count": "stock.manage, station",
  "stock.cardsBetween": "stock.read, station",
  "stock.receiveCards": "stock.manage, station",
  "stock.discardCards": "stock.manage, station",
  "slips.last": "member.read, station",
  "sync.exchange": "sync.exchange, station",
  "sync.overview": "sync.exchange, station",
  "sync.entries": "sync.exchange, station",
  "updates.state": "signedIn, station",
  "updates.check": "station.update, station",
  "updates.install": "station.update, station",
  "accounts.list": "staff_card.manage, headOffice",
  "accounts.create": "account.manage, headOffice",
  "accounts.change": "account.manage, headOffice",
  "accounts.resetPassword": "account.manage, headOffice",
  "accounts.unlock": "account.manage, headOffice",
  "accounts.setCard": "staff_card.manage, headOffice",
  "accounts.clearPin": "staff_card.manage, headOffice",
  "tiers.list": "rule.publish, headOffice",
  "tiers.publish": "rule.publish, headOffice",
  "tiers.explain": "member.read, station",
  "publications.list": "rule.publish, headOffice",
  "publications.publishRule": "rule.publish, headOffice",
  "publications.publishPlan": "rule.publish, headOffice",
  "dictionaries.entries": "signedIn, station",
  "dictionaries.set": "dictionary.manage, headOffice",
  "audit.list": "audit.read, headOffice",
  "devices.list": "station.read, station",
  "devices.add": "device.manage, station",
  "devices.change": "device.manage, station",
  "devices.remove": "device.manage, station",
  "devices.test": "device.manage, station",
  "devices.trace": "device.manage, station",
  "upkeep.verify": "station.read, station",
  "upkeep.backUp": "station.read, station",
  "upkeep.recoveryKey": "headOffice.manage, station",
  "upkeep.keyCopy": "station.read, station",
  "shift.current": "station.read, station",
  "shift.lines": "station.read, station",
  "shift.close": "shift.close, station",
  "settings.setIdleLock": "station.configure, station",
  "practice.cards": "signedIn, station",
  "practice.swipe": "signedIn, station",
  "practice.draw": "signedIn, station",
  "stations.list": "headOffice.read, headOffice",
  "stations.createCode": "headOffice.manage, headOffice",
  "periods.list": "headOffice.read, headOffice",
  "periods.close": "headOffice.manage, headOffice",
  "queue.list": "queue.manage, headOffice",
  "queue.release": "queue.manage, headOffice",
  "queue.refuse": "queue.manage, headOffice",
  "queue.note": "queue.manage, headOffice",
  "queue.countRefund": "queue.manage, headOffice",
  "queue.givePurchase": "queue.manage, headOffice",
  "queue.putPurchaseAway": "queue.manage, headOffice",
  "pools.list": "headOffice.manage, headOffice",
  "pools.make": "headOffice.manage, headOffice",
  "pools.join": "headOffice.manage, headOffice",
  "pools.leave": "headOffice.manage, headOffice",
  "people.list": "member.merge, headOffice",
  "people.compare": "member.merge, headOffice",
  "people.merge": "member.merge, headOffice",
  "people.previewSplit": "member.merge, headOffice",
  "people.split": "member.merge, headOffice",
  "stations.fence": "headOffice.manage, headOffice",
  "stations.giveBack": "headOffice.manage, headOffice",
};
type Listed = { readonly name: string; readonly needs: string };
const listed: readonly Listed[] = Object.entries(table).map(([name, text]) => ({ name, needs: text.split(",")[0] ?? "" }));
const permitted = listed.filter(({ needs }) => needs !== "anybody" && needs !== "signedIn");

function procedureOf(router: object, name: string): AnyProcedure {
  const found = name.split(".").reduce<unknown>((level, key) => (level as Record<string, unknown>)[key], router);
  if (!isProcedure(found)) throw new Error(`${name} is no procedure`);
  return found;
}
const path = (name: string): readonly string[] => name.split(".");

describe("the contract of a station", () => {
  it("is what this table says, procedure by procedure", () => {
    const found = Object.entries(stationContract).flatMap(([area, procedures]) =>
      Object.entries(procedures).map(([name, procedure]) => {
        const needs = (access[area as keyof typeof access] as Record<string, string>)[name];
        return [`${area}.${name}`, `${needs}, ${procedure["~orpc"].meta.where}`];
      }),
    );
    expect(Object.fromEntries(found)).toEqual(table);
  });
});

describe("a caller who has not signed in", () => {
  it.each(listed.filter(({ needs }) => needs !== "anybody"))("may not call $name, whatever is sent", async ({ name }) => {
    const { router } = openApi();
    const context = { connection: openConnection() };
    const answer = await refused(call(procedureOf(router, name), { wrong: true }, { context, path: path(name) }));
    expect(answer).toMatchObject({ code: "NOT_SIGNED_IN", defined: true });
  });
});

describe("a caller without the permission", () => {
  const people = [clerk, { ...clerk, isRestricted: true }, { ...manager, isRestricted: true }];
  const without = (needs: string) => people.filter((person) => !(permissionsOf(person) as readonly string[]).includes(needs));

  it("is nobody who works at a counter, where the counter's daily bread is asked for", () => {
    const everybodys = permitted.filter(({ needs }) => without(needs).length === 0).map(({ needs }) => needs);
    expect(new Set(everybodys)).toEqual(new Set(["station.read", "member.read", "points.award", "points.redeem", "sync.exchange"]));
  });

  it.each(permitted.filter(({ needs }) => without(needs).length > 0))(
    "may not call $name by hand, although the screen does not show it",
    async ({ name, needs }) => {
      for (const person of without(needs)) {
        const { router, counter } = openApi();
        if (person.isRestricted) counter.clock.atMs += 30 * 24 * 60 * 60 * 1000;
        const context = { connection: { ...openConnection(), operator: person } };
        const answer = await refused(call(procedureOf(router, name), { wrong: true }, { context, path: path(name) }));
        expect(answer).toMatchObject({ code: "FORBIDDEN", defined: true, data: { permission: needs } });
      }
    },
  );
});
