import { useIntl } from "react-intl";
import styles from "./numeral.module.css";

type Props = { readonly value: number; readonly size: "huge" | "large" | "line"; readonly isSigned?: boolean };

/** A whole number in figures of equal width, grouped as the language groups them. */
export function Numeral({ value, size, isSigned = false }: Props) {
  const intl = useIntl();
  const figures = intl.formatNumber(value, isSigned ? { signDisplay: "exceptZero" } : {});
  // A real minus is as wide as a plus, so that signed columns line up.
  return <span className={styles[size]}>{figures.replace("-", "\u2212")}</span>;
}
