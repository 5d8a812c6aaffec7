import { Button } from "antd";
import type { ReactNode } from "react";
import { KeyCap } from "../../ui/key-cap.tsx";
import { useTexts } from "../intl/use-texts.ts";
import { RefusalNotice } from "../refusals/refusal-notice.tsx";
import type { Trouble } from "../refusals/refusal-words.ts";
import type { ScreenProps } from "./screen.ts";
import styles from "./screen-page.module.css";

export type ScreenPageProps = Pick<ScreenProps, "onClose"> & {
  readonly id: string;
  readonly title: ReactNode;
  /** What the screen is for, in a sentence. */
  readonly lead: ReactNode;
  /** What is done to the whole page, beside the way back. */
  readonly actions?: ReactNode;
  /** Why what the page shows could not be asked for. */
  readonly trouble?: Trouble | undefined;
  /** What the page shows was asked for and has not come yet. */
  readonly isReading?: boolean;
  /** The page is as high as its room, and its columns scroll by themselves. */
  readonly isFilling?: boolean;
  readonly children: ReactNode;
};

/** The page of every screen beside the counter: what it is called, what it is for, the way back, and what went wrong. */
export function ScreenPage({
  id,
  title,
  lead,
  actions,
  trouble,
  isReading = false,
  isFilling = false,
  onClose,
  children,
}: ScreenPageProps) {
  const { t } = useTexts();
  return (
    <section className={isFilling ? `${styles.page} ${styles.filling}` : styles.page} aria-labelledby={`${id}-title`}>
      <header className={styles.header}>
        <div className={styles.words}>
          <h2 id={`${id}-title`} className={styles.title}>
            {title}
          </h2>
          <div className={styles.lead}>{lead}</div>
        </div>
        <div className={styles.actions}>
          {actions}
          <Button onClick={onClose}>
            {t("screens.close")} <KeyCap>Esc</KeyCap>
          </Button>
        </div>
      </header>
      {trouble && <RefusalNotice trouble={trouble} />}
      {isReading && (
        <p role="status" className={styles.reading}>
          {t("screens.reading")}
        </p>
      )}
      {children}
    </section>
  );
}
