import { Button } from "antd";
import { useTexts } from "../../app/intl/use-texts.ts";
import styles from "./form.module.css";

/** Says that the form goes on from an earlier draft, and offers to begin anew. */
export function RestoredNote({ onStartOver }: { readonly onStartOver: () => void }) {
  const { t } = useTexts();
  return (
    <p className={styles.restored} role="status">
      {t("acts.restored")}
      <Button size="small" type="text" onClick={onStartOver}>
        {t("acts.startOver")}
      </Button>
    </p>
  );
}
