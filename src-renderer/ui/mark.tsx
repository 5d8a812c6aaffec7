import type { ReactNode } from "react";
import styles from "./mark.module.css";

export type Tone = "plain" | "good" | "warn" | "danger";

/** A short state in words with a sign of its own shape, so that nothing depends on colour. */
export const Mark = ({ tone, icon, children }: { readonly tone: Tone; readonly icon: ReactNode; readonly children: ReactNode }) => (
  <span className={`${styles.mark} ${styles[tone]}`}>
    {icon}
    <span>{children}</span>
  </span>
);
