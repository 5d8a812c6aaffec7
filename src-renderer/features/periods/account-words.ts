import type { Texts } from "../../app/intl/use-texts.ts";
import { periodTexts } from "./texts.ts";

/** What a kind of account is called; one that is newer than these words is shown by its own name. */
export function accountWords(account: string, { t }: Texts): string {
  const key = `periods.account.${account}`;
  return key in periodTexts ? t(key as keyof typeof periodTexts) : account;
}

/** What was done, of the operations that move points. */
export function typeWords(type: string, { t }: Texts): string {
  const key = `periods.type.${type}`;
  return key in periodTexts ? t(key as keyof typeof periodTexts) : type;
}
