import { ExperimentOutlined, ShopOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import type { Enrolled, SetupState } from "#shared/contracts/setup.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { useCommands } from "../../app/keys/use-commands.ts";
import { RecoverySheet } from "../../app/recovery-key/recovery-sheet.tsx";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { KeyCap } from "../../ui/key-cap.tsx";
import { Notice } from "../../ui/notice.tsx";
import { EnrolForm } from "./enrol-form.tsx";
import { SetupProgress } from "./setup-progress.tsx";
import styles from "./first-run.module.css";

type Props = { readonly setup: SetupState; readonly onChanged: (setup: SetupState) => void };

/** The two ways to begin: sample data at once, or this computer as a counter of a head office. */
export function FirstRun({ setup, onChanged }: Props) {
  const { t } = useTexts();
  const [isEnrolling, setIsEnrolling] = useState(false);
  const [enrolled, setEnrolled] = useState<Enrolled>();
  const tryIt = useMutation({ mutationFn: () => station.setup.tryIt({}), onSuccess: onChanged });
  const trouble = troubleOf(tryIt.error);
  const begin = tryIt.mutate;
  const isChoosing = setup.state === "empty" && !isEnrolling && !tryIt.isPending;
  useCommands("screen", isEnrolling ? { back: () => setIsEnrolling(false) } : {});

  useEffect(() => {
    if (!isChoosing) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key !== "1" && event.key !== "2") return;
      // Taken here, or the digit would be typed into the form that it opens.
      event.preventDefault();
      if (event.key === "1") begin();
      else setIsEnrolling(true);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [isChoosing, begin]);

  if (setup.state === "working" || tryIt.isPending) return <SetupProgress progress={setup.progress} />;
  if (enrolled) {
    const { recoveryKey, ...changed } = enrolled;
    return (
      <main className={styles.screen}>
        <RecoverySheet recoveryKey={recoveryKey} onDone={() => onChanged(changed)} />
      </main>
    );
  }
  if (isEnrolling) return <EnrolForm onBack={() => setIsEnrolling(false)} onEnrolled={setEnrolled} />;
  return (
    <main className={styles.screen}>
      <h1 className={styles.title}>{t("firstRun.title")}</h1>
      {trouble && <RefusalNotice trouble={trouble} />}
      {setup.hasFailed && !trouble && <Notice tone="danger" title={t("firstRun.failed")} />}
      <div className={styles.ways}>
        <Way
          digit="1"
          icon={<ExperimentOutlined />}
          title={t("firstRun.tryIt")}
          body={t("firstRun.tryIt.body")}
          onChoose={() => begin()}
          isFocusedFirst
        />
        <Way
          digit="2"
          icon={<ShopOutlined />}
          title={t("firstRun.enrol")}
          body={t("firstRun.enrol.body")}
          onChoose={() => setIsEnrolling(true)}
        />
      </div>
    </main>
  );
}

type WayProps = {
  readonly digit: string;
  readonly icon: ReactNode;
  readonly title: string;
  readonly body: string;
  readonly onChoose: () => void;
  readonly isFocusedFirst?: boolean;
};

const Way = ({ digit, icon, title, body, onChoose, isFocusedFirst }: WayProps) => (
  <button type="button" className={styles.way} aria-keyshortcuts={digit} autoFocus={isFocusedFirst} onClick={onChoose}>
    <span className={styles.wayHead}>
      <span className={styles.wayIcon} aria-hidden="true">
        {icon}
      </span>
      <KeyCap>{digit}</KeyCap>
    </span>
    <span className={styles.wayTitle}>{title}</span>
    <span className={styles.wayBody}>{body}</span>
  </button>
);
