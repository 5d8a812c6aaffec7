import type { TextPairs } from "../intl/text-pairs.ts";

export const paletteTexts = {
  "palette.title": ["去哪里、做什么", "Go to and do"],
  "palette.label": ["页面、操作，或会员的卡号、手机、姓名、拼音", "A screen, an act, or a member by card, phone, name or pinyin"],
  "palette.screens": ["页面", "Screens"],
  "palette.acts": ["操作", "Acts"],
  "palette.settings": ["设置", "Settings"],
  "palette.count": ["{count} 项", "{count, plural, one {# entry} other {# entries}}"],
  "palette.none": ["没有找到。换个说法，或用手机号、会员号试试。", "Nothing found. Try other words, a phone or a member number."],
  "palette.needsMember": ["先刷卡或找到会员", "Swipe a card or find the member first"],
  "palette.signOut": ["退出登录，清掉没办完的", "Sign out and clear what is unfinished"],
  "palette.language": ["切换到英文", "Switch to Chinese"],
} as const satisfies TextPairs;
