import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PushReply } from "#shared/contracts/sync/wire.ts";
import { openCompany, type Company } from "#test/support/company.ts";
import { withDatabase } from "#test/support/postgres.ts";
import type { SimulatedStation } from "#test/support/simulated-station.ts";

const verdicts = ({ results }: PushReply) => results.map(({ verdict, code }) => (code === undefined ? verdict : `${verdict} ${code}`));

describe("an act that a clerk may not do alone", () => {
  const database = withDatabase();
  let company: Company;
  let a: SimulatedStation;
  let manager: string;
  let otherClerk: string;
  let number = 0;
  const nextNumber = () => String(50_000_000_000 + ++number);

  beforeAll(async () => {
    company = await openCompany(database.url);
    a = await company.station("A");
    manager = await company.hire("manager A", "manager", "A");
    otherClerk = await company.hire("second clerk", "clerk", "A");
  });
  afterAll(() => company.close());

  /** A member whose card is blocked, with these people beside the clerk. */
  async function blockWith(second: string | undefined): Promise<string | undefined> {
    const member = a.createMember(nextNumber());
    const cardNumber = nextNumber();
    a.issueCard(member, cardNumber);
    a.say({
      type: "card.block",
      entity: { kind: "card", id: cardNumber },
      ...(second !== undefined && { second }),
      d: { cardNumber, memberId: member, reason: "lost" },
    });
    return verdicts(await a.push()).at(-1);
  }

  it("counts with a supervisor, and not without one or with another clerk", async () => {
    expect(await blockWith(manager)).toBe("applied");
    expect(await blockWith(undefined)).toBe("quarantined NEVER_PERMITTED");
    expect(await blockWith(otherClerk)).toBe("quarantined NEVER_PERMITTED");
    expect(await blockWith("nobody")).toBe("quarantined NEVER_PERMITTED");
  });

  it("is looked at when the supervisor had been switched off", async () => {
    const leaver = await company.hire("leaving manager", "manager", "A");
    await company.database.query(`update record set doc = doc || '{"isActive": false}' where kind = 'staff' and id = $1`, [leaver]);
    expect(await blockWith(leaver)).toBe("flagged STAFF_INACTIVE");
  });

  it("undoes what somebody else recorded only with a supervisor; one's own takes nobody", async () => {
    const undo = async (by: string, second?: string) => {
      const member = a.createMember(nextNumber());
      const award = a.award(member, 60);
      a.say({
        type: "points.void_award",
        by,
        ...(second !== undefined && { second }),
        d: { undoes: award, memberId: member, points: 60, fromRight: 0, rest: 60 },
        personal: { salt: "salt", reason: "typed twice" },
      });
      return verdicts(await a.push()).at(-1);
    };
    expect(await undo(otherClerk)).toBe("quarantined NEVER_PERMITTED");
    expect(await undo(otherClerk, manager)).toBe("applied");
    expect(await undo(manager)).toBe("applied");
  });
});
