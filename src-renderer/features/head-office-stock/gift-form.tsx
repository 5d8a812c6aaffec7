import { useState, type FormEvent } from "react";
import type { Gift } from "#shared/domain/stock/gift.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { useDraft } from "../../app/acts/use-draft.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { readMark } from "./read-number.ts";
import styles from "./office-stock.module.css";

type Props = {
  /** Undefined for a new one. */
  readonly gift: Gift | undefined;
  readonly takenIds: ReadonlySet<string>;
  readonly onSaved: (news: { readonly requestId: string; readonly gift: Gift }) => void;
};

const fieldsOf = (gift: Gift | undefined) => ({
  giftId: gift?.giftId ?? "",
  nameZh: gift?.name["zh-CN"] ?? "",
  nameEn: gift?.name["en-US"] ?? "",
  lowAt: String(gift?.lowAt ?? 0),
});

/** What a gift is called, and when a branch is told to ask for more. How many lie where is counted there. */
export function GiftForm({ gift, takenIds, onSaved }: Props) {
  const { t } = useTexts();
  const draft = useDraft("gift", gift?.giftId, fieldsOf(gift));
  const [isChecked, setIsChecked] = useState(false);
  const { fields } = draft;
  const giftId = fields.giftId.trim();
  const name = { "zh-CN": fields.nameZh.trim(), "en-US": fields.nameEn.trim() };
  const lowAt = readMark(fields.lowAt);
  const isTaken = !gift && takenIds.has(giftId);
  const set = useAct(station.stock.setGift, (_, { requestId, ...saved }) => {
    draft.discard();
    onSaved({ requestId, gift: saved });
  });

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (giftId === "" || isTaken || name["zh-CN"] === "" || name["en-US"] === "" || lowAt === undefined) return;
    set.run({ requestId: draft.requestIdAfter(set.trouble), giftId, name, lowAt });
  };
  const nameError = (text: string): string | undefined => (isChecked && text === "" ? t("officeStock.name.wrong") : undefined);
  const idError = isTaken ? t("officeStock.giftId.taken") : isChecked && giftId === "" ? t("officeStock.giftId.wrong") : undefined;

  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      {set.trouble && <RefusalNotice trouble={set.trouble} />}
      {!gift && (
        <TextField
          label={t("officeStock.giftId")}
          value={fields.giftId}
          onChange={(text) => draft.change({ giftId: text })}
          error={idError}
          maxLength={64}
          isFocusedFirst
        />
      )}
      <TextField
        label={t("officeStock.nameZh")}
        value={fields.nameZh}
        onChange={(text) => draft.change({ nameZh: text })}
        error={nameError(name["zh-CN"])}
        maxLength={60}
      />
      <TextField
        label={t("officeStock.nameEn")}
        value={fields.nameEn}
        onChange={(text) => draft.change({ nameEn: text })}
        error={nameError(name["en-US"])}
        maxLength={60}
      />
      <TextField
        label={t("officeStock.lowAt")}
        value={fields.lowAt}
        onChange={(text) => draft.change({ lowAt: text })}
        error={isChecked && lowAt === undefined ? t("officeStock.lowAt.wrong") : undefined}
        inputMode="numeric"
      />
      <SubmitButton isBusy={set.isBusy}>{t("officeStock.save")}</SubmitButton>
    </form>
  );
}
