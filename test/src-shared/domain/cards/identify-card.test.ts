import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { identifyCard, type CardInput, type CardPattern } from "#shared/domain/cards/identify-card.ts";
import { hasValidLuhn, luhnCheckDigit } from "#shared/domain/cards/luhn.ts";

const kinds: readonly CardPattern[] = [
  { kind: "ordinary", prefix: "8888", length: 10, check: "luhn" },
  { kind: "vip", prefix: "88889", length: 10, check: "luhn" },
  { kind: "voucher", prefix: "77", length: 8, check: "none" },
  { kind: "tag", media: "em4100", prefix: "", length: 10, check: "none" },
  { kind: "keyFob", media: "em4100", prefix: "0C", length: 10, check: "none" },
];
const withCheckDigit = (body: string): string => body + luhnCheckDigit(body);
const ordinary = withCheckDigit("888800001");
const vip = withCheckDigit("888890001");
const bankCard = withCheckDigit("622202100001234");
const wrongCheckDigit = ordinary.slice(0, -1) + ((Number(ordinary.at(-1)) + 1) % 10);

describe("a card that is ours", () => {
  const cases: [name: string, input: CardInput, expected: { cardNumber: string; kind: string }][] = [
    ["track 2 is the number", { tracks: { 2: ordinary } }, { cardNumber: ordinary, kind: "ordinary" }],
    ["track 2 goes on after the number", { tracks: { 2: `${ordinary}=2912101` } }, { cardNumber: ordinary, kind: "ordinary" }],
    ["only track 1 could be read", { tracks: { 1: ordinary } }, { cardNumber: ordinary, kind: "ordinary" }],
    ["only track 3 holds a number", { tracks: { 3: `${ordinary}=001280` } }, { cardNumber: ordinary, kind: "ordinary" }],
    ["track 1 holds a name, track 2 the number", { tracks: { 1: "LEE/ANNA", 2: ordinary } }, { cardNumber: ordinary, kind: "ordinary" }],
    ["both tracks say the same", { tracks: { 1: ordinary, 2: `${ordinary}=9` } }, { cardNumber: ordinary, kind: "ordinary" }],
    ["a range inside a range has its own kind", { tracks: { 2: vip } }, { cardNumber: vip, kind: "vip" }],
    ["a kind without check digit", { tracks: { 2: "77123456" } }, { cardNumber: "77123456", kind: "voucher" }],
    ["a tag says its UID", { uid: "62E3086CED" }, { cardNumber: "EM62E3086CED", kind: "tag" }],
    ["a tag of a batch of its own", { uid: "0C000621A5" }, { cardNumber: "EM0C000621A5", kind: "keyFob" }],
    ["a tag's number as it is written down", { typedNumber: "em62 e308 6ced" }, { cardNumber: "EM62E3086CED", kind: "tag" }],
    ["typed in groups", { typedNumber: ` ${ordinary.slice(0, 4)} ${ordinary.slice(4)} ` }, { cardNumber: ordinary, kind: "ordinary" }],
  ];
  it.each(cases)("%s", (_name, input, expected) => {
    expect(identifyCard(input, kinds)).toEqual({ ok: true, value: expected });
  });
});

describe("a card that is not ours gives the code and nothing of its number", () => {
  const cases: [name: string, input: CardInput][] = [
    ["bank card with a good check digit", { tracks: { 1: `B${bankCard}^LEE/ANNA^2912101`, 2: `${bankCard}=29121010000` } }],
    ["wrong check digit", { tracks: { 2: wrongCheckDigit } }],
    ["one digit short", { tracks: { 2: ordinary.slice(0, -1) } }],
    ["one digit long", { tracks: { 2: `${ordinary}0` } }],
    ["other prefix", { tracks: { 2: withCheckDigit("999900001") } }],
    ["our number behind a letter", { tracks: { 1: `B${ordinary}` } }],
    ["our number after the separator", { tracks: { 2: `=${ordinary}` } }],
    ["two tracks name two members", { tracks: { 1: ordinary, 2: vip } }],
    ["no track was read", { tracks: {} }],
    ["nothing typed", { typedNumber: "" }],
    ["typed with a wrong check digit", { typedNumber: wrongCheckDigit }],
    ["digits of another script", { typedNumber: "٧٧١٢٣٤٥٦" }],
    [
      "our kind's prefix, checked as its own kind and not as the wider one",
      { tracks: { 2: `${vip.slice(0, -1)}${(Number(vip.at(-1)) + 5) % 10}` } },
    ],
  ];
  it.each(cases)("%s", (_name, input) => {
    expect(identifyCard(input, kinds)).toEqual({ ok: false, error: { code: "CARD_NOT_RECOGNISED" } });
  });
});

describe("a tag", () => {
  const stripes = kinds.filter(({ media }) => media !== "em4100");

  it("is nobody's where no kind of card is a tag", () => {
    expect(identifyCard({ uid: "62E3086CED" }, stripes)).toEqual({ ok: false, error: { code: "CARD_NOT_RECOGNISED" } });
  });

  it("whose digits are all decimal never is the card with that number on its stripe, nor the other way round", () => {
    const asTag = identifyCard({ uid: ordinary }, kinds);
    expect(asTag).toEqual({ ok: true, value: { cardNumber: `EM${ordinary}`, kind: "tag" } });
    expect(identifyCard({ tracks: { 2: ordinary } }, kinds)).toEqual({ ok: true, value: { cardNumber: ordinary, kind: "ordinary" } });
    expect(identifyCard({ typedNumber: "1234567890" }, kinds).ok).toBe(false);
  });
});

describe("the check digit", () => {
  it("is the one of the standard's worked example", () => {
    expect(luhnCheckDigit("7992739871")).toBe("3");
    expect(hasValidLuhn("79927398713")).toBe(true);
  });

  it("notices every single digit that was changed", () => {
    const digits = fc.stringMatching(/^[0-9]{3,18}$/);
    fc.assert(
      fc.property(digits, fc.nat(), fc.integer({ min: 1, max: 9 }), (body, position, change) => {
        const number = withCheckDigit(body);
        const at = position % number.length;
        const changed = number.slice(0, at) + ((Number(number[at]) + change) % 10) + number.slice(at + 1);
        expect(hasValidLuhn(number)).toBe(true);
        expect(hasValidLuhn(changed)).toBe(false);
      }),
    );
  });

  it("is not found in text that is not a number", () => {
    expect(["", "0", "12a4", " 18"].map(hasValidLuhn)).toEqual([false, false, false, false]);
  });
});
