import { EditOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { MemberCard } from "#shared/contracts/members.ts";
import { KeyCap } from "../../ui/key-cap.tsx";
import { useTexts } from "../intl/use-texts.ts";
import styles from "./workplace.module.css";

/** A swipe brought somebody else up while a form was half filled: it is kept, and one key goes back to it. */
export function SwitchBackBar({ member, onSwitchBack }: { readonly member: MemberCard; readonly onSwitchBack: () => void }) {
  const { t } = useTexts();
  return (
    <div className={styles.toast} role="status">
      <EditOutlined aria-hidden="true" />
      <span className={styles.toastText}>{t("workplace.draftKept", { name: member.name })}</span>
      <Button onClick={onSwitchBack} ghost>
        {t("workplace.switchBack")} <KeyCap>Alt 1</KeyCap>
      </Button>
    </div>
  );
}
