import { roles, type Role } from "#shared/domain/staff/roles.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { ChoiceGroup } from "../../ui/choice-group.tsx";

export type Branch = { readonly code: string; readonly name: string };
/** As a form holds them; no branch is the empty text. */
export type Place = { readonly role: string; readonly branch: string };

type Props = {
  readonly place: Place;
  readonly branches: readonly Branch[];
  readonly onChange: (place: Partial<Place>) => void;
  readonly isDisabled?: boolean;
};

/** What somebody may do, and where. */
export function PlaceFields({ place, branches, onChange, isDisabled = false }: Props) {
  const { t } = useTexts();
  return (
    <>
      <ChoiceGroup
        label={t("accounts.role")}
        choices={roles.map((role) => ({ id: role, text: t(`shell.role.${role}`) }))}
        chosen={roleOf(place)}
        onChoose={(role) => onChange({ role })}
        isDisabled={isDisabled}
      />
      <ChoiceGroup
        label={t("accounts.branch")}
        choices={[...branches.map(({ code, name }) => ({ id: code, text: name })), { id: "", text: t("accounts.branch.all") }]}
        chosen={place.branch}
        onChoose={(branch) => onChange({ branch })}
        isDisabled={isDisabled}
      />
    </>
  );
}

export const roleOf = ({ role }: Place): Role => roles.find((known) => known === role) ?? "clerk";
export const branchOf = ({ branch }: Place): string | null => (branch === "" ? null : branch);
