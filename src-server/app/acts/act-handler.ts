import type { Ports } from "#server/app/ports/ports.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import type { ActType, InputOf, RefusalOf, ReplyOf } from "#shared/contracts/acts/act-type.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import type { Result } from "#shared/std/result.ts";

/** Who asks, and inside which transaction. The act's own operation carries its `requestId` as id. */
export type ActContext = { readonly ports: Ports; readonly tx: Transaction; readonly by: Operator };

/**
 * Does an act, whose input is checked and whose person may ask for it. It is called once for an id, inside the transaction that
 * remembers the act; after a refusal nothing that it wrote is kept.
 */
export type ActHandler<A extends ActType> = (context: ActContext, input: InputOf<A>) => Promise<Result<ReplyOf<A>, RefusalOf<A>>>;
