import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { uuidv7 } from "uuidv7";
import type { ErasurePreview } from "#shared/contracts/acts/erasures.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { queries, station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { erasureWords } from "./erasure-words.ts";
import { Preview } from "./preview.tsx";
import styles from "./erasures.module.css";

type Props = { readonly memberNumber: string; readonly onNews: (words: string) => void };

/** One person: what would go, what would stay, and what may be done about it by whoever looks. */
export function ErasureDetail({ memberNumber, onNews }: Props) {
  const { t } = useTexts();
  const preview = useQuery(queries.erasures.preview.queryOptions({ input: { memberNumber } }));
  const trouble = troubleOf(preview.error);
  return (
    <section className={styles.section} aria-label={t("erasures.member", { number: memberNumber })}>
      <h3 className={styles.title}>{t("erasures.member", { number: memberNumber })}</h3>
      {trouble && <RefusalNotice trouble={trouble} />}
      {preview.data && (
        <>
          {preview.data.erasure && <Words erasure={preview.data.erasure} />}
          <Preview preview={preview.data} />
          <Acts preview={preview.data} onNews={onNews} />
        </>
      )}
    </section>
  );
}

function Words({ erasure }: { readonly erasure: NonNullable<ErasurePreview["erasure"]> }) {
  const texts = useTexts();
  return <p className={styles.note}>{erasureWords(erasure, texts).join(" · ")}</p>;
}

type ActsProps = { readonly preview: ErasurePreview; readonly onNews: (words: string) => void };

function Acts({ preview: { memberId, erasure }, onNews }: ActsProps) {
  const { t } = useTexts();
  const [requestId, setRequestId] = useState(uuidv7);
  const done = (words: string): void => {
    setRequestId(uuidv7());
    onNews(words);
  };
  const ask = useAct(station.erasures.ask, () => done(t("erasures.asked")));
  const withdraw = useAct(station.erasures.withdraw, () => done(t("erasures.withdrawn")));
  const confirm = useAct(station.erasures.confirm, ({ entries }) => done(t("erasures.done", { count: entries })));
  const trouble = ask.trouble ?? withdraw.trouble ?? confirm.trouble;
  const input = { requestId, memberId };

  if (erasure?.state === "done") return null;
  return (
    <>
      {trouble && <RefusalNotice trouble={trouble} />}
      {erasure?.state === "asked" ? (
        <>
          {erasure.isOwn && <p className={styles.note}>{t("erasures.own")}</p>}
          <div className={styles.actions}>
            {!erasure.isOwn && (
              <Button type="primary" danger size="large" loading={confirm.isBusy} onClick={() => confirm.run(input)}>
                {t("erasures.confirm")}
              </Button>
            )}
            <Button size="large" loading={withdraw.isBusy} onClick={() => withdraw.run(input)}>
              {t("erasures.withdraw")}
            </Button>
          </div>
        </>
      ) : (
        <Button size="large" danger loading={ask.isBusy} onClick={() => ask.run(input)}>
          {t("erasures.ask")}
        </Button>
      )}
    </>
  );
}
