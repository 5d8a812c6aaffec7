import { Button } from "antd";
import { useTexts } from "../../app/intl/use-texts.ts";
import { Notice } from "../../ui/notice.tsx";
import { TextField } from "../../ui/text-field.tsx";
import styles from "./rules.module.css";

type Fields = Readonly<Record<"nameZh" | "nameEn" | "opensOn" | "closesOn", string>>;
type Props = {
  readonly fields: Fields;
  readonly wrong: ReadonlySet<string>;
  readonly onChange: (fields: Partial<Fields>) => void;
};

/** What it is called, in both languages of the counters. */
export function NameFields({ fields, wrong, onChange }: Props) {
  const { t } = useTexts();
  return (
    <div className={styles.pair}>
      <TextField
        label={t("rules.nameZh")}
        value={fields.nameZh}
        onChange={(nameZh) => onChange({ nameZh })}
        error={wrong.has("nameZh") ? t("rules.name.wrong") : undefined}
        maxLength={60}
        isFocusedFirst={fields.nameZh === ""}
      />
      <TextField
        label={t("rules.nameEn")}
        value={fields.nameEn}
        onChange={(nameEn) => onChange({ nameEn })}
        error={wrong.has("nameEn") ? t("rules.name.wrong") : undefined}
        maxLength={60}
      />
    </div>
  );
}

/** From when until when; both days are part of it. */
export function DateFields({
  fields,
  wrong,
  onChange,
  today,
  isOpenEnded,
}: Props & { readonly today: string; readonly isOpenEnded: boolean }) {
  const { t } = useTexts();
  return (
    <div className={styles.pair}>
      <TextField
        label={t("rules.opensOn")}
        value={fields.opensOn}
        onChange={(opensOn) => onChange({ opensOn })}
        error={wrong.has("opensOn") ? t("rules.opensOn.wrong", { today }) : undefined}
      />
      <TextField
        label={isOpenEnded ? t("rules.closesOn") : t("rules.planClosesOn")}
        value={fields.closesOn}
        onChange={(closesOn) => onChange({ closesOn })}
        error={wrong.has("closesOn") ? t("rules.closesOn.wrong") : undefined}
      />
    </div>
  );
}

type OvertakenProps = {
  readonly newest: { readonly version: number; readonly publishedBy: string | null };
  readonly onKeep: () => void;
  readonly onDrop: () => void;
};

/** Somebody published while this form was being filled in: nothing is overwritten by a slip of the hand, and nothing typed is lost. */
export function Overtaken({ newest, onKeep, onDrop }: OvertakenProps) {
  const { t } = useTexts();
  return (
    <Notice
      tone="warn"
      title={t("rules.overtaken", { version: newest.version, name: newest.publishedBy ?? t("rules.byHeadOffice") })}
      actions={
        <>
          <Button onClick={onKeep}>{t("rules.overtaken.keep")}</Button>
          <Button onClick={onDrop}>{t("rules.overtaken.drop")}</Button>
        </>
      }
    >
      {t("rules.overtaken.lead")}
    </Notice>
  );
}
