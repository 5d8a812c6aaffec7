import { createInterface } from "node:readline";
import { openBrowser } from "../browser.ts";
import { branchNames, type BranchName } from "./company.ts";
import { planDay } from "./day-plan.ts";
import { openCompany } from "./open-company.ts";
import { enterMembers, type Branches, type Say, type ServedMember } from "./play-day.ts";

const help = "swipe A 3 (member 3's card at A) · cut A · restore A · quit";

/** Opens both counters in the browser, and holds cards and cables in the terminal until `quit`. */
export async function playByHand(stack: AsyncDisposableStack, seed: number, say: Say): Promise<void> {
  const { members: planned } = planDay(seed);
  const { branches } = await openCompany(stack);
  const members = await enterMembers(branches, planned, say);
  for (const { name, counterUrl, clerk, manager } of branchNames.map((each) => branches[each])) {
    console.log(`Counter ${name}: ${counterUrl}\n  ${clerk.userName} or ${manager.userName}, password ${clerk.password}`);
    openBrowser(counterUrl);
  }
  planned.forEach(({ name, home }, i) => console.log(`  card ${i + 1}: ${name}, of ${home}`));
  console.log(help);
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: "> " });
  stack.defer(() => terminal.close());
  // On a terminal the line editor takes Ctrl+C for itself.
  terminal.once("SIGINT", () => terminal.close());
  // Input that comes from a pipe ends while its last line is still being obeyed.
  let isOpen = true;
  terminal.once("close", () => (isOpen = false));
  terminal.prompt();
  for await (const line of terminal) {
    const [verb = "", where = "", which = ""] = line.trim().split(/\s+/);
    if (verb === "quit") return;
    if (verb !== "") console.log(await obey(branches, members, { verb, at: where.toUpperCase(), card: Number(which) }));
    if (isOpen) terminal.prompt();
  }
}

type Asked = { readonly verb: string; readonly at: string; readonly card: number };

/** @returns what to tell the person */
async function obey(branches: Branches, members: readonly ServedMember[], { verb, at, card }: Asked): Promise<string> {
  const branch = isBranch(at) ? branches[at] : undefined;
  const member = members[card - 1];
  if (branch && verb === "swipe" && member) {
    const shown = await branch.swipe(member.cardNumber);
    return shown.type === "cardRead" ? `${shown.card.name} is on the screen of ${at}.` : `${at} does not take the card: ${shown.code}.`;
  }
  if (!branch || (verb !== "cut" && verb !== "restore")) return help;
  branch.cable[verb]();
  if (verb === "restore") await branch.station.sync.exchange({});
  return verb === "cut" ? `${at} is cut off.` : `${at} has its line again.`;
}

const isBranch = (name: string): name is BranchName => branchNames.some((known) => known === name);
