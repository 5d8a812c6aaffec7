import type { MemberCard } from "#shared/contracts/members.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import type { Trouble } from "../../app/refusals/refusal-words.ts";
import type { OptionGroup } from "../../ui/search-list.tsx";
import { FoundMember } from "./found-member.tsx";
import { useFoundMembers } from "./use-found-members.ts";

/** The rows that ask head office and say that it knows nobody; no member has these ids. */
const askId = "ask-head-office";
const noneId = "nobody-at-head-office";
/** Two characters are a whole Chinese name; one would be half the company. */
const askCharactersMin = 2;

type MemberOptions = {
  readonly text: string;
  readonly groups: readonly OptionGroup[];
  readonly isSettled: boolean;
  /** How many members are listed; undefined until there is an answer. */
  readonly count: number | undefined;
  /** What this search does not reach now. */
  readonly note: string | undefined;
  readonly trouble: Trouble | undefined;
  /** @returns the member of a row; undefined for a row that is none, which has then done what it says */
  readonly take: (id: string) => MemberCard | undefined;
};

/** Members for a search line: the recent ones while nothing is typed, then those found here, then those whom head office knows. */
export function useMemberOptions(typed: string, recent: readonly MemberCard[]): MemberOptions {
  const { t, instant } = useTexts();
  const { text, members, isSettled, isComplete, headOffice, trouble } = useFoundMembers(typed);
  const { answer } = headOffice;
  const here = text === "" ? recent : (members ?? []);
  const there = answer?.members ?? [];
  const options = (list: readonly MemberCard[]) =>
    list.map((member) => ({ id: member.memberId, content: <FoundMember member={member} /> }));
  const mayAsk = text.length >= askCharactersMin && members !== undefined && !isComplete && headOffice.isUp && !answer;

  return {
    text,
    isSettled,
    groups: [
      { label: t(text === "" ? "find.recent" : "find.results"), options: options(here) },
      ...(answer
        ? [
            {
              label: t("find.fromHeadOffice", { time: instant(answer.asOfMs) }),
              // A row all the same: a second Enter must not open whoever stands above it.
              options: there.length > 0 ? options(there) : [{ id: noneId, isDisabled: true, content: t("find.noneElsewhere") }],
            },
          ]
        : []),
      ...(mayAsk
        ? [{ label: t("find.elsewhere"), options: [{ id: askId, content: <AskRow text={text} isAsked={headOffice.isAsked} /> }] }]
        : []),
    ],
    count: text !== "" && members === undefined ? undefined : here.length + there.length,
    note: noteOf(),
    trouble,
    take: (id) => {
      if (id === askId && !headOffice.isAsked) headOffice.ask();
      return [...here, ...there].find(({ memberId }) => memberId === id);
    },
  };

  function noteOf(): string | undefined {
    if (answer) return answer.isCut ? t("find.cut") : undefined;
    return text !== "" && members !== undefined && !isComplete && !headOffice.isUp ? t("find.offline") : undefined;
  }
}

function AskRow({ text, isAsked }: { readonly text: string; readonly isAsked: boolean }) {
  const { t } = useTexts();
  return <span>{t(isAsked ? "find.asking" : "find.ask", { text })}</span>;
}
