import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const firstRunTexts = {
  "firstRun.title": ["这台柜台怎么开始？", "How shall this counter begin?"],
  "firstRun.tryIt": ["先试试", "Try it"],
  "firstRun.tryIt.body": [
    "自带一个小总部、三家门店和两千位虚构的会员。随便操作，不影响任何真实数据。",
    "Comes with a small head office, three branches and two thousand invented members. Do what you like; nothing real is touched.",
  ],
  "firstRun.enrol": ["加入总部", "Enrol"],
  "firstRun.enrol.body": [
    "用总部给的地址和一次性代码，把这台电脑变成一个正式柜台。",
    "Make this computer a real counter, with the address and the one-time code from head office.",
  ],
  "firstRun.enrol.title": ["加入总部", "Enrol this counter"],
  "firstRun.enrol.url": ["总部地址", "Address of head office"],
  "firstRun.enrol.url.hint": ["例如 https://members.example.cn", "For example https://members.example.cn"],
  "firstRun.enrol.url.missing": ["请填总部给的地址，以 https:// 开头", "Enter the address from head office, beginning with https://"],
  "firstRun.enrol.code": ["一次性代码", "One-time code"],
  "firstRun.enrol.code.hint": [
    "26 个字母和数字，空格和连字符可有可无；已填 {count} 个",
    "26 letters and digits; spaces and hyphens do not matter. {count} entered",
  ],
  "firstRun.enrol.code.missing": ["代码要 26 个字母和数字，现在是 {count} 个", "A code has 26 letters and digits; these are {count}"],
  "firstRun.enrol.submit": ["加入", "Enrol"],
  "firstRun.back": ["返回", "Back"],
  "firstRun.working": ["正在准备…", "Getting ready…"],
  "firstRun.working.body": ["稍等片刻，请不要关机。", "Just a moment. Please leave the computer on."],
  "firstRun.failed": [
    "没有准备好。请再试一次；若仍不行，请看柜台程序的日志。",
    "It could not be got ready. Try once more; if it fails again, look at the log of the counter program.",
  ],
  "firstRun.step.headOffice": ["启动总部", "Starting head office"],
  "firstRun.step.members": ["会员与卡", "Members and cards"],
  "firstRun.step.history": ["往来记录", "Their history"],
  "firstRun.step.exchange": ["第一次交换", "First exchange"],
  "firstRun.step.opening": ["开张", "Opening the counter"],
  "firstRun.step.done": ["完成", "done"],
  "firstRun.step.now": ["进行中", "in progress"],
  "firstRun.step.later": ["稍后", "later"],
} as const satisfies TextPairs;
