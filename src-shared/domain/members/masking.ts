/** Surname, then a star for every further character: 王小明 becomes 王**, Anna Lee becomes A*******. */
export function maskName(name: string): string {
  return Array.from(name, (character, i) => (i === 0 || character === " " ? character : "*")).join("");
}

/** 13812345678 becomes 138****5678; short numbers keep their last two digits. */
export function maskPhone(phone: string): string {
  return phone.length >= 11
    ? `${phone.slice(0, phone.length - 8)}****${phone.slice(-4)}`
    : `${"*".repeat(Math.max(0, phone.length - 2))}${phone.slice(-2)}`;
}
