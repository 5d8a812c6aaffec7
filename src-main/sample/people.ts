/** Invented people, the same for the same seed. Any likeness comes from how common the characters are. */
const surnames = Array.from("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈");
const givenFirst = Array.from("晓志雅文嘉思宇丽建国秀海明佳欣俊梦春玉子浩婷立永雪瑞诗安凤家");
const givenSecond = ["", ...Array.from("明华芳伟强敏静军杰娟涛超霞平刚辉玲桂英兰红梅琳鹏飞宁然轩怡")];

/** A reproducible source of numbers from 0 to 1 (mulberry32): small, and the same on every machine. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export type Draw = {
  readonly below: (limit: number) => number;
  readonly oneOf: <T>(all: readonly T[]) => T;
  readonly chance: (probability: number) => boolean;
  readonly bytes: (length: number) => Uint8Array;
};

export function makeDraw(seed: number): Draw {
  const next = seededRandom(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    oneOf: <T>(all: readonly T[]): T => all[below(all.length)] as T,
    chance: (probability) => next() < probability,
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
  };
}

export type Person = { readonly name: string; readonly phones: string[] };

/** @param index makes the phone number unique within a sample; the numbers are of a form that no operator hands out */
export function inventPerson(draw: Draw, index: number): Person {
  return {
    name: draw.oneOf(surnames) + draw.oneOf(givenFirst) + draw.oneOf(givenSecond),
    phones: [`100${String(10_000_000 + index * 7919).slice(-8)}`],
  };
}
