import { SearchOutlined } from "@ant-design/icons";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useDeferredValue, useId, useState, type KeyboardEvent } from "react";
import type { MemberCard } from "#shared/contracts/members.ts";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { useCommands } from "../../app/keys/use-commands.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { KeyCap } from "../../ui/key-cap.tsx";
import { positionAfter } from "../../ui/list-position.ts";
import styles from "./find-dialog.module.css";

type Props = {
  readonly recent: readonly MemberCard[];
  readonly onPick: (member: MemberCard) => void;
  readonly onNewMember: (() => void) | undefined;
  readonly onClose: () => void;
};

/** Finds a member by anything a customer can say; the arrows move through the results while the text keeps the focus. */
export function FindDialog({ recent, onPick, onNewMember, onClose }: Props) {
  const { t } = useTexts();
  const [typed, setTyped] = useState("");
  const [position, setPosition] = useState(0);
  const listId = useId();
  useCommands("dialog", { back: onClose, find: onClose }, { isModal: true });

  // Deferred, so that a fast typist's keys are never held up by the list.
  const text = useDeferredValue(typed.normalize("NFKC").trim());
  const found = useQuery(
    queries.members.find.queryOptions({ input: { text }, enabled: text !== "", placeholderData: keepPreviousData, staleTime: 0 }),
  );
  const trouble = troubleOf(found.error);
  const results = text === "" ? recent : (found.data?.members ?? []);
  const at = Math.min(position, results.length - 1);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const chosen = results[at];
    if (event.key === "Enter") {
      event.preventDefault();
      if (chosen) onPick(chosen);
      return;
    }
    if (event.key === "Home" || event.key === "End") return;
    const next = positionAfter(event.key, at, results.length, false);
    if (next === undefined) return;
    event.preventDefault();
    setPosition(next);
  };

  return (
    <Dialog title={t("find.title")} place="top" onClose={onClose} isTitleShown={false}>
      <Input
        size="large"
        prefix={<SearchOutlined aria-hidden="true" />}
        aria-label={t("find.label")}
        placeholder={t("find.label")}
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 ? `${listId}-${at}` : undefined}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setPosition(0);
        }}
        onKeyDown={onKeyDown}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        maxLength={64}
      />
      {trouble && <RefusalNotice trouble={trouble} />}
      <p className={styles.heading} role="status">
        {text === ""
          ? recent.length > 0 && t("find.recent")
          : found.data && (results.length > 0 ? t("find.count", { count: results.length }) : t("find.none"))}
      </p>
      <ul id={listId} role="listbox" aria-label={text === "" ? t("find.recent") : t("find.results")} className={styles.list}>
        {results.map((member, index) => (
          <li
            key={member.memberId}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === at}
            className={styles.option}
            onClick={() => onPick(member)}
          >
            <Found member={member} />
          </li>
        ))}
      </ul>
      {text !== "" && found.data?.isComplete === false && <p className={styles.note}>{t("find.incomplete")}</p>}
      <footer className={styles.footer}>
        <span className={styles.legend}>{t("find.legend")}</span>
        {onNewMember && (
          <Button onClick={onNewMember}>
            {t("find.newMember")} <KeyCap>F3</KeyCap>
          </Button>
        )}
      </footer>
    </Dialog>
  );
}

function Found({ member }: { readonly member: MemberCard }) {
  const { t, number } = useTexts();
  const { card, balance } = member;
  const cardWords = !card
    ? t("find.noCard")
    : card.state === "blocked"
      ? t("find.cardBlocked")
      : t("find.cardEnding", { last4: card.last4 });
  return (
    <>
      <span className={styles.who}>
        <span className={styles.name}>{member.name}</span>
        <span className={styles.detail}>{[member.memberNumber, ...member.phonesMasked, cardWords].join(" · ")}</span>
      </span>
      <span className={styles.where}>
        <span>{balance.balance === null ? t("find.atHeadOffice") : t("find.points", { points: number(balance.balance) })}</span>
        <span className={styles.detail}>{member.homeBranch}</span>
      </span>
    </>
  );
}
