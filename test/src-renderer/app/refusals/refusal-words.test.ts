import { createIntl } from "react-intl";
import { describe, expect, it } from "vitest";
import { isContractProcedure, type AnyContractRouter } from "@orpc/contract";
import { headOfficeContract } from "#shared/contracts/head-office-contract.ts";
import { stationContract } from "#shared/contracts/station-contract.ts";
import { stationEvent } from "#shared/contracts/station.ts";
import { messagesIn } from "../../../../src-renderer/app/intl/catalogue.ts";
import type { Texts } from "../../../../src-renderer/app/intl/use-texts.ts";
import { factsOf, wordsOf } from "../../../../src-renderer/app/refusals/refusal-words.ts";
import errorsPage from "../../../../docs/errors.md?raw";

const codesIn = (router: AnyContractRouter): string[] =>
  isContractProcedure(router)
    ? Object.keys(router["~orpc"].errorMap)
    : Object.values(router).flatMap((part) => codesIn(part as AnyContractRouter));

const contractCodes = [...new Set(codesIn(stationContract))].toSorted();
const headOfficeCodes = [...new Set(codesIn(headOfficeContract))].toSorted();
const swipeCodes = stationEvent.options.flatMap((event) => ("code" in event.shape ? event.shape.code.options : []));

const texts: Texts = {
  locale: "en-US",
  t: (key) => key,
  number: (value) => value.toLocaleString("en-US"),
  signed: String,
  money: (amountFen) => `¥${amountFen / 100}`,
  date: (date) => `day ${date}`,
  time: String,
  instant: () => "10:32",
  fullInstant: () => "10:32",
  name: (name) => name["en-US"],
};

it.each([...contractCodes, ...swipeCodes])("the refusal %s has words on the screen", (code) => {
  expect(wordsOf).toHaveProperty(code);
});

it.each([...new Set([...contractCodes, ...swipeCodes, ...headOfficeCodes])])("docs/errors.md says what to do about %s, once", (code) => {
  expect(errorsPage.match(new RegExp(`^\\| \`${code}\` +\\|`, "gm"))).toHaveLength(1);
});

it("no words are kept for a code that the contracts do not know", () => {
  const known = new Set<string>([...contractCodes, ...swipeCodes, "STATION_UNREACHABLE"]);
  expect(Object.keys(wordsOf).filter((code) => !known.has(code))).toEqual([]);
});

describe("the facts of a refusal", () => {
  it("are shown by the unit that closes their name", () => {
    const facts = factsOf({ code: "AMOUNT_TOO_SMALL", data: { firstPointFen: 1000 } }, texts);
    expect(facts).toEqual({ firstPointFen: "¥10" });
    expect(factsOf({ code: "PLAN_NOT_OPEN", data: { opensOn: "2026-01-01", closesOn: "2026-12-31" } }, texts)).toEqual({
      opensOn: "day 2026-01-01",
      closesOn: "day 2026-12-31",
    });
    expect(factsOf({ code: "ACCOUNT_LOCKED", data: { untilMs: 1 } }, texts)).toEqual({ untilMs: "10:32" });
    expect(factsOf({ code: "PLAN_CHANGED", data: { costPoints: 1200, version: 3 } }, texts)).toEqual({ costPoints: "1,200", version: 3 });
  });

  it("leave a count a number, so that its plural is right", () => {
    const facts = factsOf({ code: "WRONG_CREDENTIALS", data: { attemptsLeft: 1 } }, texts);
    const intl = createIntl({ locale: "en-US", messages: messagesIn("en-US") });
    expect(intl.formatMessage({ id: wordsOf.WRONG_CREDENTIALS.remedy }, facts)).toContain("1 attempt left");
  });

  it("say a dash for what is not known", () => {
    expect(factsOf({ code: "RULE_NOT_OPEN", data: { opensOn: "2026-01-01", closesOn: null } }, texts)).toMatchObject({ closesOn: "—" });
  });
});
