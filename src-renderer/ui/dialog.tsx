import { useEffect, useId, useRef, type ReactNode } from "react";
import styles from "./dialog.module.css";

type Props = {
  readonly title: string;
  readonly place: "middle" | "wide" | "top" | "beside";
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly isTitleShown?: boolean;
};

/**
 * The browser's own modal dialog: it keeps the focus inside, makes the rest inert and gives the focus back to where it
 * was. Esc comes through the commands of the caller, since an input method may own that key.
 */
export function Dialog({ title, place, onClose, children, isTitleShown = true }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const isComposing = useRef(false);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`${styles.dialog} ${styles[place]}`}
      aria-labelledby={titleId}
      onCompositionStart={() => {
        isComposing.current = true;
      }}
      onCompositionEnd={() => {
        isComposing.current = false;
      }}
      onCancel={(event) => {
        event.preventDefault();
        // The browser asks for it also by the Esc that throws away what an input method has composed so far.
        if (!isComposing.current) onClose();
      }}
      onPointerDown={(event) => {
        // Only the veil itself: the dialog element is as large as its panel, so a press outside it lands on the element.
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className={styles.panel}>
        <h2 id={titleId} className={isTitleShown ? styles.title : "spoken-only"}>
          {title}
        </h2>
        {children}
      </div>
    </dialog>
  );
}
