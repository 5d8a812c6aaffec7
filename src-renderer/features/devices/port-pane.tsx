import type { FoundPort } from "#shared/contracts/devices.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { portWords } from "./device-words.ts";
import styles from "./devices.module.css";

type Props = {
  /** Undefined for one that will be typed. */
  readonly port: FoundPort | undefined;
  readonly onAdd: () => void;
};

/** A port that nothing is set up at. It is not opened to find out what hangs there. */
export function PortPane({ port, onAdd }: Props) {
  const texts = useTexts();
  const { t } = texts;
  return (
    <form
      className={styles.pane}
      onSubmit={(event) => {
        event.preventDefault();
        onAdd();
      }}
    >
      <h3 className={styles.subject}>{port?.path ?? t("devices.port.typed")}</h3>
      <p>{port ? portWords(port, texts) : t("devices.port.typed.about")}</p>
      <p className={styles.lead}>{t("devices.port.lead")}</p>
      <SubmitButton isBusy={false}>{t("devices.port.add")}</SubmitButton>
    </form>
  );
}
