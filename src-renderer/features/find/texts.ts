import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const findTexts = {
  "find.title": ["找会员", "Find a member"],
  "find.label": ["卡号、手机、会员号、姓名或拼音", "Card, phone, member number, name or pinyin"],
  "find.results": ["找到的会员", "Members found"],
  "find.recent": ["最近的会员", "Recent members"],
  "find.count": ["找到 {count} 位", "{count, plural, one {# member} other {# members}} found"],
  "find.offline": [
    "离线时，外店会员只能按完整的卡号、手机号或会员号查找。",
    "While offline, members of other branches are found by the whole card, phone or member number only.",
  ],
  "find.elsewhere": ["没有要找的人？", "Not the one?"],
  "find.ask": ["请总部查找“{text}”", "Ask head office for “{text}”"],
  "find.asking": ["正在请总部查找“{text}”…", "Asking head office for “{text}”…"],
  "find.fromHeadOffice": ["总部找到的（截至 {time}）", "Found at head office (as of {time})"],
  "find.noneElsewhere": [
    "总部没有别的会员符合。总部按汉字和号码查，不认拼音。",
    "Head office has nobody else. It goes by characters and numbers, not by pinyin.",
  ],
  "find.cut": ["总部还有更多，请输得更完整些。", "Head office has more; type a longer part."],
  "find.guest": ["外店会员，请核对", "of another branch: please check"],
  "find.none": ["没有找到。换手机号或会员号试试。", "Nobody found. Try the phone or the member number."],
  "find.newMember": ["办新会员", "New member"],
  "find.points": ["{points} 分", "{points} points"],
  "find.atHeadOffice": ["余额在总部", "Balance at head office"],
  "find.noCard": ["无卡", "no card"],
  "find.cardBlocked": ["卡已挂失", "card blocked"],
  "find.cardEnding": ["卡尾号 {last4}", "card ending {last4}"],
  "find.legend": ["↑↓ 选择 · Enter 打开 · Esc 返回", "↑↓ choose · Enter open · Esc back"],
} as const satisfies TextPairs;
