import { SearchOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { positionAfter } from "./list-position.ts";
import styles from "./search-list.module.css";

type Option = { readonly id: string; readonly content: ReactNode; readonly isDisabled?: boolean };
export type OptionGroup = { readonly label: string; readonly options: readonly Option[] };

type Props = {
  readonly label: string;
  readonly listLabel: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly groups: readonly OptionGroup[];
  /** Whether the groups are what this very text finds. Until they are, Enter waits for them: it never takes what an older text found. */
  readonly isSettled: boolean;
  readonly onCommit: (id: string) => void;
  /** What the search came to, in words; read out as it changes. */
  readonly outcome: ReactNode;
};

/** One line of text and what it finds: the arrows move through the list while the text keeps the focus, Enter takes what is marked. */
export function SearchList({ label, listLabel, text, onText, groups, isSettled, onCommit, outcome }: Props) {
  const [position, setPosition] = useState(0);
  const isAwaited = useRef(false);
  const listId = useId();
  const options = groups.flatMap((group) => group.options);
  const at = Math.min(position, options.length - 1);

  useEffect(() => {
    document.getElementById(`${listId}-${at}`)?.scrollIntoView({ block: "nearest" });
  }, [listId, at]);

  const commit = (option: Option | undefined): void => {
    if (option && !option.isDisabled) onCommit(option.id);
  };
  const commitAwaited = useEffectEvent(() => {
    if (isAwaited.current) commit(options[at]);
    isAwaited.current = false;
  });
  useEffect(() => {
    if (isSettled) commitAwaited();
  }, [isSettled]);

  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter and the arrows choose among the input method's words while it composes.
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (isSettled) commit(options[at]);
      else isAwaited.current = true;
      return;
    }
    if (event.key === "Home" || event.key === "End") return;
    const next = positionAfter(event.key, at, options.length, false);
    if (next === undefined) return;
    event.preventDefault();
    setPosition(next);
  };

  return (
    <>
      <Input
        size="large"
        prefix={<SearchOutlined aria-hidden="true" />}
        aria-label={label}
        placeholder={label}
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 ? `${listId}-${at}` : undefined}
        value={text}
        onChange={(event) => {
          onText(event.target.value);
          setPosition(0);
          isAwaited.current = false;
        }}
        onKeyDown={onKeyDown}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        maxLength={64}
      />
      <p className={styles.outcome} role="status">
        {outcome}
      </p>
      <div id={listId} role="listbox" aria-label={listLabel} className={styles.list}>
        {groups.map(
          (group) =>
            group.options.length > 0 && (
              <div key={group.label} role="group" aria-label={group.label}>
                {groups.length > 1 && (
                  <p className={styles.heading} aria-hidden="true">
                    {group.label}
                  </p>
                )}
                {group.options.map((option) => {
                  const index = options.indexOf(option);
                  return (
                    <div
                      key={option.id}
                      id={`${listId}-${index}`}
                      role="option"
                      aria-selected={index === at}
                      aria-disabled={option.isDisabled}
                      className={styles.option}
                      onClick={() => commit(option)}
                    >
                      {option.content}
                    </div>
                  );
                })}
              </div>
            ),
        )}
      </div>
    </>
  );
}
