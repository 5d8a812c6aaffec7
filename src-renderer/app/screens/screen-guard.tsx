import { Button } from "antd";
import { Component, type ReactNode } from "react";
import { Notice } from "../../ui/notice.tsx";
import styles from "./screens.module.css";

type Props = { readonly title: string; readonly body: string; readonly retry: string; readonly children: ReactNode };

/** A screen that breaks does not take the counter with it. React asks for a class here; there is no hook that catches. */
export class ScreenGuard extends Component<Props, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    const { title, body, retry, children } = this.props;
    if (!this.state.isBroken) return children;
    return (
      <div className={styles.broken}>
        <Notice tone="danger" title={title} actions={<Button onClick={() => this.setState({ isBroken: false })}>{retry}</Button>}>
          {body}
        </Notice>
      </div>
    );
  }
}
