import { Button } from "antd";
import { useState } from "react";
import { uuidv7 } from "uuidv7";
import type { MissingRow } from "#shared/contracts/acts/recovery.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import styles from "./recovery.module.css";

type Props = { readonly missing: readonly MissingRow[]; readonly mayAct: boolean; readonly onDone: (what: string) => void };

/** What was done at head office and is lost there; each line is ticked off by whoever has done it once more. */
export function MissingList({ missing, mayAct, onDone }: Props) {
  const { t } = useTexts();
  return (
    <section className={styles.section} aria-label={t("recovery.missing")}>
      <h3 className={styles.title}>{t("recovery.missing")}</h3>
      {missing.length === 0 ? (
        <p className={styles.note}>{t("recovery.missing.none")}</p>
      ) : (
        <>
          <p className={styles.note}>{t("recovery.missing.why")}</p>
          <ul className={styles.list}>
            {missing.map((row) => (
              <Line key={`${row.kind}/${row.id}`} row={row} mayAct={mayAct} onDone={onDone} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Line({ row, mayAct, onDone }: { readonly row: MissingRow; readonly mayAct: boolean; readonly onDone: Props["onDone"] }) {
  const { t, instant } = useTexts();
  const [requestId] = useState(uuidv7);
  const what = `${t(`recovery.kind.${row.kind}`)} ${row.name}`;
  const close = useAct(station.recovery.close, () => onDone(what));
  return (
    <li>
      <div className={styles.row}>
        <span>
          {what} <span className={styles.note}>{t("recovery.missing.toldBy", { branch: row.toldBy, at: instant(row.toldAtMs) })}</span>
        </span>
        {mayAct && (
          <Button
            size="large"
            aria-label={`${t("recovery.close")}: ${what}`}
            loading={close.isBusy}
            onClick={() => close.run({ requestId, kind: row.kind, id: row.id })}
          >
            {t("recovery.close")}
          </Button>
        )}
      </div>
      {close.trouble && <RefusalNotice trouble={close.trouble} />}
    </li>
  );
}
