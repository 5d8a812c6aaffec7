import type { OperatorView } from "#shared/contracts/common.ts";
import type { Drafts } from "../acts/drafts.ts";

/** One person's place at this counter, kept as they left it while it is locked or somebody else works here. */
export type Desk = { readonly operator: OperatorView; readonly drafts: Drafts };

/** The desks with this person's among them: the one they left, with the rights they have now, or a clear one. */
export function withDesk(desks: readonly Desk[], operator: OperatorView, makeDrafts: () => Drafts): readonly Desk[] {
  const own = desks.find((desk) => desk.operator.staffId === operator.staffId);
  if (!own) return [...desks, { operator, drafts: makeDrafts() }];
  return desks.map((desk) => (desk === own ? { ...own, operator } : desk));
}
