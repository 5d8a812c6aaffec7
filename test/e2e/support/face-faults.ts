import type { Page } from "playwright-core";

/** Runs in the page; see `layoutFaults`. */
const measure = `(lengthenedBy) => {
  const faults = new Set();
  const slack = 1.5;
  const inFront = document.querySelector("dialog[open]") ?? document.body;
  const isShown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

  const texts = [];
  const walker = document.createTreeWalker(inFront, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const holder = node.parentElement;
    if (/\\p{L}/u.test(node.data) && !holder.closest("kbd, svg, .spoken-only") && isShown(holder)) texts.push({ node, holder, said: node.data });
  }
  for (const { node, said } of texts) {
    const words = said.trim();
    const more = words.slice(0, Math.ceil(words.length * lengthenedBy));
    if (more !== "") node.data = said + (words.includes(" ") ? " " : "") + more;
  }

  const isDrawn = (style) => style.borderLeftStyle !== "none" && style.borderLeftWidth !== "0px";
  const cutBy = (rect, holder) => {
    let [isAcross, isDown] = [true, true];
    for (let box = holder; box && box !== document.documentElement; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.display === "inline" || style.display === "contents") continue;
      const edge = box.getBoundingClientRect();
      const limitsAcross = style.overflowX !== "visible" || isDrawn(style) || box.matches("button, [role=option]");
      // What scrolls hides nothing for good.
      if (/auto|scroll/.test(style.overflowX)) isAcross = false;
      if (/auto|scroll/.test(style.overflowY)) isDown = false;
      if (isAcross && limitsAcross && (rect.left < edge.left - slack || rect.right > edge.right + slack)) return box;
      if (isDown && /hidden|clip/.test(style.overflowY) && (rect.top < edge.top - slack || rect.bottom > edge.bottom + slack)) return box;
    }
    return isAcross && (rect.left < -slack || rect.right > innerWidth + slack) ? document.documentElement : undefined;
  };
  for (const { node, holder, said } of texts) {
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      const box = rect.width > 0 && cutBy(rect, holder);
      if (box) faults.add("cut: " + said.trim() + " in " + box.tagName.toLowerCase() + "." + box.className);
    }
  }
  if (document.documentElement.scrollWidth > innerWidth + 1) faults.add("the page scrolls sideways");
  for (const { node, said } of texts) node.data = said;

  const touchable = 44;
  for (const control of inFront.querySelectorAll("button, input, select, textarea, a[href], [role=option], [role=tab]")) {
    if (!isShown(control) || control.closest(".spoken-only")) continue;
    const area = control.closest("label, .ant-input-affix-wrapper, .ant-select, .ant-picker, .ant-input-number") ?? control;
    const height = Math.max(control.getBoundingClientRect().height, area.getBoundingClientRect().height);
    if (height < touchable - slack) faults.add("too low to touch: " + (control.textContent || control.id || control.tagName) + " " + Math.round(height));
  }

  const focused = document.activeElement;
  if (!focused || focused === document.body || !isShown(focused)) faults.add("the focus is nowhere");
  return [...faults];
}`;

/**
 * What a person could not read or touch on the screen as it stands: texts that are cut or stick out of their box, a page that scrolls
 * sideways, controls lower than a fingertip (44 px), and a focus that is nowhere.
 *
 * @param lengthenedBy every text is made longer by this part first, and put back afterwards: a language with longer words must fit too.
 *   This is done to the page from outside, so the product has no such language.
 */
export const layoutFaults = (page: Page, lengthenedBy = 0): Promise<string[]> => page.evaluate<string[]>(`(${measure})(${lengthenedBy})`);

/** Runs in the page: the highest of its parts is as high as a line. */
const measureStrip = `(() => {
  const strip = document.querySelector("header");
  const height = (element) => element.getBoundingClientRect().height;
  return Math.round(height(strip) / Math.max(...[...strip.children].map(height)));
})()`;

/** How many lines the status strip takes on the screen as it stands. */
export const linesOfStrip = ({ page }: { readonly page: Page }): Promise<number> => page.evaluate<number>(measureStrip);
