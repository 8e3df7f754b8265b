interface Props {
  done: number;
  total: number;
}
const R = 30;
const ROUND = 2 * Math.PI * R;

/** Progress at a glance. */
export function Ring({ done, total }: Props) {
  const share = total === 0 ? 0 : Math.min(1, done / total);
  return (
    <div className="ring" role="img" aria-label={`已完成 ${done} 位，共 ${total} 位`} data-testid="pack-ring">
      <svg viewBox="0 0 72 72" aria-hidden="true">
        <circle cx="36" cy="36" r={R} className="ring-ground" />
        <circle
          cx="36"
          cy="36"
          r={R}
          className="ring-part"
          strokeDasharray={`${ROUND * share} ${ROUND}`}
          transform="rotate(-90 36 36)"
        />
      </svg>
      <span className="num">
        <b>{done}</b>/{total}
      </span>
    </div>
  );
}
