import { Button } from "antd";
import type { FormEvent } from "react";
import { useTexts } from "../../app/intl/use-texts.ts";
import { useCommands } from "../../app/keys/use-commands.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import type { Trouble } from "../../app/refusals/refusal-words.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { KeyCap } from "../../ui/key-cap.tsx";
import styles from "./stations.module.css";

type Props = {
  readonly title: string;
  readonly silence: string | undefined;
  /** The most that it can cost, in words. */
  readonly worst: string;
  /** The same in something that a person can picture. */
  readonly worth: string | undefined;
  readonly how: string | undefined;
  readonly submit: string;
  readonly act: { readonly isBusy: boolean; readonly trouble: Trouble | undefined };
  readonly onSubmit: () => void;
  readonly onClose: () => void;
};

/** The last look before a click that can cost points: the figures stand on the button itself, and a second Enter in haste does nothing. */
export function ConfirmDialog({ title, silence, worst, worth, how, submit, act, onSubmit, onClose }: Props) {
  const { t } = useTexts();
  useCommands("dialog", { back: onClose }, { isModal: true });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Dialog title={title} place="middle" onClose={onClose}>
      <form className={styles.confirm} onSubmit={send}>
        {act.trouble && <RefusalNotice trouble={act.trouble} />}
        {silence !== undefined && <p>{silence}</p>}
        <p className={styles.worst}>{worst}</p>
        {worth !== undefined && <p>{worth}</p>}
        {how !== undefined && <p className={styles.note}>{how}</p>}
        <div className={styles.actions}>
          <Button size="large" onClick={onClose}>
            {t("stations.cancel")} <KeyCap>Esc</KeyCap>
          </Button>
          <Button type="primary" danger size="large" htmlType="submit" loading={act.isBusy}>
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
