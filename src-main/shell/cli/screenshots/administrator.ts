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
  await window.open("结账", "Closing the books");
  await shoot("periods");
  await window.open("软件更新", "Updates");
  await shoot("updates");
  await window.signOut();
}
