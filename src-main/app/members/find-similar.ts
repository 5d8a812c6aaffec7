import type { FindSimilarInput, SimilarMember } from "#shared/contracts/members.ts";
import { maskName, maskPhone } from "#shared/domain/members/masking.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { Reading } from "#main/app/ports/store.ts";
import { branchName } from "./member-view.ts";

/** More are a list to read and no hint. */
const shownMax = 5;

/**
 * Who may be a member already, while somebody is entered as a new one (M-11): by phone among those whom this branch knows, by the tag of the
 * phone among all, and by how the name sounds. It is a hint and refuses nothing.
 */
export const makeFindSimilar =
  ({ store, log }: Ports) =>
  ({ name, phones }: FindSimilarInput): SimilarMember[] =>
    store.read((view) => {
      const found = [
        ...phones.flatMap((phone) => view.members.findByPhone(phone)).map(({ memberId }) => ({ memberId, because: "phone" as const })),
        ...phones
          .flatMap((phone) => view.directory.findByPhone(phone))
          .map(({ memberId }) => ({ memberId, because: "mayBePhone" as const })),
        ...view.members.soundingLike(name, shownMax).map(({ memberId }) => ({ memberId, because: "name" as const })),
      ];
      const people = new Map<string, SimilarMember["because"]>();
      for (const { memberId, because } of found) {
        const current = view.members.current(memberId);
        if (!people.has(current)) people.set(current, because);
      }
      const similar = [...people].slice(0, shownMax).flatMap(([memberId, because]) => viewSimilar(view, memberId, because) ?? []);
      if (similar.some(({ because }) => because === "mayBePhone")) log.info({ found: similar.length }, "looked up in the directory");
      return similar;
    });

function viewSimilar(view: Reading, memberId: string, because: SimilarMember["because"]): SimilarMember | undefined {
  const member = view.members.find(memberId);
  const line = member ? undefined : view.directory.find(memberId);
  const known = member ?? line;
  if (!known) return undefined;
  return {
    memberId,
    memberNumber: known.memberNumber,
    nameMasked: member ? maskName(member.name) : (line?.nameMasked ?? ""),
    phonesMasked: member?.phones.map(maskPhone) ?? [],
    homeBranch: branchName(view, known.homeBranch),
    because,
  };
}
