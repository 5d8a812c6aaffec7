import { Button } from "antd";
import type { ReactNode } from "react";
import { KeyCap } from "./key-cap.tsx";

type Props = {
  readonly children: ReactNode;
  readonly isBusy: boolean;
  readonly isDisabled?: boolean;
  readonly isDangerous?: boolean;
  readonly isFocusedFirst?: boolean;
};

/** The one thing that Enter does in a form, drawn with its key. */
export const SubmitButton = ({ children, isBusy, isDisabled = false, isDangerous = false, isFocusedFirst = false }: Props) => (
  <Button
    type="primary"
    size="large"
    htmlType="submit"
    block
    loading={isBusy}
    disabled={isDisabled}
    danger={isDangerous}
    autoFocus={isFocusedFirst}
  >
    {children} <KeyCap>Enter</KeyCap>
  </Button>
);
