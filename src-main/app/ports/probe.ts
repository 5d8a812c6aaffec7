/**
 * A place where the end of the process would hurt most: around a commit, behind the mirror journal, between a batch that head office has
 * and the answer that is not stored yet, in the middle of a page of the feed.
 */
export type Moment = "beforeCommit" | "afterCommit" | "afterJournal" | "afterSend" | "midPage";

/** Is told of each moment as it passes. Nobody listens but the tool that kills stations. */
export type Probe = (moment: Moment) => void;

export const noProbe: Probe = () => undefined;
