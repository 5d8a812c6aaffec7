import { Activity, useLayoutEffect, useRef, type ReactNode } from "react";
import type { Drafts } from "../acts/drafts.ts";
import { DraftsContext } from "../acts/use-draft.ts";
import styles from "./desk-place.module.css";

type PlaceProps = { readonly drafts: Drafts; readonly isInUse: boolean; readonly children: ReactNode };

/** Shows a desk, or keeps it out of sight: there it is not painted, hears no key and no swipe, and asks the station for nothing. */
export const DeskPlace = ({ drafts, isInUse, children }: PlaceProps) => (
  <Activity mode={isInUse ? "visible" : "hidden"}>
    <DraftsContext value={drafts}>
      <AtLastFocus>{children}</AtLastFocus>
    </DraftsContext>
  </Activity>
);

/** Whoever comes back finds the focus where it was. */
function AtLastFocus({ children }: { readonly children: ReactNode }) {
  const focusedLast = useRef<HTMLElement>(undefined);
  // Before any part of the counter finds that nothing has the focus, and takes it.
  useLayoutEffect(() => {
    if (focusedLast.current?.isConnected) focusedLast.current.focus();
  }, []);
  return (
    <div
      className={styles.desk}
      onFocus={({ target }) => {
        focusedLast.current = target;
      }}
    >
      {children}
    </div>
  );
}
