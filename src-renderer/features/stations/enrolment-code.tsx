import { Button } from "antd";
import { useState } from "react";
import { uuidv7 } from "uuidv7";
import { useAct } from "../../app/acts/use-act.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { Notice } from "../../ui/notice.tsx";
import { TakesFocus } from "../../ui/takes-focus.tsx";
import styles from "./stations.module.css";

type Props = { readonly branch: string; readonly branchName: string };

/** A one-time code for a new computer of the branch; it is shown once and kept nowhere. */
export function EnrolmentCode({ branch, branchName }: Props) {
  const { t, instant } = useTexts();
  const [requestId, setRequestId] = useState(uuidv7);
  const [made, setMade] = useState<{ readonly requestId: string; readonly code: string | null; readonly expiresAtMs: number }>();
  const make = useAct(station.stations.createCode, (answer, asked) => {
    setMade({ requestId: asked.requestId, ...answer });
    setRequestId(uuidv7());
  });
  return (
    <section className={styles.section} aria-label={t("stations.code")}>
      <h3 className={styles.title}>{t("stations.code")}</h3>
      {make.trouble && <RefusalNotice trouble={make.trouble} />}
      {made && (
        <TakesFocus key={made.requestId}>
          {made.code === null ? (
            <Notice tone="warn" title={t("stations.code.lost")} />
          ) : (
            <Notice tone="good" title={t("stations.code.made", { branch: branchName })}>
              <p className={styles.code}>{made.code}</p>
              {t("stations.code.until", { at: instant(made.expiresAtMs) })}
            </Notice>
          )}
        </TakesFocus>
      )}
      <p className={styles.note}>{t("stations.code.why", { branch: branchName })}</p>
      <Button size="large" loading={make.isBusy} onClick={() => make.run({ requestId, branch })}>
        {t("stations.code.make")}
      </Button>
    </section>
  );
}
