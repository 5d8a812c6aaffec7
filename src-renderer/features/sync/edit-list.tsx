import { EditOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { uuidv7 } from "uuidv7";
import type { EditView } from "#shared/contracts/members.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { queries, station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { detailWords } from "./detail-words.ts";
import styles from "./sync.module.css";

type Props = { readonly onOpenMember: (memberId: string) => void; readonly onSent: () => void };

/** Changes made here of which head office kept something else: what stands now, what was meant, and one press to send it again. */
export function EditList({ onOpenMember, onSent }: Props) {
  const { t } = useTexts();
  const edits = useQuery(queries.members.edits.queryOptions({ staleTime: 0 }));
  if (!edits.data || edits.data.edits.length === 0) return null;
  return (
    <section className={styles.list} aria-labelledby="sync-edits">
      <h3 id="sync-edits" className={styles.listTitle}>
        <EditOutlined aria-hidden="true" /> {t("sync.edits", { count: edits.data.edits.length })}
      </h3>
      <p className={styles.detail}>{t("sync.edits.about")}</p>
      <ol className={styles.lines}>
        {edits.data.edits.map((edit) => (
          <li key={edit.opId} className={styles.line}>
            <Edit
              edit={edit}
              onOpenMember={onOpenMember}
              onSent={() => {
                void edits.refetch();
                onSent();
              }}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Edit({ edit, onOpenMember, onSent }: { readonly edit: EditView } & Props) {
  const { t, instant } = useTexts();
  const [requestId] = useState(uuidv7);
  const send = useAct(station.members.sendAgain, onSent);
  const { memberId, name, operator, why, yours, kept, reason } = edit;
  return (
    <>
      <span className={styles.when}>{instant(edit.atMs)}</span>
      <span className={styles.what}>
        <button type="button" className={styles.member} onClick={() => onOpenMember(memberId)}>
          {name}
        </button>
        <span>{t("sync.edits.kept", { details: detailWords(kept, t) })}</span>
        <span>{t("sync.edits.yours", { details: detailWords(yours, t) })}</span>
        <span className={styles.code}>{t(`sync.edits.${why}`, { reason: reason ?? "" })}</span>
        <span className={styles.detail}>{operator}</span>
        {send.trouble && <RefusalNotice trouble={send.trouble} />}
      </span>
      <span>
        {why !== "inReview" && (
          <Button loading={send.isBusy} onClick={() => send.run({ requestId, opId: edit.opId })}>
            {t("sync.edits.send")}
          </Button>
        )}
      </span>
    </>
  );
}
