import { z } from "zod";
import type { OperationType } from "#shared/domain/operations/declare.ts";

/** A declaration as its source tells it: the type's name and the comment above it. */
type Told = { readonly type: string; readonly comment: string };

const declaration = /\/\*\*((?:[^*]|\*(?!\/))*)\*\/\s*export const \w+ = declareOperation(?:<[^>]*>)?\(\{\s*type: "([^"]+)"/g;

/** @param source text of a file that declares operations @returns what stands above each */
export const toldIn = (source: string): readonly Told[] =>
  [...source.matchAll(declaration)].map(([, comment = "", type = ""]) => ({
    type,
    comment: comment
      .replaceAll(/^\s*\* ?/gm, "")
      .replaceAll(/\s+/g, " ")
      .trim(),
  }));

/**
 * The page of all types of operations, made from the registry.
 *
 * @param told what the sources say above each declaration
 */
export function operationsPage(types: readonly OperationType[], told: readonly Told[]): string {
  const commentOf = new Map(told.map(({ type, comment }) => [type, comment]));
  const sections = types
    .toSorted((a, b) => (a.type < b.type ? -1 : 1))
    .map((type) => {
      const comment = commentOf.get(type.type);
      return [
        `## \`${type.type}\``,
        ...(comment ? ["", comment] : []),
        "",
        `Version ${type.version}, written by ${type.writtenBy === "station" ? "a station" : "head office"}${type.isMoneyLike ? ", money-like" : ""}.`,
        "",
        ...fieldTable(type),
      ].join("\n");
    });
  return [
    "# Operations",
    "",
    "Every change is one of these, in the log of a station or of head office, and through it in both. This page is made from the registry by",
    "`npm run docs`. An operation has its data (`d` in its body) and, apart from it, what is personal: the latter is erased with the person, and",
    "chain and sums stay whole. Of money-like operations, one that could not be applied makes those wait that touch the same member, card or lot.",
    "",
    ...sections.flatMap((section) => [section, ""]),
  ].join("\n");
}

function fieldTable({ data, personal }: OperationType): readonly string[] {
  const rows = [
    ...fieldsOf(data).map((field) => [...field, ""]),
    ...(personal ? fieldsOf(personal).map((field) => [...field, "personal"]) : []),
  ];
  if (rows.length === 0) return ["It carries no data."];
  return ["| field | value | |", "| --- | --- | --- |", ...rows.map(([name, value, mark]) => `| \`${name}\` | ${value} | ${mark} |`)];
}

type Schema = {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: string | number | boolean;
  readonly format?: string;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
};

function fieldsOf(schema: z.ZodType): readonly (readonly [name: string, value: string])[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }) as Schema;
  return Object.entries(properties).map(([name, value]) => [name, `${words(value)}${required.includes(name) ? "" : ", may be left out"}`]);
}

/** A schema in a few words; what is nested is named, not spread out. */
function words(schema: Schema): string {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map(words))].join(" or ");
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(" or ");
  if (schema.type === "array") return schema.items ? `list of ${words(schema.items)}` : "list";
  if (schema.type === "object")
    return `{ ${Object.keys(schema.properties ?? {})
      .map((name) => `\`${name}\``)
      .join(", ")} }`;
  if (schema.type === "null") return "null";
  if (schema.type === "integer") return "whole number";
  if (schema.format === "uuid") return "id";
  if (schema.format === "date") return "date";
  return schema.type === "boolean" ? "yes or no" : schema.type === "string" ? "text" : "value";
}
