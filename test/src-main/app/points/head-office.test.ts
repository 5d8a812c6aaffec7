import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { err, ok } from "#shared/std/result.ts";
import { manager, openCounter, refusal, value } from "#test/support/counter.ts";

const decision = { requestId: uuidv7(), proposalId: uuidv7(), decision: "approve", reason: null } as const;

describe("an act of head office", () => {
  it("needs the line, and writes nothing without it", async () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    expect(refusal(await counter.decideProposal(decision, manager))).toEqual({ code: "NEEDS_HEAD_OFFICE" });
    expect(refusal(await counter.draw({ requestId: uuidv7(), memberId, points: 10 }))).toEqual({ code: "NEEDS_HEAD_OFFICE" });
    expect(counter.operations()).toEqual(["member.create", "card.issue"]);
  });

  it("carries the person, and answers what head office decided", async () => {
    const counter = openCounter();
    counter.line.act = async (act) =>
      ok({
        verdict: "applied",
        reply: {
          proposalId: decision.proposalId,
          state: act.by === manager.staffId && act.body["decision"] === "approve" ? "approved" : "rejected",
        },
      });
    expect(value(await counter.decideProposal(decision, manager))).toEqual({ proposalId: decision.proposalId, state: "approved" });
  });

  it("is a rejection only with a reason", async () => {
    const counter = openCounter();
    expect(refusal(await counter.decideProposal({ ...decision, decision: "reject" }, manager))).toEqual({ code: "REASON_MISSING" });
    expect(refusal(await counter.decideProposal({ ...decision, decision: "reject", reason: "" }, manager))).toEqual({
      code: "REASON_MISSING",
    });
  });

  it.each(["PROPOSAL_NOT_FOUND", "OWN_PROPOSAL", "REASON_MISSING", "OUT_OF_SCOPE", "REQUEST_ID_REUSED"])("passes on %s", async (code) => {
    const counter = openCounter();
    counter.line.act = async () => err({ code, data: {} });
    expect(refusal(await counter.decideProposal(decision, manager))).toEqual({ code });
  });

  it("passes on who was first, who may not, and takes any other answer for a line that does not work", async () => {
    const counter = openCounter();
    counter.line.act = async () => err({ code: "ALREADY_DECIDED", data: { state: "rejected" } });
    expect(refusal(await counter.decideProposal(decision, manager))).toEqual({ code: "ALREADY_DECIDED", state: "rejected" });
    counter.line.act = async () => err({ code: "FORBIDDEN", data: {} });
    expect(refusal(await counter.decideProposal(decision, manager))).toEqual({ code: "FORBIDDEN", permission: "proposal.decide" });
    counter.line.act = async () => err({ code: "SOMETHING_NEW", data: {} });
    expect(refusal(await counter.decideProposal(decision, manager))).toEqual({ code: "NEEDS_HEAD_OFFICE" });
  });

  it("draws points that can be spent as soon as it answers", async () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const lot = { lotId: uuidv7(), points: 90, earnedOn: "2026-01-01", expiresOn: null };
    counter.line.draw = async ({ want }) => {
      const incarnation = counter.store.read((view) => view.identity()?.incarnation ?? "");
      counter.hear("grant", "g1", { opId: "g1", incarnation, gno: 1, memberId, lines: [{ ...lot, points: want }] });
      return ok({ granted: want });
    };
    const drawn = value(await counter.draw({ requestId: uuidv7(), memberId, points: 90 }));
    expect(drawn).toMatchObject({ granted: 90, member: { balance: { spendableHere: 90 } } });
    expect(counter.tea(memberId).ok).toBe(true);
  });

  it("draws nothing for somebody head office does not know", async () => {
    const counter = openCounter();
    counter.line.draw = async () => err({ code: "MEMBER_NOT_FOUND", data: {} });
    expect(refusal(await counter.draw({ requestId: uuidv7(), memberId: uuidv7(), points: 90 }))).toEqual({ code: "MEMBER_NOT_FOUND" });
  });
});
