import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const findTexts = {
  "find.title": ["找会员", "Find a member"],
  "find.label": ["卡号、手机、会员号、姓名或拼音首字母", "Card, phone, member number, name or pinyin initials"],
  "find.results": ["找到的会员", "Members found"],
  "find.recent": ["最近的会员", "Recent members"],
  "find.count": ["找到 {count} 位", "{count, plural, one {# member} other {# members}} found"],
  "find.incomplete": [
    "姓名只在本机范围内查找；卡号、手机号和会员号查全公司。",
    "Names are searched in this counter's own set; card, phone and member numbers across the company.",
  ],
  "find.none": ["没有找到。换手机号或会员号试试。", "Nobody found. Try the phone or the member number."],
  "find.newMember": ["办新会员", "New member"],
  "find.points": ["{points} 分", "{points} points"],
  "find.atHeadOffice": ["余额在总部", "Balance at head office"],
  "find.noCard": ["无卡", "no card"],
  "find.cardBlocked": ["卡已挂失", "card blocked"],
  "find.cardEnding": ["卡尾号 {last4}", "card ending {last4}"],
  "find.legend": ["↑↓ 选择 · Enter 打开 · Esc 返回", "↑↓ choose · Enter open · Esc back"],
} as const satisfies TextPairs;
