import * as fc from "fast-check";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { headerBytes, type Sha256 } from "#shared/domain/operations/encode.ts";
import type { OperationHeader } from "#shared/domain/operations/operation.ts";
import { rightsSum } from "#shared/domain/ledger/rights-sum.ts";

const sha256: Sha256 = (...parts) => createHash("sha256").update(Buffer.concat(parts)).digest();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const hexOf = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
// Few letters, so that texts which only differ in where one ends and the next begins come up often.
const shortText = fc.string({ unit: fc.constantFrom("a", "b", "卡"), maxLength: 3 });
const header: fc.Arbitrary<OperationHeader> = fc.record({
  opId: fc.constant("01931b66-7a00-7000-8000-0000000000c1"),
  replica: fc.constantFrom(0, 1, 0xffffffff),
  incarnation: hexOf(16),
  seq: fc.constantFrom(1, 2, Number.MAX_SAFE_INTEGER),
  hlc: hexOf(16),
  type: shortText,
  version: fc.constantFrom(1, 0xffff),
  // Absent and empty are written alike, and an empty kind names nothing: real ones have a kind and an id.
  entity: fc.option(fc.record({ kind: fc.constantFrom("a", "ab"), id: shortText }), { nil: undefined }),
  transaction: fc.option(fc.record({ id: fc.constantFrom("a", "b"), n: fc.constantFrom(1, 2), of: fc.constantFrom(2, 3) }), {
    nil: undefined,
  }),
});

describe("the header as bytes", () => {
  it("is never the same for two different headers", () => {
    fc.assert(
      fc.property(header, header, (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        expect(hex(headerBytes(a))).not.toBe(hex(headerBytes(b)));
      }),
      { numRuns: 300 },
    );
  });

  it("changes when a letter moves from the type to the kind", () => {
    const base = { opId: "01931b66-7a00-7000-8000-0000000000c1", replica: 1, incarnation: "00000000000000a1", seq: 1 } as const;
    const rest = { hlc: "0000000000000000", version: 1, transaction: undefined } as const;
    const one = headerBytes({ ...base, ...rest, type: "ab", entity: { kind: "c", id: "d" } });
    const other = headerBytes({ ...base, ...rest, type: "a", entity: { kind: "bc", id: "d" } });
    expect(hex(one)).not.toBe(hex(other));
  });

  it("refuses what it could not write without loss", () => {
    const good: OperationHeader = {
      opId: "01931b66-7a00-7000-8000-0000000000c1",
      replica: 1,
      incarnation: "00000000000000a1",
      seq: 1,
      hlc: "0000000000000000",
      type: "t",
      version: 1,
      entity: undefined,
      transaction: undefined,
    };
    const bad: readonly Partial<OperationHeader>[] = [
      { opId: "01931b66-7a00" },
      { opId: "01931B66-7A00-7000-8000-0000000000C1" },
      { incarnation: "a1" },
      { hlc: "zz00000000000000" },
      { type: "t".repeat(65_536) },
    ];
    for (const wrong of bad) expect(() => headerBytes({ ...good, ...wrong })).toThrow(RangeError);
  });
});

describe("the fingerprint of rights", () => {
  const rights = fc.array(fc.record({ lotId: fc.uuid(), points: fc.integer({ min: 1, max: 1e6 }) }), { maxLength: 8 });

  it("does not depend on the order in which rights are read", () => {
    fc.assert(
      fc.property(rights, (all) => {
        expect(rightsSum(sha256, all.toReversed())).toBe(rightsSum(sha256, all));
        expect(rightsSum(sha256, all)).toMatch(/^[0-9a-f]{16}$/);
      }),
    );
  });

  it("changes when a single point moves between two lots", () => {
    const held = (a: number, b: number) => [
      { lotId: "lot-a", points: a },
      { lotId: "lot-b", points: b },
    ];
    expect(rightsSum(sha256, held(10, 20))).not.toBe(rightsSum(sha256, held(11, 19)));
  });

  it("is the sum that the protocol names, modulo 2^64", () => {
    const first = (text: string): bigint => createHash("sha256").update(text).digest().readBigUInt64BE(0);
    const expected = BigInt.asUintN(64, first("lot-a:10") + first("lot-b:20") + first("lot-c:30"));
    const rightsHeld = [10, 20, 30].map((points, i) => ({ lotId: `lot-${"abc"[i]}`, points }));
    expect(rightsSum(sha256, rightsHeld)).toBe(expected.toString(16).padStart(16, "0"));
    expect(rightsSum(sha256, [])).toBe("0000000000000000");
  });
});
