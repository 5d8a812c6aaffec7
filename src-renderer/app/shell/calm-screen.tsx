import type { ReactNode } from "react";
import styles from "./shell.module.css";

type Props = { readonly title: string; readonly body: string; readonly icon: ReactNode };

/** Nothing to do but wait, or one thing to know. */
export const CalmScreen = ({ title, body, icon }: Props) => (
  <div className={styles.calm} role="status">
    {icon}
    <h1>{title}</h1>
    <p>{body}</p>
  </div>
);
