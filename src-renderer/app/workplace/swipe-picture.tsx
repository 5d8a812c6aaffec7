import styles from "./workplace.module.css";

/** A card going through a reader's slot: what to do, for who does not read the words. */
export const SwipePicture = () => (
  <svg className={styles.picture} viewBox="0 0 200 120" aria-hidden="true">
    <g className={styles.pictureCard}>
      <rect x="52" y="8" width="96" height="62" rx="7" fill="var(--accent-soft)" stroke="var(--accent)" strokeWidth="2" />
      <rect x="52" y="48" width="96" height="11" fill="var(--accent)" opacity="0.85" />
      <rect x="62" y="20" width="16" height="12" rx="2" fill="none" stroke="var(--accent)" strokeWidth="2" />
    </g>
    <path
      d="M14 62h172a6 6 0 0 1 6 6v38a6 6 0 0 1-6 6H14a6 6 0 0 1-6-6V68a6 6 0 0 1 6-6Z"
      fill="var(--surface)"
      stroke="var(--line-strong)"
      strokeWidth="2"
    />
    <path d="M20 66h160" stroke="var(--ink)" strokeWidth="3" strokeLinecap="round" />
    <path d="M72 90h50m-9-7 9 7-9 7" fill="none" stroke="var(--ink-3)" strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round" />
  </svg>
);
