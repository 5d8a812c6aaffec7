import { Button } from "antd";
import type { ReactNode } from "react";
import { KeyCap } from "../../ui/key-cap.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useTexts } from "../intl/use-texts.ts";
import { RefusalNotice } from "../refusals/refusal-notice.tsx";
import type { Trouble } from "../refusals/refusal-words.ts";
import type { ScreenProps } from "./screen.ts";
import styles from "./office-page.module.css";

type Props = Pick<ScreenProps, "status" | "onClose"> & {
  readonly id: string;
  readonly title: string;
  readonly lead: string;
  /** Why what the page shows could not be asked for. */
  readonly trouble: Trouble | undefined;
  readonly children: ReactNode;
};

/** The frame of a page whose acts head office does: without the line it says so once, and everything typed stays. */
export function OfficePage({ id, title, lead, status, trouble, onClose, children }: Props) {
  const { t } = useTexts();
  const isOffline = isWithoutLine(status);
  return (
    <section className={styles.page} aria-labelledby={`${id}-title`}>
      <header className={styles.header}>
        <div>
          <h2 id={`${id}-title`} className={styles.title}>
            {title}
          </h2>
          <p className={styles.lead}>{lead}</p>
        </div>
        <Button onClick={onClose}>
          {t("screens.close")} <KeyCap>Esc</KeyCap>
        </Button>
      </header>
      {isOffline && <Notice tone="plain" title={t("screens.needsLine")} />}
      {trouble && !isOffline && <RefusalNotice trouble={trouble} />}
      {children}
    </section>
  );
}

/** Whether asking head office is in vain for now. */
export const isWithoutLine = (status: ScreenProps["status"]): boolean => status?.sync.line === "offline";
