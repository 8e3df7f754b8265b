/** Stars out of five, read out as a number. */
export function Stars({ count }: { count: number }) {
  return (
    <span className={count <= 2 ? 'stars stars-low' : 'stars'} role="img" aria-label={`${count} 星`}>
      {'★'.repeat(count)}
      <i>{'★'.repeat(Math.max(0, 5 - count))}</i>
    </span>
  );
}
