import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { clerk, manager, openCounter, purchaseRule, refusal, value, type TestCounter } from "#test/support/counter.ts";

/** A counter where an award waits for a second person of the branch, and one such award. */
function counterWithProposal() {
  const counter = openCounter();
  counter.hear("rule", "purchase/1", { ...purchaseRule, approval: "station" });
  const { memberId } = counter.member();
  const { opId } = counter.give(memberId, 120);
  return { counter, memberId, proposalId: opId };
}
const decide = (counter: TestCounter, proposalId: string, decision: "approve" | "reject", by = manager, requestId = uuidv7()) =>
  counter.decideProposal({ requestId, proposalId, decision, reason: decision === "reject" ? "no receipt" : null }, by);

describe("a proposal that the station holds", () => {
  it("is decided without a line, by a second person, and its points come with the next exchange", async () => {
    const { counter, memberId, proposalId } = counterWithProposal();
    expect(counter.listProposals()).toMatchObject([{ proposalId, holder: "here", state: "open", points: 120 }]);
    expect(value(counter.balance({ memberId }))).toMatchObject({ balance: 0, proposed: 120 });

    expect(value(await decide(counter, proposalId, "approve"))).toEqual({ proposalId, state: "approved" });
    // Approved points go to head office's pool, from where they are placed: the member has them, and nobody spends them yet.
    expect(value(counter.balance({ memberId }))).toMatchObject({ balance: 120, proposed: 0, spendableHere: 0, atHeadOffice: 120 });
    expect(counter.listProposals()).toMatchObject([{ proposalId, state: "approved" }]);
    expect(counter.journal(manager)[0]).toMatchObject({ kind: "approved", points: 120, memberId, canVoid: false });
  });

  it("is taken out of the figures when it is rejected, and keeps the reason", async () => {
    const { counter, memberId, proposalId } = counterWithProposal();
    expect(refusal(await counter.decideProposal({ requestId: uuidv7(), proposalId, decision: "reject", reason: null }, manager))).toEqual({
      code: "REASON_MISSING",
    });
    expect(value(await decide(counter, proposalId, "reject"))).toEqual({ proposalId, state: "rejected" });
    expect(value(counter.balance({ memberId }))).toMatchObject({ balance: 0, proposed: 0 });
    expect(counter.listProposals()).toMatchObject([{ state: "rejected", reason: "no receipt" }]);
  });

  it("is not decided by the one who proposed it, nor twice", async () => {
    const { counter, proposalId } = counterWithProposal();
    expect(refusal(await decide(counter, proposalId, "approve", clerk))).toEqual({ code: "OWN_PROPOSAL" });
    const requestId = uuidv7();
    const first = await decide(counter, proposalId, "approve", manager, requestId);
    // The answer was lost and the manager presses again.
    expect(await decide(counter, proposalId, "approve", manager, requestId)).toEqual(first);
    expect(refusal(await decide(counter, proposalId, "reject", manager, requestId))).toEqual({ code: "REQUEST_ID_REUSED" });
    expect(refusal(await decide(counter, proposalId, "reject"))).toEqual({ code: "ALREADY_DECIDED", state: "approved" });
    expect(counter.operations().filter((type) => type.startsWith("proposal."))).toEqual(["proposal.decide_here"]);
  });

  it("is decided here no more after it was passed to head office", async () => {
    const { counter, proposalId } = counterWithProposal();
    const requestId = uuidv7();
    const passedOn = counter.handOverProposal({ requestId, proposalId }, manager);
    expect(value(passedOn)).toEqual({ proposalId });
    expect(counter.handOverProposal({ requestId, proposalId }, manager)).toEqual(passedOn);
    expect(counter.listProposals()).toMatchObject([{ holder: "headOffice", state: "open" }]);
    expect(refusal(await decide(counter, proposalId, "approve"))).toEqual({ code: "NEEDS_HEAD_OFFICE" });
    expect(refusal(counter.handOverProposal({ requestId: uuidv7(), proposalId }, manager))).toEqual({ code: "HELD_BY_HEAD_OFFICE" });
  });

  it("is not ours when another counter holds it", async () => {
    const { counter, proposalId } = counterWithProposal();
    const [proposal] = counter.store.read((view) => view.proposals.all());
    if (!proposal) throw new Error("there is one");
    counter.hear("proposal", proposalId, { ...proposal, heldBy: "00000000000000b2" });
    expect(counter.listProposals()).toMatchObject([{ holder: "station" }]);
    expect(refusal(counter.handOverProposal({ requestId: uuidv7(), proposalId }, manager))).toEqual({
      code: "HELD_BY_STATION",
      branch: null,
    });
    expect(refusal(await decide(counter, proposalId, "approve"))).toEqual({ code: "NEEDS_HEAD_OFFICE" });
  });
});
