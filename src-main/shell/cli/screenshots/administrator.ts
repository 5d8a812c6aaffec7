import { memberNumberOf } from "#shared/domain/members/member-number.ts";
import type { Window } from "./window.ts";

/** What an administrator looks after, from any counter. */
export async function photographAdministrator(window: Window): Promise<void> {
  const { page, shoot } = window;
  const listed = () => page.getByRole("option").nth(1).waitFor();
  await window.signIn("3");
  await window.open("积分规则", "Earning rules");
  await listed();
  await shoot("rules");
  await window.open("选项字典", "Lists of choices");
  await listed();
  await shoot("dictionaries");
  await window.open("账号", "Accounts");
  await listed();
  await shoot("accounts");
  await window.open("门店与柜台", "Branches and counters");
  await listed();
  await shoot("stations");
  await window.open("重复的会员", "Members who joined twice");
  await shoot("people");
  await window.open("共享积分", "Shared points");
  await photographPool(window);
  await window.open("结账", "Closing the books");
  await shoot("periods");
  await window.open("软件更新", "Updates");
  await shoot("updates");
  await window.signOut();
}

/** A household of two; each language has its own, since nobody is in two pools. */
async function photographPool({ page, press, language, shoot }: Window): Promise<void> {
  const isChinese = language === "zh-CN";
  const [name, first] = isChinese ? ["湖畔一家", 21] : ["Lakeside", 31];
  const screen = page.getByRole("region", { name: isChinese ? "共享积分" : "Shared points", exact: true });
  await screen.getByRole("button", { name: isChinese ? "新开一户" : "New pool" }).click();
  await screen.getByLabel(isChinese ? "户名" : "Name (").fill(name);
  await press("Enter");
  for (const [joined, number] of [first, first + 1].entries()) {
    const memberNumber = memberNumberOf(1, number) ?? "";
    const members = isChinese ? `${joined} 人` : `${joined} member`;
    await screen.getByRole("option", { name }).filter({ hasText: members }).waitFor();
    await screen.getByLabel(isChinese ? "会员号" : "Member number", { exact: true }).fill(memberNumber);
    await press("Enter");
    await screen.getByRole("button", { name: memberNumber }).waitFor();
  }
  await shoot("pools");
}
