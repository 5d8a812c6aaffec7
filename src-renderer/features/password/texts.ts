import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const passwordTexts = {
  "password.title": ["修改登录密码", "My password"],
  "password.lead": [
    "至少八个字符，越长越难猜：三四个不相干的词就很好。要连着总部才能改；员工卡密码不受影响。",
    "At least eight characters; three or four unrelated words are good. Changing it needs head office; the PIN of your staff card stays.",
  ],
  "password.old": ["现在的密码", "The password you have now"],
  "password.old.missing": ["请填现在的密码", "Enter the password you have now"],
  "password.new": ["新密码", "New password"],
  "password.new.short": ["至少 {min} 个字符", "At least {min} characters"],
  "password.again": ["再填一次新密码", "The new one once more"],
  "password.again.wrong": ["两次填的不一样", "The two are not the same"],
  "password.submit": ["修改密码", "Change the password"],
  "password.done": [
    "密码已修改。这台柜台马上用新密码，本店其他柜台与总部联系上之后也用新密码。",
    "The password is changed. This counter takes it from now on, the others of your branch once they have heard head office.",
  ],
} as const satisfies TextPairs;
