import { useEffect, useRef, type ReactNode } from "react";
import styles from "./takes-focus.module.css";

/** What came in the place of something that held the focus: the keyboard goes on from here, and a screen reader says it. */
export function TakesFocus({ children }: { readonly children: ReactNode }) {
  const own = useRef<HTMLDivElement>(null);
  useEffect(() => own.current?.focus(), []);
  return (
    <div ref={own} tabIndex={-1} className={styles.place}>
      {children}
    </div>
  );
}
