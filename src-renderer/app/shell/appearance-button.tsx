import { DesktopOutlined, MoonOutlined, SunOutlined } from "@ant-design/icons";
import { appearanceAfter } from "../appearance/appearance.ts";
import { useAppearance } from "../appearance/appearance-root.tsx";
import { useTexts } from "../intl/use-texts.ts";
import styles from "./shell.module.css";

const icons = { system: <DesktopOutlined />, light: <SunOutlined />, dark: <MoonOutlined /> };

/** Shows how the counter looks now, and goes on to the next look. */
export function AppearanceButton() {
  const { t } = useTexts();
  const { appearance, choose } = useAppearance();
  const words = t(`shell.appearance.${appearance}`);
  return (
    <button
      type="button"
      className={styles.appearance}
      title={words}
      aria-label={words}
      onClick={() => choose(appearanceAfter(appearance))}
    >
      {icons[appearance]}
    </button>
  );
}
