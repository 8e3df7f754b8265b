/**
 * Does a piece of work for each item, so many at a time, taking them in their order.
 * @throws the first failure; the other lanes go on meanwhile
 */
export async function inLanes<Item>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const lane = async () => {
    // The lanes share one iterator, so that each item is taken once.
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
}
