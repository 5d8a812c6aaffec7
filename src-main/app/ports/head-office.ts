import type { Result } from "#shared/std/result.ts";
import type { ActReply, ActRequest, DrawReply, FindReply, FindRequest } from "#shared/contracts/sync/wire.ts";

/** What head office answered when it would not. */
export type HeadOfficeRefusal = { readonly code: string; readonly data: Readonly<Record<string, unknown>> };

/** The line to head office, as use cases see it. `NEEDS_HEAD_OFFICE` when there is none. */
export type HeadOfficeLine = {
  readonly isUp: () => boolean;
  /** As a use case asks for it, through `makeActAtHeadOffice`. */
  readonly act: (act: Pick<ActRequest, "actId" | "type" | "by" | "body">) => Promise<Result<ActReply, HeadOfficeRefusal>>;
  /** Looks for members there; nothing is sent or read beside the question. */
  readonly find: (question: Pick<FindRequest, "kind" | "value" | "by">) => Promise<Result<FindReply, HeadOfficeRefusal>>;
  /** Asks for rights to spend and, when some are granted, waits until they have arrived here. */
  readonly draw: (request: {
    readonly drawId: string;
    readonly memberId: string;
    readonly want: number;
    /** What the pool does not have may be called back from other stations. */
    readonly mayRecall?: boolean;
  }) => Promise<Result<DrawReply, HeadOfficeRefusal>>;
};
