import { useState } from "react";
import { lendablePermissions, type LendablePermission } from "#shared/domain/staff/roles.ts";
import { refusalOf } from "../client.ts";
import { SupervisorDialog } from "./supervisor-dialog.tsx";

type Act<Input> = {
  readonly error: unknown;
  readonly variables: Input | undefined;
  readonly mutate: (input: Input) => void;
};

/**
 * Stands beside the form of an act. When the act is refused for want of a permission that a supervisor may lend, asks for one, and sends
 * the very same intent again; whoever turns the dialog away finds the refusal and what they typed.
 *
 * @param act the mutation of the act, as TanStack Query gives it
 */
export function Supervised<Input extends { readonly requestId: string }>({ act }: { readonly act: Act<Input> }) {
  const [declined, setDeclined] = useState<unknown>();
  const permission = permissionLacking(act.error);
  const { variables } = act;
  if (permission === undefined || variables === undefined || declined === act.error) return null;
  return (
    <SupervisorDialog
      permission={permission}
      requestId={variables.requestId}
      onAuthorised={() => act.mutate(variables)}
      onClose={() => setDeclined(act.error)}
    />
  );
}

/** Any refusal whose facts name a lendable permission can be answered by a supervisor. */
function permissionLacking(error: unknown): LendablePermission | undefined {
  const data: unknown = refusalOf(error)?.data;
  if (typeof data !== "object" || data === null || !("permission" in data)) return undefined;
  return lendablePermissions.find((permission) => permission === data.permission);
}
