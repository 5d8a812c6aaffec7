import type { MemberCard } from "#shared/contracts/members.ts";
import type { LoggedOperation, Reading } from "#main/app/ports/store.ts";
import { viewMember } from "./member-view.ts";

/** The pane of the member that an operation of this station is about, whose row is therefore here. */
export function mustView(view: Reading, op: LoggedOperation, today: string): MemberCard {
  const card = op.memberId === null ? undefined : viewMember(view, op.memberId, { today });
  if (!card) throw new Error("the member of this operation is not known here");
  return card;
}
