import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBranch } from "./branch.ts";
import { foundCompany, type BranchName, type Company } from "./company.ts";
import type { Branches } from "./play-day.ts";
import { makePrograms, type Programs } from "./programs.ts";
import type { HeadOfficeAccess } from "./report.ts";

export type OpenCompany = {
  readonly company: Company;
  readonly branches: Branches;
  readonly headOffice: HeadOfficeAccess & { readonly url: string };
  readonly programs: Programs;
};

/**
 * Starts head office and two branches, each part a process of its own, in a folder that is gone when the stack is.
 *
 * Head office's database is a local PostgreSQL in that folder, or the one that `COUNTERFOIL_DATABASE_URL` names. There it keeps what
 * earlier demos and others left, and founds a company beside it.
 */
export async function openCompany(stack: AsyncDisposableStack): Promise<OpenCompany> {
  const folder = mkdtempSync(join(tmpdir(), "counterfoil-demo-"));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const programs = makePrograms(stack);
  const dataDir = join(folder, "head-office");
  const { url } = (await programs.start("hq", ["serve", "--data", dataDir, "--port", "0", "--exit-with-parent"])) as {
    readonly url: string;
  };
  const company = foundCompany(newTag(), Date.now());
  const { answers } = (await programs.ask("hq", ["apply", "--data", dataDir], { input: company.calls })) as {
    readonly answers: readonly unknown[];
  };
  const [codeA, codeB] = answers.slice(-2).map((answer) => (answer as { readonly code: string }).code);
  const open = (name: BranchName, enrolmentCode = "") =>
    openBranch(stack, programs, { name, folder, ...company.accounts[name], headOfficeUrl: url, enrolmentCode });
  const [a, b] = await Promise.all([open("A", codeA), open("B", codeB)]);
  return { company, branches: { A: a, B: b }, headOffice: { url, dataDir, administrator: company.administrator }, programs };
}

const tagLength = 6;
const tagLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/** Thirty-two letters, so that a byte picks each of them equally often. */
const newTag = (): string => Array.from(randomBytes(tagLength), (byte) => tagLetters.charAt(byte % tagLetters.length)).join("");
