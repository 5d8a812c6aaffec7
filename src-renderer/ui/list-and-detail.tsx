import type { ReactNode } from "react";
import styles from "./list-and-detail.module.css";

/** A list on the left and what is chosen in it on the right; one below the other where there is no room. */
export const ListAndDetail = ({ list, detail }: { readonly list: ReactNode; readonly detail: ReactNode }) => (
  <div className={styles.columns}>
    <div className={styles.list}>{list}</div>
    <div className={styles.detail}>{detail}</div>
  </div>
);

type RowProps = { readonly title: ReactNode; readonly notes: readonly string[]; readonly end?: ReactNode };

/** One line of such a list: what it is called, what is to be known of it, and its state. */
export const ListRow = ({ title, notes, end }: RowProps) => (
  <span className={styles.row}>
    <span className={styles.words}>
      <span className={styles.name}>{title}</span>
      {notes.map((note) => (
        <span key={note} className={styles.note}>
          {note}
        </span>
      ))}
    </span>
    {end}
  </span>
);
