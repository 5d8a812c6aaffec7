import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import type { RequestRecord } from "#shared/domain/requests/request.ts";
import { clerk, manager, openCounter, refusal, value, type TestCounter } from "#test/support/counter.ts";

const ownReplica = 1;
const reason = "goods came back";

/** A request of another counter about an entry of ours, as the feed brings it. */
function askedOfUs(counter: TestCounter, opId: string, changes: Partial<RequestRecord> = {}): string {
  const requestId = uuidv7();
  counter.hear("request", requestId, {
    requestId,
    kind: "void",
    replica: 2,
    askedBy: uuidv7(),
    askedAtMs: 1,
    reason,
    reference: "1-3-0000",
    refundFen: null,
    state: "sent",
    code: null,
    answer: null,
    memberId: null,
    opId,
    origin: ownReplica,
    points: null,
    ...changes,
  });
  return requestId;
}

describe("asking another place", () => {
  it("is recorded at once without a line, and listed as waiting", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const refund = { requestId: uuidv7(), receiptNumber: "B-77", amountFen: 12_850, reason };
    const first = value(counter.askRefund(refund, clerk));
    // The clerk presses twice.
    expect(value(counter.askRefund(refund, clerk))).toEqual(first);
    expect(refusal(counter.askRefund({ ...refund, amountFen: 1 }, clerk))).toEqual({ code: "REQUEST_ID_REUSED" });
    value(counter.askVoid({ requestId: uuidv7(), slip: " 2-41-9f0c ", memberId, reason }, clerk));
    const { mine, toUs } = counter.listRequests();
    expect(mine).toMatchObject([
      { kind: "refund", state: "open", reference: "B-77", refundFen: 12_850, reason, askedBy: "陈雨桐", points: null },
      { kind: "void", state: "open", reference: "2-41-9F0C", memberId, name: "王**" },
    ]);
    expect(toUs).toEqual([]);
    expect(value(counter.balance({ memberId })).balance).toBe(0);
  });

  it("asks nobody for what is typed wrong, or what this counter undoes itself", () => {
    const counter = openCounter();
    const ask = (slip: string) => refusal(counter.askVoid({ requestId: uuidv7(), slip, memberId: null, reason }, clerk));
    expect(ask("2-41")).toEqual({ code: "SLIP_MALFORMED" });
    expect(ask(`${ownReplica}-41-9F0C`)).toEqual({ code: "OWN_SLIP" });
    expect(counter.operations()).toEqual([]);
  });
});

describe("a request of another counter", () => {
  function counterWithRedemption() {
    const counter = openCounter();
    const { memberId } = counter.member();
    counter.give(memberId, 100);
    const redeemed = value(counter.tea(memberId));
    return { counter, memberId, redeemed };
  }

  it("is confirmed by a person of ours, on any later day, and gives the points back", () => {
    const { counter, memberId, redeemed } = counterWithRedemption();
    const id = askedOfUs(counter, redeemed.opId, { memberId });
    expect(counter.listRequests().toUs).toMatchObject([{ id, state: "sent", points: 80, reason, name: "王**" }]);
    counter.clock.set("2026-06-30T10:00:00+08:00");
    const requestId = uuidv7();
    expect(value(counter.acceptRequest({ requestId, id }, manager))).toEqual({ id });
    expect(value(counter.acceptRequest({ requestId, id }, manager))).toEqual({ id });
    expect(value(counter.balance({ memberId })).balance).toBe(100);
    expect(counter.listRequests().toUs).toMatchObject([{ id, state: "done", points: 80 }]);
    expect(refusal(counter.acceptRequest({ requestId: uuidv7(), id }, manager))).toEqual({ code: "REQUEST_ANSWERED" });
    expect(refusal(counter.declineRequest({ requestId, id, reason: "no" }, manager))).toEqual({ code: "REQUEST_ID_REUSED" });
  });

  it("is declined with a reason, and moves nothing", () => {
    const { counter, memberId, redeemed } = counterWithRedemption();
    const id = askedOfUs(counter, redeemed.opId);
    const declined = { requestId: uuidv7(), id, reason: "the gift was used" };
    expect(value(counter.declineRequest(declined, manager))).toEqual({ id });
    expect(value(counter.declineRequest(declined, manager))).toEqual({ id });
    expect(value(counter.balance({ memberId })).balance).toBe(20);
    expect(counter.listRequests().toUs).toMatchObject([{ state: "declined", answer: "the gift was used" }]);
  });

  it("undoes nothing twice, nothing unknown, and nothing that was asked of somebody else", () => {
    const { counter, redeemed } = counterWithRedemption();
    const accept = (id: string) => refusal(counter.acceptRequest({ requestId: uuidv7(), id }, manager));
    const id = askedOfUs(counter, redeemed.opId);
    value(counter.undo(redeemed.opId));
    expect(accept(id)).toEqual({ code: "ALREADY_VOIDED" });
    expect(accept(askedOfUs(counter, uuidv7()))).toEqual({ code: "OPERATION_NOT_FOUND" });
    expect(accept(askedOfUs(counter, redeemed.opId, { origin: 3 }))).toEqual({ code: "REQUEST_NOT_FOUND" });
    expect(accept(uuidv7())).toEqual({ code: "REQUEST_NOT_FOUND" });
  });
});
