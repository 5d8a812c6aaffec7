import type { Pool } from "pg";
import type { RecordKey } from "#server/app/ports/record-store.ts";
import type { Seal } from "#server/db/sealing/seal.ts";
import { openDoc } from "#server/db/sealing/sealed-record.ts";
import type { JsonObject } from "#shared/std/json.ts";
import type { BalanceRecord } from "#shared/contracts/sync/feed.ts";

export type Verdict = {
  readonly opId: string;
  readonly replica: number;
  readonly seq: number;
  readonly verdict: string;
  readonly code: string | null;
};

type SealedRow = { readonly id: string; readonly doc: JsonObject; readonly sealed: Uint8Array | null };

/** What only a look into head office's database can show. */
export const makeHeadOfficeBooks = (database: Pool, seal: Seal) => ({
  /** All operations of stations, in the order of each life's numbers. */
  async inbox(): Promise<readonly Verdict[]> {
    const { rows } = await database.query<Verdict>(
      `select op_id as "opId", replica, seq::int, verdict, code from op_inbox where replica > 0 order by replica, seq`,
    );
    return rows;
  },
  /** Stations whose own account of their rights is not ours. */
  async disputedRights(): Promise<readonly number[]> {
    const { rows } = await database.query<{ replica: number }>(`select replica from replica_inc where claim_state <> 'agrees'`);
    return rows.map(({ replica }) => replica);
  },
  async accountsBelowZero(): Promise<number> {
    const { rows } = await database.query<{ n: number }>(
      `select (select count(*) from account where amount < 0 and holder <> 'ISSUED')::int
            + (select count(*) from member_account where amount < 0 and holder <> 'CLAIM')::int as n`,
    );
    return rows[0]?.n ?? 0;
  },
  /** Points by lot that one life of a station may spend. */
  async rightsOf(incarnation: string): Promise<Readonly<Record<string, number>>> {
    const { rows } = await database.query<{ lotId: string; points: number }>(
      `select lot_id as "lotId", amount::int as points from account where holder = 'RIGHT:' || $1 and amount > 0`,
      [incarnation],
    );
    return Object.fromEntries(rows.map(({ lotId, points }) => [lotId, points]));
  },
  async balances(): Promise<ReadonlyMap<string, BalanceRecord>> {
    const { rows } = await database.query<{ id: string; doc: BalanceRecord }>(`select id, doc from record where kind = 'balance'`);
    return new Map(rows.map(({ id, doc }) => [id, doc]));
  },
  async approved(): Promise<ReadonlySet<string>> {
    const { rows } = await database.query<{ id: string }>(`select id from record where kind = 'proposal' and doc ->> 'state' = 'approved'`);
    return new Set(rows.map(({ id }) => id));
  },
  /** Records as they are, by id, which a branch is to have: of members at home there or served there. */
  async rowsFor(branchId: string, kind: "member" | "card"): Promise<Readonly<Record<string, unknown>>> {
    const { rows } = await database.query<SealedRow>(
      `with ours as (
         select id from record where kind = 'member' and doc ->> 'homeBranch' = $1
         union select member_id::text from working_set where branch_id = $1)
       select r.id, r.doc, r.sealed from record r
       where r.kind = $2 and coalesce(r.doc ->> 'memberId', r.id) in (select id from ours)`,
      [branchId, kind],
    );
    return opened(seal, kind, rows);
  },
  async directory(): Promise<Readonly<Record<string, unknown>>> {
    const { rows } = await database.query<SealedRow>(`select id, doc, sealed from record where kind = 'directory'`);
    return opened(seal, "directory", rows);
  },
});

const opened = (seal: Seal, kind: RecordKey["kind"], rows: readonly SealedRow[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(rows.map(({ id, ...row }) => [id, openDoc(seal, { kind, id }, row)]));
