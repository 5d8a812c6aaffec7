import { useId } from "react";
import styles from "./choice-group.module.css";

type Props<Id extends string> = {
  readonly label: string;
  readonly choices: readonly { readonly id: Id; readonly text: string }[];
  readonly chosen: Id;
  readonly onChoose: (id: Id) => void;
  readonly isDisabled?: boolean;
};

/** One of a few, side by side: arrows move the choice, as in any group of radio buttons. */
export function ChoiceGroup<Id extends string>({ label, choices, chosen, onChoose, isDisabled = false }: Props<Id>) {
  const name = useId();
  return (
    <fieldset className={styles.group} disabled={isDisabled}>
      <legend className={styles.legend}>{label}</legend>
      <div className={styles.choices}>
        {choices.map(({ id, text }) => (
          <label key={id} className={styles.choice}>
            <input type="radio" name={name} checked={id === chosen} onChange={() => onChoose(id)} />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
