import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import type { UpdatePhase, UpdateState } from "#shared/contracts/updates.ts";
import { queries, station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { ScreenPage } from "../../app/screens/screen-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { Notice } from "../../ui/notice.tsx";
import styles from "./updates.module.css";

/** Which version runs, what head office has for this branch, and when it is installed. */
export default function UpdatesScreen({ onClose }: ScreenProps) {
  const { t, instant } = useTexts();
  const client = useQueryClient();
  const state = useQuery(queries.updates.state.queryOptions());
  const keep = (answered: UpdateState): void => {
    client.setQueryData(queries.updates.state.queryKey(), answered);
  };
  const check = useMutation({ mutationFn: () => station.updates.check(), onSuccess: keep });
  const install = useMutation({ mutationFn: () => station.updates.install(), onSuccess: keep });
  const trouble = troubleOf(state.error ?? check.error ?? install.error);
  const phase = state.data?.now.phase;
  return (
    <ScreenPage id="updates" title={t("updates.title")} lead={t("updates.lead")} trouble={trouble} onClose={onClose}>
      {state.data && (
        <>
          <p className={styles.running}>
            <strong>{t("updates.running", { version: state.data.version })}</strong>
            <span className={styles.lead}>
              {state.data.checkedAtMs === null
                ? t("updates.neverChecked")
                : t("updates.checked", { time: instant(state.data.checkedAtMs) })}
            </span>
          </p>
          <Phase now={state.data.now} />
          {state.data.trouble && <Notice tone="warn" title={t(`updates.trouble.${state.data.trouble}`)} />}
        </>
      )}
      <div className={styles.actions}>
        {phase === "ready" && (
          <Button type="primary" size="large" loading={install.isPending} onClick={() => install.mutate()}>
            {t("updates.install")}
          </Button>
        )}
        {(phase === "idle" || phase === "checking") && (
          <Button type="primary" size="large" loading={check.isPending || phase === "checking"} onClick={() => check.mutate()}>
            {t("updates.check")}
          </Button>
        )}
      </div>
    </ScreenPage>
  );
}

function Phase({ now }: { readonly now: UpdatePhase }) {
  const { t } = useTexts();
  switch (now.phase) {
    case "off":
      return (
        <Notice tone="plain" title={t("updates.off.title")}>
          {t(`updates.off.${now.reason}`)}
        </Notice>
      );
    case "idle":
      return <Notice tone="plain" title={t("updates.idle.title")} />;
    case "checking":
      return <Notice tone="plain" title={t("updates.checking.title")} />;
    case "downloading":
      return (
        <Notice tone="plain" title={t("updates.downloading.title", { version: now.offer.version, percent: now.percent })}>
          {t("updates.downloading.body")}
        </Notice>
      );
    case "ready":
      return (
        <>
          <Notice tone="good" title={t("updates.ready.title", { version: now.offer.version })}>
            {t("updates.ready.body")}
          </Notice>
          <Notes text={now.offer.notes} />
        </>
      );
    case "installing":
      return <Notice tone="plain" title={t("updates.installing.title", { version: now.offer.version })} />;
  }
}

/** As plain text, whatever is in it. */
function Notes({ text }: { readonly text: string }) {
  const { t } = useTexts();
  if (text === "") return null;
  return (
    <section aria-labelledby="updates-notes">
      <h3 id="updates-notes" className={styles.notesTitle}>
        {t("updates.notes")}
      </h3>
      <p className={styles.notes}>{text}</p>
    </section>
  );
}
