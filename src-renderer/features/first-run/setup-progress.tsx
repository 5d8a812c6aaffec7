import { CheckCircleFilled, LoadingOutlined, MinusCircleOutlined } from "@ant-design/icons";
import { Progress } from "antd";
import type { SetupState } from "#shared/contracts/setup.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import styles from "./first-run.module.css";

const steps = ["headOffice", "members", "history", "exchange", "opening"] as const satisfies readonly NonNullable<
  SetupState["progress"]
>["step"][];

/** What is being set up, step by step, with how far the whole is. */
export function SetupProgress({ progress }: { readonly progress: SetupState["progress"] }) {
  const { t } = useTexts();
  const at = progress ? steps.indexOf(progress.step) : 0;
  const percent = Math.round(((at + (progress?.done ?? 0)) / steps.length) * 100);
  return (
    <main className={`${styles.screen} ${styles.narrow}`}>
      <div className={styles.card} role="status">
        <h1 className={styles.title}>{t("firstRun.working")}</h1>
        <p className={styles.lead}>{t("firstRun.working.body")}</p>
        <Progress percent={percent} showInfo={false} aria-label={t("firstRun.working")} />
        <ol className={styles.steps}>
          {steps.map((step, index) => {
            const state = index < at ? "done" : index === at ? "now" : "later";
            return (
              <li key={step} className={`${styles.step} ${styles[state]}`}>
                <span className={styles.stepIcon} aria-hidden="true">
                  {state === "done" ? <CheckCircleFilled /> : state === "now" ? <LoadingOutlined /> : <MinusCircleOutlined />}
                </span>
                {t(`firstRun.step.${step}`)}
                <span className="spoken-only">{t(`firstRun.step.${state}`)}</span>
              </li>
            );
          })}
        </ol>
      </div>
    </main>
  );
}
