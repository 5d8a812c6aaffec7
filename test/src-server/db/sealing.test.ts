import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "pg";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { bringUpToDate } from "#server/db/bring-up-to-date.ts";
import { openStore } from "#server/db/open-store.ts";
import { keyInFile, keyInHex } from "#server/db/sealing/database-key.ts";
import { blankOf, personalKinds } from "#shared/domain/members/erasure.ts";
import { personalFields } from "#server/db/sealing/personal-fields.ts";
import { makeSeal, SealBroken } from "#server/db/sealing/seal.ts";
import { feedRecords } from "#shared/contracts/sync/feed.ts";
import { operationTypes } from "#shared/domain/operations/effects-of.ts";
import { openCompany, testDatabaseKey } from "#test/support/company.ts";
import { withDatabase } from "#test/support/postgres.ts";

function onePool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 1 });
  // A connection that is still closing when its database is dropped is told so; nobody waits for it any more.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

describe("a database that an earlier version filled", () => {
  const database = withDatabase();
  const [memberId, staffId, opId, actId] = [1, 2, 3, 4].map((n) => `0190a000-0000-7000-8000-00000000000${n}`) as [
    string,
    string,
    string,
    string,
  ];
  const person = { name: "欧阳静怡", phone: "13917263548", userName: "Ouyang", reply: "Wilhelmina" };

  it("is sealed whole at the next start, and everybody is found as before", async () => {
    const pool = onePool(database.url);
    await bringUpToDate(pool);
    const member = { memberId, memberNumber: "1", homeBranch: "b", state: "active", name: person.name, phones: [person.phone] };
    const staff = { staffId, role: "clerk", userName: person.userName, displayName: person.name, verifier: "v" };
    await pool.query("insert into record values ('member', $1, $2, '{}', 1), ('staff', $3, $4, '{}', 1)", [
      memberId,
      { ...member, createdAtMs: 1 },
      staffId,
      staff,
    ]);
    const personal = Buffer.from(JSON.stringify({ salt: "s", name: person.name }));
    await pool.query(
      `insert into op_inbox (replica, incarnation, seq, op_id, type, version, hlc, eff_hlc, body, personal, prev, hash, received_at_ms,
         booking_date, event_date, verdict, settle)
       values (1, 'life', 1, $1, 'member.create', 1, '', '', '', $2, '', '', 1, '2026-01-01', '2026-01-01', 'applied', '[]')`,
      [opId, personal],
    );
    await pool.query("insert into op_id values ($1, 1, 'life', 1)", [opId]);
    await pool.query("insert into act values ($1, 'accounts.create', '', $2)", [actId, Buffer.from(JSON.stringify(person.reply))]);
    await pool.query("insert into failed_try (subject, at_ms) values ($1, 1)", [person.userName]);

    const store = await openStore(database.url, testDatabaseKey, () => undefined);
    const found = await store.write(async (tx) => ({
      account: (await tx.records.staffNamed("OUYANG"))?.doc,
      byPhone: await tx.finds.members({ kind: "phone", value: person.phone, scopeBranchId: null, today: "2026-11-22", limit: 2 }),
      byPart: await tx.finds.members({ kind: "part", value: "静", scopeBranchId: "b", today: "2026-11-22", limit: 2 }),
      operation: (await tx.inbox.find([opId]))[0]?.personal,
      tries: await tx.access.failedTries(person.userName, 0),
      act: (await tx.acts.begin(actId, "accounts.create", new Uint8Array()))?.reply,
    }));
    const row = expect.objectContaining({ member: { ...member, createdAtMs: 1 } });
    expect(found).toEqual({ account: staff, byPhone: [row], byPart: [row], operation: personal, tries: [1], act: person.reply });
    await store.close();

    for (const table of ["record", "op_inbox", "act", "failed_try"]) {
      const { rows } = await pool.query<{ bytes: string }>(`select encode(convert_to(t::text, 'UTF8'), 'hex') as bytes from ${table} t`);
      expect(rows.length).toBeGreaterThan(0);
      const written = rows.map(({ bytes }) => bytes).join();
      for (const text of Object.values(person)) {
        const hex = Buffer.from(text).toString("hex");
        // As it is, and as PostgreSQL writes bytes down.
        for (const form of [hex, Buffer.from(hex).toString("hex")]) expect(written).not.toContain(form);
      }
    }
    await pool.end();
  });
});

