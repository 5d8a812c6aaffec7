import { theme, type ThemeConfig } from "antd";

/**
 * The look of antd's parts, from the same palette as `tokens.css`. Controls are 44 px high: they are touched as often as clicked.
 *
 * @param isWide on a screen so wide that `tokens.css` writes larger
 */
export function themeFor(isDark: boolean, isWide: boolean): ThemeConfig {
  const palette = isDark
    ? {
        accent: "#4fc9b8",
        ink: "#edf2f1",
        ground: "#0e1413",
        surface: "#171e1d",
        line: "#7f8f8d",
        danger: "#ff9388",
        onAccent: "#04211d",
        hint: "#94a3a1",
      }
    : {
        accent: "#0b6b60",
        ink: "#14201f",
        ground: "#f3f5f5",
        surface: "#ffffff",
        line: "#7d8a8a",
        danger: "#ad1f1f",
        onAccent: "#ffffff",
        hint: "#5d6b6a",
      };
  return {
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: palette.accent,
      colorInfo: palette.accent,
      colorLink: palette.accent,
      colorError: palette.danger,
      colorText: palette.ink,
      colorTextPlaceholder: palette.hint,
      colorTextLightSolid: palette.onAccent,
      colorBgBase: palette.ground,
      colorBgContainer: palette.surface,
      colorBgElevated: palette.surface,
      colorBorder: palette.line,
      borderRadius: 7,
      controlHeight: isWide ? 50 : 44,
      controlHeightLG: isWide ? 58 : 52,
      controlHeightSM: 44,
      fontSize: isWide ? 17 : 15,
      fontFamily: "var(--font)",
      motionDurationMid: "0.12s",
      motionDurationSlow: "0.16s",
    },
    components: {
      Button: { fontWeight: 500, primaryShadow: "none", defaultShadow: "none", dangerShadow: "none", primaryColor: palette.onAccent },
      Input: { activeShadow: `0 0 0 2px ${palette.accent}`, errorActiveShadow: `0 0 0 2px ${palette.danger}` },
    },
  };
}
