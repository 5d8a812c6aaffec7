import type { RecordKey } from "#server/app/ports/record-store.ts";
import { columns, type Query } from "#server/db/query.ts";
import { makeRecordStore } from "#server/db/stores/records.ts";
import { personalFields } from "./personal-fields.ts";
import type { Seal } from "./seal.ts";
import { closePersonal } from "./sealed-operation.ts";
import { closeDeposit, closeKeys } from "./sealed-keys.ts";
import { closeReply } from "./sealed-reply.ts";
import { failedTryTag } from "./tags.ts";

const rowsAtOnce = 1000;

/**
 * Seals what names people, as a version of the program wrote it that sealed nothing. SQL cannot do it: the key is not the database's to know.
 *
 * @returns the tables whose rows were in clear
 */
export async function sealWhatIsClear(query: Query, seal: Seal): Promise<readonly string[]> {
  const counts = {
    record: await sealRecords(query, seal),
    op_inbox: await sealOperations(query, seal),
    act: await sealReplies(query, seal),
    failed_try: await tagTries(query, seal),
  };
  return tablesWithRows(counts);
}

/**
 * Seals head office's own keys and those that stations gave into its keeping, which versions left in clear that sealed people already.
 *
 * @returns the tables whose rows were in clear
 */
export async function sealKeysThatAreClear(query: Query, seal: Seal): Promise<readonly string[]> {
  return tablesWithRows({ server: await sealOwnKeys(query, seal), key_deposit: await sealDeposits(query, seal) });
}

const tablesWithRows = (counts: Readonly<Record<string, number>>): readonly string[] =>
  Object.entries(counts).flatMap(([table, rows]) => (rows > 0 ? table : []));

async function sealOwnKeys(query: Query, seal: Seal): Promise<number> {
  const rows = await query<{ privateKey: Uint8Array; directoryKey: Uint8Array }>(
    `select private_key as "privateKey", directory_key as "directoryKey" from server`,
  );
  for (const row of rows) {
    const { privateKey, directoryKey } = closeKeys(seal, row);
    await query(`update server set private_key = $1, directory_key = $2`, [privateKey, directoryKey]);
  }
  return rows.length;
}

async function sealDeposits(query: Query, seal: Seal): Promise<number> {
  const rows = await query<{ replica: number; keyId: string; sealed: Uint8Array }>(
    `select replica, key_id as "keyId", sealed from key_deposit`,
  );
  const sealed = rows.map((row) => ({ ...row, sealed: closeDeposit(seal, row, row.sealed) }));
  await query(
    `update key_deposit d set sealed = t.sealed from unnest($1::int[], $2::text[], $3::bytea[]) as t (replica, key_id, sealed)
     where (d.replica, d.key_id) = (t.replica, t.key_id)`,
    columns(sealed, "replica", "keyId", "sealed"),
  );
  return rows.length;
}

async function sealRecords(query: Query, seal: Seal): Promise<number> {
  const records = makeRecordStore(query, seal);
  let count = 0;
  for (const kind of Object.keys(personalFields) as RecordKey["kind"][]) {
    const clear = await records.ofKind(kind);
    for (let at = 0; at < clear.length; at += rowsAtOnce) await records.save(clear.slice(at, at + rowsAtOnce));
    count += clear.length;
  }
  return count;
}

type Personal = { readonly replica: number; readonly incarnation: string; readonly seq: number; readonly personal: Uint8Array };

async function sealOperations(query: Query, seal: Seal): Promise<number> {
  let count = 0;
  let last = { replica: -1, incarnation: "", seq: 0 };
  for (;;) {
    const rows = await query<Personal>(
      `select replica, incarnation, seq, personal from op_inbox
       where personal is not null and (replica, incarnation, seq) > ($1, $2, $3) order by replica, incarnation, seq limit $4`,
      [last.replica, last.incarnation, last.seq, rowsAtOnce],
    );
    const sealed = rows.map((row) => ({ ...row, personal: closePersonal(seal, row, row.personal) }));
    await query(
      `update op_inbox o set personal = t.personal
       from unnest($1::int[], $2::text[], $3::bigint[], $4::bytea[]) as t (replica, incarnation, seq, personal)
       where (o.replica, o.incarnation, o.seq) = (t.replica, t.incarnation, t.seq)`,
      columns(sealed, "replica", "incarnation", "seq", "personal"),
    );
    count += rows.length;
    last = rows.at(-1) ?? last;
    if (rows.length < rowsAtOnce) return count;
  }
}

async function sealReplies(query: Query, seal: Seal): Promise<number> {
  const rows = await query<{ actId: string; reply: Uint8Array }>(`select act_id as "actId", reply from act where reply is not null`);
  const sealed = rows.map(({ actId, reply }) => ({
    actId,
    reply: closeReply(seal, actId, JSON.parse(Buffer.from(reply).toString("utf8"))),
  }));
  await query(
    `update act a set reply = t.reply from unnest($1::uuid[], $2::bytea[]) as t (act_id, reply) where a.act_id = t.act_id`,
    columns(sealed, "actId", "reply"),
  );
  return rows.length;
}

async function tagTries(query: Query, seal: Seal): Promise<number> {
  const rows = await query<{ subject: string }>(`select distinct subject from failed_try`);
  const tagged = rows.map(({ subject }) => ({ subject, tag: failedTryTag(seal, subject) }));
  await query(
    `update failed_try f set subject = t.tag from unnest($1::text[], $2::text[]) as t (subject, tag) where f.subject = t.subject`,
    columns(tagged, "subject", "tag"),
  );
  return rows.length;
}
