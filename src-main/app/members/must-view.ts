import type { MemberCard } from "#shared/contracts/members.ts";
import type { Reading } from "#main/app/ports/store.ts";
import { viewMember } from "./member-view.ts";

/** The member pane after a change to this very member: the station has just read the row. */
export function mustView(view: Reading, memberId: string, today: string): MemberCard {
  const card = viewMember(view, memberId, { today });
  if (!card) throw new Error("the member of this operation is not known here");
  return card;
}
