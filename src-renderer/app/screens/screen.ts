import type { ComponentType } from "react";
import type { OperatorView } from "#shared/contracts/common.ts";
import type { StationStatus } from "#shared/contracts/station.ts";
import type { Permission } from "#shared/domain/staff/roles.ts";
import type { MessageKey } from "../intl/catalogue.ts";
import type { LegendKey } from "../shell/key-legend.tsx";

/** What every screen beside the counter is given. */
export type ScreenProps = {
  readonly operator: OperatorView;
  readonly status: StationStatus | undefined;
  /** Brings a member up beside the screen, which stays as it is. */
  readonly onOpenMember: (memberId: string) => void;
  /** Back to the counter. The screen is kept as it was left until the operator signs out. */
  readonly onClose: () => void;
};

/** One screen beside the counter: how it is named, who may open it, and where its code lies. */
export type Screen = {
  readonly id: string;
  readonly title: MessageKey;
  /** Who lacks it does not see the screen; the station checks each procedure all the same. */
  readonly permission: Permission;
  readonly component: ComponentType<ScreenProps>;
  /** A key of its own in the legend, for what is opened many times a day. */
  readonly shortcut?: Pick<LegendKey, "cap" | "command" | "words">;
};
