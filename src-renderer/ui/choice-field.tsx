import { useId } from "react";
import styles from "./choice-field.module.css";

type Choice = { readonly id: string; readonly label: string };

type Props = {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly chosenId: string;
  readonly onChoose: (id: string) => void;
  /** What the choice that is made means. */
  readonly about: string;
};

/**
 * One choice of several where many such fields stand together: the browser's own list, with what the choice means below it.
 * Arrows choose and Space opens the list; Enter does what it does in every field of a form.
 */
export function ChoiceField({ label, choices, chosenId, onChoose, about }: Props) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <select
        id={id}
        className={styles.select}
        value={chosenId}
        onChange={(event) => onChoose(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }}
        aria-describedby={`${id}-about`}
      >
        {choices.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {choice.label}
          </option>
        ))}
      </select>
      <span id={`${id}-about`} className={styles.about}>
        {about}
      </span>
    </div>
  );
}
