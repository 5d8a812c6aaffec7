import type { ReactNode } from "react";
import { Notice } from "../../ui/notice.tsx";
import { useTexts, type Values } from "../intl/use-texts.ts";
import { factsOf, wordsOf, type Trouble } from "./refusal-words.ts";

type Props = {
  readonly trouble: Trouble;
  /** Facts that the screen works out beside those of the refusal. */
  readonly facts?: Values;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
};

/** The rule that refused, what would make it possible, and what to tell the customer. */
export function RefusalNotice({ trouble, facts, children, actions }: Props) {
  const texts = useTexts();
  const words = wordsOf[trouble.code];
  const values = { ...factsOf(trouble, texts), ...facts };
  const sentence = words.say === null ? undefined : texts.t(words.say, values);
  return (
    <Notice
      tone={trouble.code === "INTERNAL" || trouble.code.startsWith("STORAGE_") ? "danger" : "warn"}
      title={texts.t(words.title, values)}
      aside={sentence === undefined ? undefined : texts.t("refusal.say", { sentence })}
      actions={actions}
    >
      {texts.t(words.remedy, values)}
      {children}
    </Notice>
  );
}