describe("head office's own keys and those in its keeping", () => {
  const database = withDatabase();
  const fresh = {
    serverId: "0190a000-0000-7000-8000-000000000009",
    privateKey: randomBytes(48),
    publicKey: randomBytes(32),
    directoryKey: randomBytes(32),
    incarnation: "00000000000000ff",
    isSample: false,
  };
  const deposit = { keyId: "ab".repeat(16), sealed: randomBytes(80), depositedAtMs: 1 };
  const secrets = [fresh.privateKey, fresh.directoryKey, deposit.sealed].map((key) => key.toString("hex"));
  const written = async (pool: Pool): Promise<string> => {
    const { rows } = await pool.query<{ row: string }>(
      "select server::text as row from server union all select d::text from key_deposit d",
    );
    return rows.map(({ row }) => row).join("\n");
  };
  const known = async () => {
    const store = await openStore(database.url, testDatabaseKey, () => undefined);
    const found = await store.write(async (tx) => ({
      ...(await tx.access.identity({ ...fresh, privateKey: randomBytes(48) })),
      deposits: await tx.stations.deposits(1),
    }));
    await store.close();
    return found;
  };

  // The attack: somebody copies the database, takes head office's key from it, and with that opens the keys of all counters.
  it("lie in no row in clear, and one that an earlier version left in clear is sealed at the next start", async () => {
    const pool = onePool(database.url);
    const store = await openStore(database.url, testDatabaseKey, () => undefined);
    await store.write(async (tx) => {
      await tx.access.identity(fresh);
      await tx.stations.add({ branchId: fresh.serverId, publicKey: Buffer.alloc(32), app: "test" });
      await tx.stations.deposit(1, deposit);
    });
    await store.close();
    for (const secret of secrets) expect(await written(pool)).not.toContain(secret);
    expect(await known()).toMatchObject({ identity: fresh, isNew: false, deposits: [deposit] });

    // As the version before had it: people sealed, keys in clear.
    await pool.query("update server set private_key = $1, directory_key = $2", [fresh.privateKey, fresh.directoryKey]);
    await pool.query("update key_deposit set sealed = $1", [deposit.sealed]);
    await pool.query("update database_seal set extent = 1");
    for (const secret of secrets) expect(await written(pool)).toContain(secret);
    for (let start = 0; start < 2; start += 1) {
      expect(await known()).toMatchObject({ identity: fresh, isNew: false, deposits: [deposit] });
      for (const secret of secrets) expect(await written(pool)).not.toContain(secret);
    }
    await pool.end();
  });
});

describe("looking for a part of what is sealed", () => {
  const database = withDatabase();

  it("finds names and numbers by every part, page after page, and nobody who has only the pieces", async () => {
    const store = await openStore(database.url, testDatabaseKey, () => undefined);
    const names = ["王小明", "小明王小", ...Array.from({ length: 9 }, () => "明小王小明")];
    const records = names.map((name, i) => {
      const memberId = `m${i}`;
      const doc = { memberId, memberNumber: String(100 + i), homeBranch: "b", state: "active", name, phones: [`1390000${1000 + i}`] };
      return { kind: "member", id: memberId, doc: { ...doc, createdAtMs: 1 }, fieldClock: {}, ver: 1 } as const;
    });
    await store.write((tx) => tx.records.save(records));
    const found = async (value: string, limit = 20): Promise<readonly string[]> => {
      const rows = await store.read((tx) => tx.finds.members({ kind: "part", value, scopeBranchId: null, today: "2026-11-22", limit }));
      return rows.map(({ member }) => member.memberId);
    };
    expect(await found("明王")).toEqual(["m1"]);
    // The others have 明小, 小王, 王小 and 小明, too.
    expect(await found("小明王")).toEqual(["m1"]);
    expect(await found("王小明小", 1)).toEqual([]);
    expect(await found("明小王", 4)).toEqual(["m2", "m3", "m4", "m5"]);
    expect(await found("01000")).toEqual(["m0"]);
    expect(await found("103")).toEqual(["m3"]);
    await store.close();
  });
});

