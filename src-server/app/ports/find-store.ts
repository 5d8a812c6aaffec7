import type { FindRequest } from "#shared/contracts/sync/wire.ts";
import type { MemberRecord } from "#shared/domain/members/member.ts";

export type FindQuestion = Pick<FindRequest, "kind" | "value"> & {
  /** Whose members the person may see in lists; null for those of the whole company. */
  readonly scopeBranchId: string | null;
  /** Head office's business date: what lapsed before it is not counted. */
  readonly today: string;
  readonly limit: number;
};

export type FoundMember = { readonly member: MemberRecord; readonly balance: number; readonly isInScope: boolean };

/** Looking for members, and the memory of who looked. */
export type FindStore = {
  /** By number; whoever only a part of a name or number fits is found inside the scope alone. */
  readonly members: (question: FindQuestion) => Promise<readonly FoundMember[]>;
  readonly log: (looked: {
    readonly atMs: number;
    readonly staffId: string;
    readonly replica: number;
    readonly kind: string;
    readonly memberIds: readonly string[];
  }) => Promise<void>;
  /** How often the person has looked since then. */
  readonly countSince: (staffId: string, sinceMs: number) => Promise<number>;
};
