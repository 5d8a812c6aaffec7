import type { ReactNode } from "react";
import styles from "./empty-list.module.css";

/** In the place of a list that nothing stands in: that this is so, and no fault. */
export const EmptyList = ({ children }: { readonly children: ReactNode }) => <p className={styles.empty}>{children}</p>;