describe("the key of the database", () => {
  const database = withDatabase();
  const folder = mkdtempSync(join(tmpdir(), "counterfoil-key-"));
  const file = join(folder, "database.key");
  const open = (key = keyInFile(folder)) => openStore(database.url, key, () => undefined).then((store) => store.close());

  it("is made on the first start, and whoever has lost or mistaken it is told so and changes nothing", async () => {
    await open();
    const digits = readFileSync(file, "utf8");
    expect(digits).toMatch(/^[0-9a-f]{64}\n$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await open();
    await open(keyInHex(digits));

    await expect(open(keyInHex("ab".repeat(32)))).rejects.toMatchObject({ code: "DATABASE_KEY_WRONG" });
    await expect(open(keyInHex("a key"))).rejects.toMatchObject({ code: "DATABASE_KEY_DAMAGED" });
    chmodSync(file, 0o644);
    await expect(open()).rejects.toMatchObject({ code: "DATABASE_KEY_EXPOSED", message: expect.stringContaining("chmod 600") });
    rmSync(file);
    await expect(open()).rejects.toMatchObject({ code: "DATABASE_KEY_MISSING", message: expect.stringContaining(file) });
    writeFileSync(file, digits, { mode: 0o600 });
    await open();
  });
});

describe("sealed bytes", () => {
  const database = withDatabase();

  it("open in their own place alone, under their own key alone, and not when a bit was changed", () => {
    const seal = makeSeal(randomBytes(32));
    const sealed = seal.close("here", Buffer.from("王小明"));
    expect(Buffer.from(seal.open("here", sealed)).toString()).toBe("王小明");
    expect(() => seal.open("there", sealed)).toThrow(SealBroken);
    expect(() => makeSeal(randomBytes(32)).open("here", sealed)).toThrow(SealBroken);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Uint8Array.from(sealed, (byte, i) => (i === at ? byte ^ 1 : byte));
      expect(() => seal.open("here", changed)).toThrow(SealBroken);
      expect(() => seal.open("here", sealed.subarray(0, at))).toThrow(SealBroken);
    }
  });

  it("that somebody changed in the database are named by a verification", async () => {
    const company = await openCompany(database.url);
    const station = await company.station("A");
    station.createMember("40000000001");
    await station.push();
    expect(await company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
    const { rows } = await company.database.query<{ id: string }>(
      `update op_inbox set personal = set_byte(personal, 40, get_byte(personal, 40) # 1) where type = 'member.create' returning op_id as id`,
    );
    expect((await company.office.admin.verify()).damaged).toContainEqual({ table: "op_inbox", id: rows[0]?.id });
    await company.close();
  });
});

describe("what people say", () => {
  /** Their `name` is that of a thing, which every screen and slip shows. */
  const things = new Set(["branch", "rule", "plan", "cardKind", "gift", "dictionaryEntry"]);

  it("is sealed in every record that takes it over from the personal part of an operation", () => {
    const fieldsIn = (schema: unknown): readonly string[] =>
      schema instanceof z.ZodObject
        ? Object.entries(schema.shape).flatMap(([field, part]) => (part instanceof z.ZodObject ? fieldsIn(part) : [field]))
        : [];
    const said = new Set(operationTypes.flatMap(({ personal }) => fieldsIn(personal)).filter((field) => field !== "salt"));
    const sealed = new Set(Object.values(personalFields).flat());
    expect([...said].filter((field) => !sealed.has(field))).toEqual([]);

    // Whoever is forgotten loses exactly that; an account, what is called by its name, what several share, and what nobody claims is not a member's.
    const notOfMembers = new Set(["staff", "missedRow", "pool", "keptPurchase"]);
    expect(personalKinds.toSorted()).toEqual(
      Object.keys(personalFields)
        .filter((kind) => !notOfMembers.has(kind))
        .toSorted(),
    );
    for (const kind of personalKinds) expect(Object.keys(blankOf(kind))).toEqual(expect.arrayContaining([...(personalFields[kind] ?? [])]));

    const taken = Object.entries(feedRecords).flatMap(([kind, schema]) =>
      things.has(kind) ? [] : Object.keys(schema.shape).flatMap((field) => (said.has(field) ? [`${kind}.${field}`] : [])),
    );
    expect(taken).toEqual(expect.arrayContaining(["member.name", "staff.userName", "request.reason"]));
    const declared = Object.entries(personalFields).flatMap(([kind, fields]) => fields.map((field) => `${kind}.${field}`));
    expect(taken.filter((field) => !declared.includes(field))).toEqual([]);
  });
});
