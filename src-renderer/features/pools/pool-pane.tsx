import { Button } from "antd";
import { useState, type FormEvent } from "react";
import { uuidv7 } from "uuidv7";
import type { PoolView } from "#shared/contracts/acts/pools.ts";
import { plainFigures } from "../../app/acts/amount.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { useDraft } from "../../app/acts/use-draft.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import styles from "./pools.module.css";

const mostPercent = 100;
type Props = {
  readonly pool: PoolView;
  readonly onJoined: () => void;
  readonly onLeft: (left: { readonly taken: number; readonly owed: number }) => void;
};

/** One pool: who is in it, who leaves it, and who joins. */
export function PoolPane({ pool, onJoined, onLeft }: Props) {
  const { t, number } = useTexts();
  const { poolId, members, owed } = pool;
  const draft = useDraft("poolMember", poolId, { memberNumber: "", share: String(mostPercent) });
  const [isChecked, setIsChecked] = useState(false);
  // Leaving is an intent of its own beside what the form says.
  const [leaveIds, setLeaveIds] = useState<Readonly<Record<string, string>>>({});
  const memberNumber = draft.fields.memberNumber.trim();
  const share = /^\d{1,3}$/.test(plainFigures(draft.fields.share)) ? Number(plainFigures(draft.fields.share)) : undefined;
  const sharePercent = share !== undefined && share <= mostPercent ? share : undefined;

  const join = useAct(station.pools.join, () => {
    draft.discard();
    setIsChecked(false);
    onJoined();
  });
  const leave = useAct(station.pools.leave, (left) => {
    setLeaveIds({});
    onLeft(left);
  });
  const askToLeave = (memberId: string): void => {
    const requestId = leaveIds[memberId] ?? uuidv7();
    setLeaveIds({ ...leaveIds, [memberId]: requestId });
    leave.run({ requestId, poolId, memberId });
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (memberNumber === "" || sharePercent === undefined) return;
    join.run({ requestId: draft.requestIdAfter(join.trouble), poolId, memberNumber, sharePercent });
  };

  return (
    <>
      {leave.trouble && <RefusalNotice trouble={leave.trouble} />}
      {owed.map((line) => (
        <Notice
          key={`${line.memberNumber}/${line.branch}`}
          tone="plain"
          title={t("pools.owed", { number: line.memberNumber, points: number(line.points), branch: line.branch })}
        />
      ))}
      <ul className={styles.members}>
        {members.map((member) => (
          <li key={member.memberId}>
            <Button size="large" onClick={() => askToLeave(member.memberId)}>
              {t("pools.leave", { name: member.name, number: member.memberNumber, percent: number(member.sharePercent) })}
            </Button>
          </li>
        ))}
      </ul>
      <form className={styles.form} onSubmit={onSubmit} noValidate>
        {join.trouble && <RefusalNotice trouble={join.trouble} />}
        <TextField
          label={t("pools.memberNumber")}
          value={draft.fields.memberNumber}
          onChange={(text) => draft.change({ memberNumber: text })}
          error={isChecked && memberNumber === "" ? t("pools.memberNumber.missing") : undefined}
          maxLength={64}
        />
        <TextField
          label={t("pools.share")}
          value={draft.fields.share}
          onChange={(text) => draft.change({ share: text })}
          error={isChecked && sharePercent === undefined ? t("pools.share.wrong") : undefined}
          inputMode="numeric"
        />
        <SubmitButton isBusy={join.isBusy}>{t("pools.join")}</SubmitButton>
      </form>
    </>
  );
}
