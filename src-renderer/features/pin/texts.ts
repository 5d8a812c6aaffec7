import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const pinTexts = {
  "pin.title": ["我的员工卡密码", "PIN of my staff card"],
  "pin.lead": [
    "六到十二位数字，刷员工卡登录时用；不要用重复或连续的数字。忘了就在这里用登录密码再设一个。",
    "Six to twelve digits, asked for when you swipe your staff card; no repeats and no runs. If you forget it, choose another one here.",
  ],
  "pin.password": ["登录密码", "Your password"],
  "pin.password.missing": ["请填登录密码", "Enter your password"],
  "pin.pin": ["新的员工卡密码", "New PIN"],
  "pin.pin.wrong": ["请填六到十二位数字", "Enter six to twelve digits"],
  "pin.again": ["再填一次", "Once more"],
  "pin.again.wrong": ["两次填的不一样", "The two are not the same"],
  "pin.submit": ["设定", "Set the PIN"],
  "pin.done": ["已设定。刷员工卡、输密码即可登录。", "Done. Swipe your staff card and enter the PIN to sign in."],
} as const satisfies TextPairs;
