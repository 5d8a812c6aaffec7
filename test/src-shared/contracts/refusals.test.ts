import { isContractProcedure, type AnyContractRouter, type ErrorMap } from "@orpc/contract";
import { expect, it } from "vitest";
import { headOfficeContract } from "#shared/contracts/head-office-contract.ts";
import { refusalSentences } from "#shared/contracts/refusals.ts";
import { stationContract } from "#shared/contracts/station-contract.ts";

type Named = { readonly code: string; readonly message: string | undefined };

const refusalsIn = (router: AnyContractRouter): Named[] =>
  isContractProcedure(router)
    ? Object.entries(router["~orpc"].errorMap as ErrorMap).map(([code, error]) => ({ code, message: error?.message }))
    : Object.values(router).flatMap((part) => refusalsIn(part as AnyContractRouter));

const answered = [...refusalsIn(stationContract), ...refusalsIn(headOfficeContract)];

it("a script is told a sentence, whatever a procedure answers", () => {
  expect(answered.length).toBeGreaterThan(200);
  for (const { code, message } of answered) expect(`${code}: ${message}`).toMatch(/^[A-Z_]+: [A-Z][^{}]+\.$/);
});

it("no sentence is kept for a code that no contract has", () => {
  const known = new Set(answered.map(({ code }) => code));
  expect(Object.keys(refusalSentences).filter((code) => !known.has(code))).toEqual([]);
});
