import type { StaffCardRead, SwipeEvent } from "#shared/contracts/station.ts";
import { makeTakers } from "./takers.ts";

const ofMembers = makeTakers<SwipeEvent>();
const ofStaff = makeTakers<StaffCardRead>();

/** Asked by the counter before it brings anybody up. */
export const isSwipeTaken = ofMembers.isTaken;
/** Waits for cards: a screen that counts or hands out cards, where a swipe calls nobody up. */
export const useSwipes = ofMembers.useTaker;

/** Asked before the counter is locked for a colleague who takes over. */
export const isStaffCardTaken = ofStaff.isTaken;
/** Waits for a colleague's card: where they are asked to stand by, a swipe does not mean that they take over. */
export const useStaffCards = ofStaff.useTaker;
