import styles from "./key-cap.module.css";

/** The name of a key, drawn as a key. Screen readers hear it from `aria-keyshortcuts` of the control instead. */
export const KeyCap = ({ children }: { readonly children: string }) => (
  <kbd className={styles.cap} aria-hidden="true">
    {children}
  </kbd>
);
