import type { Authorisation } from "#main/app/session/authorise.ts";
import type { SwipeEvent } from "#shared/contracts/station.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";

/**
 * One open window, socket or command: the session belongs to it, not to the messages that travel over it.
 * A shell opens one connection per port or socket and closes it with the port.
 */
export type Connection = {
  operator: Operator | undefined;
  /** The newest only: a supervisor stands beside one act at a time. */
  authorisation: Authorisation | undefined;
  /** Somebody left the counter as it is and comes back; until then it does nothing for anybody. */
  isLocked: boolean;
  /** The newest card that was swiped meanwhile: its member still stands there. */
  heldSwipe: SwipeEvent | undefined;
};

/** What every procedure receives beside its input. */
export type ApiContext = { readonly connection: Connection };

export const openConnection = (): Connection => ({ operator: undefined, authorisation: undefined, isLocked: false, heldSwipe: undefined });
