import { CheckOutlined, ClockCircleOutlined, FlagFilled, WarningFilled } from "@ant-design/icons";
import { Button } from "antd";
import { Dialog } from "../../ui/dialog.tsx";
import { KeyCap } from "../../ui/key-cap.tsx";
import { useTexts } from "../intl/use-texts.ts";
import { useCommands } from "../keys/use-commands.ts";
import styles from "./shell.module.css";

/** The keys and the signs of the counter on one page. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  useCommands("dialog", { back: onClose, help: onClose }, { isModal: true });
  const keys = [
    [t("shell.help.swipe.key"), t("shell.help.swipe")],
    ["F1", t("shell.help.help")],
    ["F2", t("shell.help.find")],
    ["F3", t("shell.help.issue")],
    ["F4", t("shell.help.award")],
    ["F5", t("shell.help.exchange")],
    ["F6", t("shell.help.redeem")],
    ["F7", t("shell.help.block")],
    ["F8", t("shell.help.void")],
    ["F9", t("shell.help.print")],
    ["F10", t("shell.help.lock")],
    ["Alt E", t("shell.help.change")],
    ["Alt Q", t("shell.help.signOut")],
    ["Ctrl K", t("shell.help.palette")],
    ["Alt 1–5", t("shell.help.recent")],
    ["Alt 0", t("shell.help.lastScreen")],
    ["Alt P", t("shell.help.proposals")],
    ["Alt S", t("shell.help.practice")],
    ["Alt L", t("shell.help.language")],
    ["Esc", t("shell.help.back")],
  ] as const;
  const signs = [
    [<ClockCircleOutlined key="w" />, t("shell.help.waiting")],
    [<CheckOutlined key="c" />, t("shell.help.confirmed")],
    [<FlagFilled key="f" />, t("shell.help.flagged")],
    [<WarningFilled key="q" />, t("shell.help.quarantined")],
  ] as const;
  return (
    <Dialog title={t("shell.help.title")} place="wide" onClose={onClose}>
      <dl className={styles.help}>
        {keys.map(([cap, words]) => (
          <div key={cap}>
            <dt>
              <KeyCap>{cap}</KeyCap>
              <span className="spoken-only">{cap}</span>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
        {signs.map(([sign, words]) => (
          <div key={words}>
            <dt aria-hidden="true">{sign}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.helpBack}>
        <Button onClick={onClose} autoFocus block>
          {t("shell.key.back")} <KeyCap>Esc</KeyCap>
        </Button>
      </div>
    </Dialog>
  );
}
