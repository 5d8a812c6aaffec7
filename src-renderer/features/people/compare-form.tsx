import { Button } from "antd";
import { useState, type FormEvent } from "react";
import { useAct } from "../../app/acts/use-act.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { TextField } from "../../ui/text-field.tsx";
import styles from "./people.module.css";

export type Compared = Awaited<ReturnType<typeof station.people.compare>>;

type Props = {
  /** Where there is no list to begin with. */
  readonly isFocusedFirst: boolean;
  readonly onCompared: (compared: Compared) => void;
};

/** Two who have nothing in common that a list could find: by their numbers. */
export function CompareForm({ isFocusedFirst, onCompared }: Props) {
  const { t } = useTexts();
  const [numbers, setNumbers] = useState({ one: "", other: "" });
  const compare = useAct(station.people.compare, onCompared);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (numbers.one.trim() !== "" && numbers.other.trim() !== "") compare.run({ numbers: [numbers.one, numbers.other] });
  };
  return (
    <form className={styles.compare} onSubmit={send} aria-label={t("people.compare")}>
      <h3 className={styles.title}>{t("people.compare")}</h3>
      {compare.trouble && <RefusalNotice trouble={compare.trouble} />}
      <TextField
        label={t("people.compare.one")}
        isFocusedFirst={isFocusedFirst}
        value={numbers.one}
        onChange={(one) => setNumbers({ ...numbers, one })}
        inputMode="numeric"
        maxLength={64}
      />
      <TextField
        label={t("people.compare.other")}
        value={numbers.other}
        onChange={(other) => setNumbers({ ...numbers, other })}
        inputMode="numeric"
        maxLength={64}
      />
      <div>
        <Button size="large" htmlType="submit" loading={compare.isBusy}>
          {t("people.compare.submit")}
        </Button>
      </div>
    </form>
  );
}
