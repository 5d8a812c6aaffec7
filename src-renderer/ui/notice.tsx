import { CheckCircleFilled, ExclamationCircleFilled, InfoCircleFilled, StopFilled } from "@ant-design/icons";
import type { ReactNode } from "react";
import type { Tone } from "./mark.tsx";
import styles from "./notice.module.css";

const icons = { plain: <InfoCircleFilled />, good: <CheckCircleFilled />, warn: <ExclamationCircleFilled />, danger: <StopFilled /> };

type Props = {
  readonly tone: Tone;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  /** Set apart and quoted: what to say aloud. */
  readonly aside?: ReactNode;
  readonly actions?: ReactNode;
};

/** Something to read now. Warnings and dangers interrupt a screen reader; the rest waits for its turn. */
export const Notice = ({ tone, title, children, aside, actions }: Props) => (
  <section className={`${styles.notice} ${styles[tone]}`} role={tone === "plain" || tone === "good" ? "status" : "alert"}>
    <span className={styles.icon} aria-hidden="true">
      {icons[tone]}
    </span>
    <div className={styles.text}>
      <p className={styles.title}>{title}</p>
      {children !== undefined && <div className={styles.body}>{children}</div>}
      {aside !== undefined && <p className={styles.aside}>{aside}</p>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  </section>
);
