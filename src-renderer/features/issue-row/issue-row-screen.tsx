import { CreditCardOutlined } from "@ant-design/icons";
import { Button, type InputRef } from "antd";
import { useRef, useState, type FormEvent } from "react";
import { useTexts } from "../../app/intl/use-texts.ts";
import { useCommands } from "../../app/keys/use-commands.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { ScreenPage } from "../../app/screens/screen-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { KeyCap } from "../../ui/key-cap.tsx";
import { EmptyList } from "../../ui/empty-list.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import styles from "./issue-row.module.css";
import { useRow, type Fault, type Issued } from "./use-row.ts";

const digitsMin = 4;

/** Card after card for the members who wait for one: a swipe binds it to the next on the list. */
export default function IssueRowScreen({ onClose }: ScreenProps) {
  const { t, instant } = useTexts();
  const row = useRow();
  const { next, undoLast } = row;
  const numberField = useRef<InputRef>(null);
  const [typed, setTyped] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const number = typed.normalize("NFKC").replace(/[\s-]/g, "");
  const isTooShort = number.length < digitsMin;
  useCommands("form", undoLast ? { void: undoLast } : {});

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(isTooShort);
    if (isTooShort) return;
    row.issueTyped(number, () => setTyped(""));
  };

  return (
    <ScreenPage id="issue-row" title={t("issueRow.title")} lead={t("issueRow.lead")} onClose={onClose}>
      {row.fault && <FaultNotice fault={row.fault} />}
      {row.isKnown && !next && <EmptyList>{t("issueRow.nobody")}</EmptyList>}
      <div className={styles.columns}>
        <div className={styles.main}>
          {next && (
            <form className={styles.next} onSubmit={onSubmit} noValidate>
              <p className={styles.label}>{t("issueRow.next")}</p>
              <p className={styles.name}>{next.name}</p>
              <p className={styles.detail}>{t("issueRow.joined", { number: next.memberNumber, time: instant(next.joinedAtMs) })}</p>
              <p className={styles.swipe}>
                <CreditCardOutlined aria-hidden="true" /> {t("issueRow.swipe")}
              </p>
              <TextField
                label={t("issueRow.typed")}
                value={typed}
                onChange={(text) => {
                  setTyped(text);
                  setIsChecked(false);
                }}
                error={isChecked ? t("issueRow.typed.missing") : undefined}
                size="numeral"
                inputMode="numeric"
                maxLength={32}
                inputRef={numberField}
                isFocusedFirst
              />
              <SubmitButton isBusy={false}>{t("issueRow.typed.submit")}</SubmitButton>
              {row.line.length > 1 && (
                <Button
                  size="large"
                  onClick={() => {
                    row.skip(next.memberId);
                    numberField.current?.focus();
                  }}
                >
                  {t("issueRow.skip")}
                </Button>
              )}
            </form>
          )}
        </div>
        <div className={styles.main}>
          <Done issued={row.issued} onUndo={undoLast} />
          {row.line.length > 0 && (
            <section aria-labelledby="issue-row-waiting">
              <h3 id="issue-row-waiting" className={styles.listTitle}>
                {t("issueRow.waiting")} <span className={styles.count}>{t("issueRow.waiting.count", { count: row.total })}</span>
              </h3>
              <ol className={styles.list}>
                {row.line.map((member) => (
                  <li key={member.memberId} className={styles.line} aria-current={member === next ? "step" : undefined}>
                    <span className={styles.who}>{member.name}</span>
                    <span className={styles.detail}>
                      {t("issueRow.joined", { number: member.memberNumber, time: instant(member.joinedAtMs) })}
                    </span>
                    {row.isSkipped(member.memberId) && <span className={styles.detail}>{t("issueRow.skipped")}</span>}
                  </li>
                ))}
              </ol>
            </section>
          )}
        </div>
      </div>
    </ScreenPage>
  );
}

function FaultNotice({ fault }: { readonly fault: Fault }) {
  const { t } = useTexts();
  if (fault.kind === "refused") return <RefusalNotice trouble={fault.trouble} />;
  const { name, swipedCardState } = fault.card;
  return (
    <Notice tone="warn" title={t(swipedCardState === "blocked" ? "issueRow.taken.blocked" : "issueRow.taken", { name })}>
      {t("issueRow.taken.remedy")}
    </Notice>
  );
}

function Done({ issued, onUndo }: { readonly issued: readonly Issued[]; readonly onUndo: (() => void) | undefined }) {
  const { t } = useTexts();
  const [newest] = issued;
  const count = issued.filter(({ isTakenBack }) => !isTakenBack).length;
  return (
    <section aria-labelledby="issue-row-done">
      <div className={styles.header}>
        <h3 id="issue-row-done" className={styles.listTitle}>
          {t("issueRow.done")} <span className={styles.count}>{t("issueRow.done.count", { count })}</span>
        </h3>
        {onUndo && (
          <Button onClick={onUndo}>
            {t("issueRow.undo")} <KeyCap>F8</KeyCap>
          </Button>
        )}
      </div>
      <p role="status" className={newest?.isTakenBack ? styles.lead : "spoken-only"}>
        {newest && t(newest.isTakenBack ? "issueRow.undo.done" : "issueRow.announced", { name: newest.member.name, last4: newest.last4 })}
      </p>
      {issued.length === 0 ? (
        <p className={styles.lead}>{t("issueRow.done.none")}</p>
      ) : (
        <ol className={styles.list}>
          {issued.map(({ opId, member, last4, isTakenBack }) => (
            <li key={opId} className={styles.line}>
              <span className={isTakenBack ? styles.void : styles.who}>{t("issueRow.issued", { last4, name: member.name })}</span>
              {isTakenBack && <span className={styles.detail}>{t("issueRow.undone")}</span>}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
