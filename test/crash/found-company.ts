import type { Operator } from "#shared/domain/staff/roles.ts";
import type { Result } from "#shared/std/result.ts";
import { luhnCheckDigit } from "#shared/domain/cards/luhn.ts";
import type { StationCore } from "#main/station-core.ts";
import type { HeadOffice } from "#server/app/head-office.ts";
import { clerkName, clerkOf, purchaseRule } from "./crash-station.ts";

/** Sets up an empty head office with one branch, one clerk and one rule. @returns the enrolment code of the branch's station */
export async function foundCompany({ admin, firstAdministratorCode }: HeadOffice): Promise<string> {
  const password = "counter-2026";
  const first = { userName: "admin", displayName: "管理员", password };
  const { staffId: by } = must(await admin.createFirstAdministrator((await firstAdministratorCode()) ?? "", first));
  must(await admin.addBranch(by, { code: "A", name: "城东店" }));
  must(await admin.setStaff(by, { userName: clerkName, displayName: "陈雨桐", password, role: "clerk", branch: "A" }));
  const name = { "zh-CN": "普通卡", "en-US": "Ordinary card" };
  await admin.setCardKind(by, { kind: "ordinary", name, role: "main", media: "magstripe", prefix: "8888", length: 12, check: "luhn" });
  const dates = { opensOn: "2020-01-01", closesOn: null };
  const rule = { ruleId: purchaseRule, version: 1, name, points: 1, perFen: 100, approval: "none", validMonths: 24, ...dates } as const;
  must(await admin.publishRule(by, rule));
  return must(await admin.createEnrolmentCode(by, "A")).code;
}

/** Enters members, each with a card. */
export function enterMembers(station: StationCore, count: number): void {
  const { counter, ports } = station;
  const by = clerkOf(station);
  for (let n = 1; n <= count; n += 1) {
    const person = { name: `会员${n}`, phones: [`1000000000${n}`] };
    const { memberId } = must(counter.createMember({ requestId: ports.random.uuid(), ...person }, by));
    const digits = `8888${String(n).padStart(7, "0")}`;
    const card = { number: digits + luhnCheckDigit(digits) };
    must(counter.issueCard({ requestId: ports.random.uuid(), memberId, card }, by));
  }
}

/** Awards for a purchase of its own. @returns the award's id */
export function awardTo({ counter, ports }: StationCore, memberId: string, amountFen: number, by: Operator): string {
  const requestId = ports.random.uuid();
  // The part of the id that is chance alone: no two purchases share a receipt.
  const purchase = { receiptNumber: requestId.slice(-12), amountFen };
  return must(counter.award({ requestId, memberId, purchase, ruleId: purchaseRule, ruleVersion: 1 }, by)).opId;
}

export function must<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}
