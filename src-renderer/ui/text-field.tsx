import { Input, type InputRef } from "antd";
import { useId, type InputHTMLAttributes, type ReactNode, type Ref } from "react";
import styles from "./text-field.module.css";

type Props = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What is wrong and what to enter instead; read out when it appears. */
  readonly error?: string | undefined;
  readonly hint?: ReactNode;
  readonly prefix?: ReactNode;
  readonly size?: "plain" | "numeral";
  readonly isSecret?: boolean;
  readonly isFocusedFirst?: boolean;
  readonly inputMode?: InputHTMLAttributes<HTMLInputElement>["inputMode"];
  readonly autoComplete?: string;
  readonly maxLength?: number;
  readonly inputRef?: Ref<InputRef>;
};

/** A labelled line of text: the label stays, the error stands below the field and belongs to it. */
export function TextField({
  label,
  value,
  onChange,
  error,
  hint,
  prefix,
  size = "plain",
  isSecret = false,
  isFocusedFirst = false,
  inputMode,
  autoComplete = "off",
  maxLength,
  inputRef,
}: Props) {
  const id = useId();
  const noteId = `${id}-note`;
  const isWrong = error !== undefined;
  const hasNote = isWrong || hint !== undefined;
  const Control = isSecret ? Input.Password : Input;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <Control
        id={id}
        ref={inputRef}
        className={size === "numeral" ? styles.numeral : undefined}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        status={isWrong ? "error" : ""}
        aria-invalid={isWrong}
        aria-describedby={hasNote ? noteId : undefined}
        autoFocus={isFocusedFirst}
        inputMode={inputMode}
        autoComplete={autoComplete}
        maxLength={maxLength}
        prefix={prefix}
        spellCheck={false}
      />
      {hasNote && (
        <div id={noteId} className={isWrong ? styles.error : styles.hint} role={isWrong ? "alert" : undefined}>
          {error ?? hint}
        </div>
      )}
    </div>
  );
}
