import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from "react";
import { KeyCap } from "./key-cap.tsx";
import { positionAfter } from "./list-position.ts";
import styles from "./option-list.module.css";

type Option = { readonly id: string; readonly content: ReactNode };

type Props = {
  readonly label: string;
  readonly options: readonly Option[];
  readonly selectedId: string | undefined;
  readonly onSelect: (id: string) => void;
  /** Enter on the list, or a double click. Left out where the surrounding form takes Enter. */
  readonly onCommit?: (id: string) => void;
  readonly isFocusedFirst?: boolean;
  readonly hasDigits?: boolean;
};

/** One choice of several by arrows, digit or touch; the list itself holds the focus. */
export function OptionList({ label, options, selectedId, onSelect, onCommit, isFocusedFirst = false, hasDigits = true }: Props) {
  const base = useId();
  const own = useRef<HTMLUListElement>(null);
  const at = options.findIndex((option) => option.id === selectedId);

  useEffect(() => {
    // A list that fills late does not take the focus from somebody who types in its form already.
    const isTyping = own.current?.closest("form")?.contains(document.activeElement) ?? false;
    if (isFocusedFirst && !isTyping) own.current?.focus();
  }, [isFocusedFirst]);
  useEffect(() => {
    // Told at once and whenever a notice above takes room from the list: what is chosen stays in sight.
    const resized = new ResizeObserver(() => document.getElementById(`${base}-${at}`)?.scrollIntoView({ block: "nearest" }));
    if (own.current) resized.observe(own.current);
    return () => resized.disconnect();
  }, [base, at]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" && selectedId !== undefined && onCommit) {
      event.preventDefault();
      onCommit(selectedId);
      return;
    }
    const position = positionAfter(event.key, at, options.length, hasDigits);
    const option = position === undefined ? undefined : options[position];
    if (!option) return;
    event.preventDefault();
    onSelect(option.id);
  };

  return (
    <ul
      ref={own}
      className={styles.list}
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={at >= 0 ? `${base}-${at}` : undefined}
      onKeyDown={onKeyDown}
    >
      {options.map((option, position) => (
        <li
          key={option.id}
          id={`${base}-${position}`}
          role="option"
          aria-selected={option.id === selectedId}
          className={styles.option}
          onClick={() => onSelect(option.id)}
          onDoubleClick={() => onCommit?.(option.id)}
        >
          {hasDigits && position < 9 && <KeyCap>{String(position + 1)}</KeyCap>}
          <span className={styles.content}>{option.content}</span>
        </li>
      ))}
    </ul>
  );
}
